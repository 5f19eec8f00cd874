"""What each verb of the event log is called for the mother it is about. A test holds that every verb stands here.

No word names a child or a diagnosis: the same list is read after a loss.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READS: dict[str, Promise] = {
    "amendment.read": _("承認の変更の案を見ました"),
    "booking.read": _("予約と、施設に伝わる内容を見ました"),
    "case.read": _("申請の内容を見ました"),
    "coupon.checked": _("クーポンののこりを確かめました"),
    "document.read": _("出していただいた書類を見ました"),
    "letter.read": _("手紙を開きました"),
    "audit.read": _("だれが見たかの記録を見ました"),
    "list.exported": _("一覧の内容を、ファイルに書き出しました"),
    "list.read": _("一覧で、お名前と手続きのようすを見ました"),
    "message.read": _("メッセージを読みました"),
    "paper.read": _("紙の申請を、入れているところで見ました"),
    "proxy.read": _("代わりに書かれた申請の、書いた人とあなたの連絡先を見ました"),
    "wish.read": _("日程の希望を見ました"),
}
DEEDS: dict[str, Promise] = {
    "amendment.drafted": _("承認の変更の案ができました"),
    "amendment.issued": _("承認の変更を決めました"),
    "application.assigned": _("申請の担当を、ほかの職員に渡しました"),
    "application.given_back": _("申請の担当をはずしました"),
    "application.entered": _("紙の申請を入れました"),
    "application.recommended": _("聞き取りを終えました"),
    "application.resubmitted": _("直した申請を出しました"),
    "application.return_taken_back": _("申請をお返しするのを取りやめました"),
    "application.returned": _("申請を、直していただくためにお返ししました"),
    "application.submitted": _("申請しました"),
    "application.taken_on": _("申請の担当になりました"),
    "application.withdrawn": _("申請を取り下げました"),
    "birth.age_settled": _("使える期間の数え方を決めました"),
    "birth.loss_settled": _("お知らせのあとの手続きを終えました"),
    "birth.loss_taken_back": _("お知らせを取り消しました"),
    "birth.lost": _("お知らせを受けました"),
    "birth.recorded": _("届け出た日を記録しました"),
    "booking.attended": _("到着を記録しました"),
    "booking.cancelled": _("予約の取り消しを記録しました"),
    "booking.confirmed": _("予約を受け入れました"),
    "booking.decided": _("取り消しの扱いを決めました"),
    "booking.declined": _("予約をお断りしました"),
    "booking.expired": _("返事がないまま、予約の期限が切れました"),
    "booking.left_outside": _("予約が、使える期間の外になりました"),
    "booking.move_asked": _("予約の日の変更を頼みました"),
    "booking.move_declined": _("予約の日の変更をお断りしました"),
    "booking.move_expired": _("返事がないまま、日の変更の期限が切れました"),
    "booking.move_withdrawn": _("日の変更を取り下げました"),
    "booking.moved": _("予約の日を変えました"),
    "booking.no_show": _("来られなかったことを記録しました"),
    "booking.repriced": _("予約の料金を計算しなおしました"),
    "booking.requested": _("予約を頼みました"),
    "booking.unwell": _("体調の連絡を記録しました"),
    "call.recorded": _("電話を記録しました"),
    "certificate.accepted": _("証明書を確かめました"),
    "certificate.refused": _("証明書が使えないと伝えました"),
    "change.reported": _("変わったことを届け出ました"),
    "change.seen": _("変更の届けを見ました"),
    "coupon.issued": _("クーポンの番号ができました"),
    "coupon.replaced": _("クーポンの番号を新しくしました"),
    "decision.approved": _("利用を承認しました"),
    "decision.refused": _("利用を不承認にしました"),
    "decision.revoked": _("利用の承認を取り消しました"),
    "document.handed_in": _("書類を出しました"),
    "document.removed": _("書類を消しました"),
    "entitlement.granted": _("使える日数や回数を記録しました"),
    "hearing.saved": _("聞き取りの内容を書きました"),
    "hearing.settled": _("聞き取りの答えを選びました"),
    "hold.entered": _("取り置きの番号を入れました"),
    "hold.expired": _("取り置きの時間が切れました"),
    "hold.made": _("日を取り置きました"),
    "hold.released": _("取り置きをやめました"),
    "job.retried": _("止まっていた処理をやりなおしました"),
    "letter.issued": _("手紙ができました"),
    "letter.retried": _("手紙を作りなおしました"),
    "mail.dropped": _("届かないメールを送るのをやめました"),
    "mail.readdressed": _("届かないメールを別のアドレスに送りました"),
    "message.answered": _("メッセージに返事をしました"),
    "message.settled": _("メッセージを読んで、返事はいらないとしました"),
    "message.written": _("メッセージを書きました"),
    "proxy.asked": _("あなたに代わって申請を書きはじめました"),
    "proxy.consented": _("代わりに申し込むことへの同意を記録しました"),
    "proxy.declined": _("代わりに申し込むのを断ったと記録しました"),
    "proxy.handed_over": _("代わりに書いた申請をセンターに預けました"),
    "proxy.preferred": _("自分の書きかけを消して、代わりに書かれた申請を使いました"),
    "proxy.taken_over": _("代わりに書かれた申請を、自分で続けることにしました"),
    "proxy.withdrawn": _("代わりに申し込むのを取りやめました"),
    "proxy.written": _("あなたに代わって申請に書きました"),
    "waiting.asked": _("空きを待つことにしました"),
    "waiting.lapsed": _("空きのお知らせの期限が切れました"),
    "waiting.offered": _("空きをお知らせしました"),
    "waiting.over": _("空きを待つ期間が終わりました"),
    "waiting.skipped": _("空きがほかの方に先に案内されました"),
    "waiting.taken": _("空いた日を予約しました"),
    "waiting.withdrawn": _("空きを待つのをやめました"),
    "window_notice.asked": _("申請できる日のお知らせを頼みました"),
    "window_notice.told": _("申請できる日になったことをお知らせしました"),
    "window_notice.withdrawn": _("申請できる日のお知らせを取りやめました"),
    "wish.arranged": _("希望の日程を調整しました"),
    "wish.made": _("日程の希望を伝えました"),
    "wish.reopened": _("希望の日程を、もういちど調整することにしました"),
    "wish.withdrawn": _("日程の希望を取り下げました"),
}
WORDS = READS | DEEDS

NOT_SHOWN = frozenset(
    {
        "amount.entered",  # of the municipality
        "audit.account_read",  # of somebody who works at the centre
        "capacity.published",  # of a facility, as the next two
        "capacity.set",
        "capacity.unpublished",
        "coupon.missed",  # a wrong number is nobody's
        "export.asked",  # whom it tells about is written down for each of them
        "export.fetched",
        "export.written",
        "hold.wrong_code",
        "note.struck",  # what colleagues tell each other, as the next
        "note.written",
        "paper.discarded",  # what was typed in from paper is nobody's before it is accepted
        "programme.draft_discarded",
        "programme.draft_uploaded",
        "programme.published",
        "programme.replay_asked",
        "programme.replayed",
    }
)
"""Verbs about no mother."""
