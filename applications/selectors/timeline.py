"""What happened to an application, latest first, in words."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from applications.models import Application, Decision, Hearing, Letter, OfficialCheck, PhoneCall, Proxy
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import wareki
from postpartum_portal.shared.models import Event

from .told_by import told_words


@dataclass(frozen=True, slots=True)
class Moment:
    """`who` is "" for what she or the portal itself did."""

    at: dt.datetime
    text: str
    who: str = ""


def timeline(
    application: Application,
    calls: Iterable[PhoneCall],
    decision: Decision | None,
    letters: Sequence[Letter],
) -> tuple[Moment, ...]:
    """Calls with their notes, and the events of the application, its decision and its letters.

    Of those who read a letter it tells the mother, the first time; who else did stands in the events.
    """
    events = list(_events(application, decision, letters))
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "display_name"))
    told = [_call(call) for call in calls]
    for event in events:
        if event.verb == "letter.read" and not event.data.get("first"):
            continue
        if event.verb == "application.submitted" and application.on_paper:  # told with how it came
            continue
        own = event.actor_id == application.citizen_id
        who = "" if own else names.get(event.actor_id or 0, "")
        told.append(Moment(event.at, _WORDS[event.verb](event), who))
    return tuple(sorted(told, key=lambda moment: moment.at, reverse=True))


def _events(application: Application, decision: Decision | None, letters: Sequence[Letter]) -> Iterable[Event]:
    about = Q(subject_kind="application", subject_id=application.pk)
    if application.birth_id:
        about |= Q(subject_kind="birth", subject_id=application.birth_id, verb__startswith="birth.")
    about |= Q(subject_kind="proxy", subject_id__in=Proxy.objects.filter(application=application).values("pk"))
    if decision:
        about |= Q(subject_kind="decision", subject_id=decision.pk)
    if letters:
        about |= Q(subject_kind="letter", subject_id__in=[letter.pk for letter in letters])
    return Event.objects.filter(about, verb__in=_WORDS).order_by("at", "pk")


def _call(call: PhoneCall) -> Moment:
    words = "電話がつながりました" if call.reached else "電話に出ませんでした"
    if call.call_back_at:
        words += f"。かけ直し {wareki.moment(call.call_back_at)}"
    if call.note:
        words += f"。{call.note}"
    return Moment(call.at, words, str(call.by))


def _recommended(event: Event) -> str:
    return f"聞き取りを終えました。{Hearing.Recommendation(event.data['recommendation']).label}"


def _how(event: Event) -> str:
    """「電話で」; "" of a withdrawal that was written down before it said so."""
    return Proxy.How(event.data["how"]).label if "how" in event.data else ""


_WORDS: dict[str, Callable[[Event], str]] = {
    "application.submitted": lambda _: "申請がありました",
    "application.entered": lambda event: f"{Application.Channel(event.data['channel']).label}届いた申請を入れました",
    "proxy.handed_over": lambda _: "代わりに書いた人が預けました",
    "proxy.consented": lambda event: f"本人が{_how(event)}同意しました",
    "proxy.withdrawn": lambda event: f"本人が{_how(event)}同意を取り消しました",
    "application.taken_over": lambda _: "これまでの承認を引き継ぎました",
    "application.taken_on": lambda _: "担当になりました",
    "application.assigned": lambda _: "担当をほかの職員に渡しました",
    "application.given_back": lambda _: "担当をはずしました",
    "application.recommended": _recommended,
    "application.returned": lambda _: "直すところを伝え、差し戻しました",
    "application.rectified": lambda _: "申請の内容を訂正しました",
    "application.resubmitted": lambda _: "直したものが届きました",
    "application.return_taken_back": lambda _: "差し戻しをやめました",
    "application.withdrawn": lambda event: f"本人が取り下げました{told_words(event.data)}",
    "decision.approved": lambda _: "承認しました",
    "decision.refused": lambda _: "不承認にしました",
    "decision.revoked": lambda _: "承認を取り消しました",
    "birth.recorded": lambda event: f"届け出た日を記録しました{told_words(event.data)}",
    "account.joined": lambda _: "本人が、ネットで見られるようにしました",
    "birth.lost": lambda _: "お知らせがありました",
    "birth.loss_taken_back": lambda _: "お知らせが取り消されました",
    "birth.age_settled": lambda event: (
        f"{'修正月齢' if event.data['corrected'] else '生まれた日から'}で数えることにしました"
    ),
    "certificate.accepted": lambda _: "あとから届いた証明書を確かめました",
    "certificate.asked": lambda _: "新しい年度の証明書をメールで頼みました",
    "certificate.refused": lambda _: "あとから届いた証明書は使えないと伝えました",
    "coupon.sent": lambda _: "紙の利用券を作りました",
    "coupon.returned": lambda event: f"利用券が{event.data['number']}枚返されました",
    "coupon.return_undone": lambda _: "利用券の返却の記録を取り消しました",
    "record.checked": lambda event: (
        f"{OfficialCheck.Kind(event.data['kind']).label}: {OfficialCheck.Result(event.data['result']).label}"
    ),
    "letter.issued": lambda _: "通知書ができました",
    "letter.read": lambda _: "本人が通知書を読みました",
    "letter.posted": lambda _: "通知書を郵送しました",
    "letter.posting_undone": lambda _: "通知書を郵送した記録を取り消しました",
    "letter.delivered": lambda _: "通知書が届いた日を記録しました",
    "letter.voided": lambda _: "通知書を無効にしました",
    "letter.reissued": lambda _: "通知書を新しい番号で出しなおしました",
}
