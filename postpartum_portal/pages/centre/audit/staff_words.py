"""What each verb of the event log is called for the staff, and by which groups a trail is narrowed."""

from collections.abc import Callable

from postpartum_portal.pages.access_words import READS, WORDS

OWN_WORDS = {
    "amount.entered": "額を入れました",
    "approvals.taken_over": "紙の承認を引き継ぎました",
    "audit.account_read": "職員がしたことの記録を見ました",
    "block.made": "使わない枠を取りました",
    "block.released": "使わない枠を空けました",
    "block.taken_back": "空けた枠を、もう一度取りました",
    "capacity.last_minute": "直前でも受ける日を決めました",
    "capacity.published": "空きの公開をはじめました",
    "capacity.set": "受け入れる組の数を決めました",
    "capacity.unpublished": "空きの公開をやめました",
    "contract.ended": "施設との契約の最後の日を決めました",
    "contract.price_entered": "委託料を入れました",
    "contract.resumed": "施設との契約の最後の日を取り消しました",
    "coupon.missed": "ないクーポンの番号を入れました",
    "export.asked": "表をファイルに書き出しました",
    "export.fetched": "書き出したファイルを開きました",
    "export.written": "書き出すファイルができました",
    "hold.wrong_code": "ちがう予約コードを入れました",
    "invitation.sent": "職員を招きました",
    "invitation.sent_again": "招待のメールを送りなおしました",
    "invitation.withdrawn": "招待を取り下げました",
    "membership.begun": "職員になりました",
    "membership.changed": "職員の役割を変えました",
    "membership.ended": "職員としての登録を終えました",
    "month.accepted": "施設の月の請求を確認しました",
    "month.paper_read": "施設の実績報告書か請求書を見ました",
    "month.papers_made": "施設の実績報告書と請求書ができました",
    "month.paid": "施設の月の請求を支払ったと記録しました",
    "month.reopened": "施設の月の請求の確認を取り消しました",
    "month.returned": "施設の月の請求を差し戻しました",
    "month.sent": "市に月の請求を送りました",
    "month.withdrawn": "市に送った月の請求を取り下げました",
    "note.struck": "メモを取り消しました",
    "note.written": "メモを書きました",
    "paper.discarded": "紙の申請の入力をやめました",
    "notice.set": "予約の締切を決めました",
    "pattern.applied": "毎週のきまりで空きを入れました",
    "pattern.set": "毎週のきまりを決めました",
    "payee.set": "施設の振込先を変えました",
    "payment_list.made": "支払一覧を作りました",
    "payment_list.paid": "支払一覧を支払った日を記録しました",
    "payment_list.paper_made": "支払一覧のPDFができました",
    "payment_list.voided": "支払一覧を取りやめました",
    "places.parted": "同じ部屋を使うサービスを分けました",
    "places.shared": "同じ部屋を使うサービスをまとめました",
    "programme.draft_discarded": "きまりの案を取り下げました",
    "programme.draft_uploaded": "きまりの案を出しました",
    "programme.published": "きまりの版を公開しました",
    "programme.replay_asked": "過去の申請での計算を頼みました",
    "programme.replayed": "過去の申請での計算ができました",
    "second_factor.reset": "もうひとつの確認の登録を消しました",
    "second_factor.reset_asked": "もうひとつの確認の登録を消すように頼みました",
    "series.reopened": "止めていた文書番号を再開しました",
    "setting.changed": "設定を変えました",
    "visits.break_added": "訪問できない日を入れました",
    "visits.break_dropped": "訪問できない日をやめました",
    "visits.set": "訪問の地域と時間を決めました",
    "proxy.asked": "代わりに申請を書きはじめました",
    "proxy.read": "代わりに書かれた申請の、書いた人と本人の連絡先を見ました",
    "proxy.written": "代わりに申請に書きました",
}
"""Of what no mother reads, and of what is said to her as 「あなた」."""

GROUPS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "": ("すべて", lambda _verb: True),
    "read": ("見たこと", lambda verb: verb in READS or verb.endswith("_read")),
    "deed": ("したこと", lambda verb: verb not in READS and not verb.endswith("_read")),
    "export": ("書き出し", lambda verb: verb.startswith("export.") or verb == "list.exported"),
    "decision": ("決定と手紙", lambda verb: verb.startswith(("decision.", "letter.", "amendment."))),
    "booking": ("予約", lambda verb: verb.startswith(("booking.", "visit.", "wish.", "waiting.", "hold."))),
}
KINDS = {
    "application": "申請",
    "amendment": "承認の変更",
    "birth": "出産",
    "booking": "予約",
    "carerecord": "ケアの記録",
    "changenotice": "変更の届け",
    "contract": "契約",
    "contractprice": "委託料",
    "correction": "差し戻し",
    "coupon": "クーポン",
    "document": "書類",
    "entitlement": "利用枠",
    "export": "書き出し",
    "facility": "施設",
    "feewaiver": "受け取らないキャンセル料",
    "factorreset": "もうひとつの確認",
    "hearing": "聞き取り",
    "hold": "仮予約",
    "household": "世帯",
    "householdclass": "料金の区分",
    "invitation": "招待",
    "letter": "手紙",
    "loss": "お知らせ",
    "membership": "職員",
    "message": "メッセージ",
    "monthreport": "月の請求",
    "move": "日の変更",
    "note": "メモ",
    "numberseries": "文書番号",
    "payment": "受け取ったお金",
    "payee": "振込先",
    "paymentlist": "支払一覧",
    "phonecall": "電話",
    "proxy": "代理の申請",
    "settingchange": "設定",
    "staffinvitation": "施設への招待",
    "staffmembership": "施設の職員",
    "waiting": "空き待ち",
    "wish": "日程の希望",
}


def said(verb: str) -> str:
    """In the staff's words; a verb of another version of the portal stands as it was written."""
    return OWN_WORDS.get(verb) or str(WORDS.get(verb, verb))


def verbs_of(group: str) -> list[str] | None:
    """The verbs of a group; None for all, and for a group that is not there."""
    if group not in GROUPS or not group:
        return None
    return sorted(verb for verb in WORDS.keys() | OWN_WORDS.keys() if GROUPS[group][1](verb))
