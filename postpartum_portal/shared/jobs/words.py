"""What a job does and why it stopped, in the office's words. A test holds that every kind stands here."""

from collections.abc import Mapping

WORK: Mapping[str, str] = {
    "clear_sessions": "終わったログインを片づける",
    "expire_hold": "電話でおさえた日を戻す",
    "forget_person": "本人の依頼で記録を消去する",
    "issue_letter": "手紙を作る",
    "issue_month_papers": "施設の実績報告書と請求書を作る",
    "issue_payment_list": "支払一覧のPDFを作る",
    "lapse_suggestions": "返事のない提案を閉じる",
    "lapse_offer": "答えのない案内を次の人に回す",
    "morning_list": "職員に朝の件数を知らせる",
    "offer_places": "空いた日を待っている人に案内する",
    "print_letters": "手紙をまとめて印刷する",
    "purge": "保存期間がすぎた記録を消去する",
    "purge_leftovers": "送らなかった下書きなど、残しておかないものを消す",
    "remind_of_answers": "施設に返事のない依頼を知らせる",
    "remind_of_births": "届け出がまだの人に知らせる",
    "remind_of_months": "月の実績がまだの施設に知らせる",
    "remind_of_papers": "書類がまだの人に知らせる",
    "remind_unused": "使える日が残っている人に知らせる",
    "remove_export": "書き出した表を消す",
    "replay_programme": "きまりの案で過去の申請を計算する",
    "reprice_bookings": "新しいきまりで予約の額を計算する",
    "reprice_by_municipal_amount": "入力した額で予約の額を計算する",
    "reprice_by_offering_amount": "入力した額で予約の額を計算する",
    "send_mail": "メールを送る",
    "write_export": "表を書き出す",
}

REASONS: Mapping[str, str] = {
    "AddressRefused": "あて先のメールアドレスに届きません",
    "TextRefused": "相手のサーバーが、このメールを受け取りません",
    "ServerBusy": "相手のサーバーが、あとで送るように答えつづけました",
    "ServerAway": "メールのサーバーにつながりません",
    "NotLetIn": "メールのサーバーの設定が合っていません",
    "WorkerDied": "作業の途中で、何度も中断されました",
    "LetterError": "手紙の文字か書式に、印刷できないものがあります",
    "UnknownSnapshot": "手紙の文が、いまのしくみでは読めません",
    "FontNotInstalled": "手紙の文字の形(フォント)が、サーバーにありません",
    "SoftTimeLimitExceeded": "時間がかかりすぎました",
    "OperationalError": "データベースにつながりませんでした",
    "FileNotFoundError": "要るファイルが見つかりません",
    "OSError": "ファイルを書けませんでした",
    "StoreAway": "ファイルの置き場につながりません",
    "Restored": "バックアップから戻したので、運用の担当が確かめるまで止めています",
}
"""By the class of the last error."""
UNFORESEEN = "思わぬ不具合です。運用の担当に、この名前を伝えてください"


def work_of(kind: str) -> str:
    return WORK.get(kind, kind)


def reason_of(error: str) -> str:
    """Empty for no error."""
    return REASONS.get(error, f"{UNFORESEEN}: {error}" if error else "")
