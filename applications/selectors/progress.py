"""Where an application stands: 申請 → 電話 → 決定通知 → 予約, each with what happened or what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Correction, PhoneCall
from applications.steps import Step
from eligibility.engine import ArrangedBy
from postpartum_portal.shared import wareki

from .answers import clean_in
from .corrections import asked_of_her
from .handed_in import handed_in
from .summary import call_times

Status = Application.Status


class State(StrEnum):
    """The shapes of the timeline: ● ◉ ○."""

    DONE = "done"
    NOW = "now"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Stage:
    code: str
    title: str
    state: State
    text: str


TITLES = {
    "submitted": gettext_lazy("申請"),
    "call": gettext_lazy("電話"),
    "decision": gettext_lazy("決定通知"),
    "booking": gettext_lazy("予約"),
}

SUBMITTED, CALL, DECISION, BOOKING = "submitted", "call", "decision", "booking"

STAGES_BY_STATUS: dict[str, tuple[tuple[str, ...], str | None]] = {
    Status.SUBMITTED: (tuple(TITLES), CALL),
    Status.SCREENING: (tuple(TITLES), CALL),
    Status.RETURNED: (tuple(TITLES), SUBMITTED),
    Status.RESUBMITTED: (tuple(TITLES), CALL),
    Status.RECOMMENDED: (tuple(TITLES), DECISION),
    Status.APPROVED: (tuple(TITLES), BOOKING),
    Status.REFUSED: ((SUBMITTED, CALL, DECISION), None),
    Status.WITHDRAWN: ((SUBMITTED,), None),
    Status.REVOKED: ((SUBMITTED, CALL, DECISION), None),
}
"""For each status the stages shown and the one under way. A refusal or a revocation ends with its letter, a withdrawal
at once."""


def stages(application: Application) -> tuple[Stage, ...]:
    """The stages of a submitted application, in order; one that ended early shows only what happened."""
    codes, now = STAGES_BY_STATUS[application.status]
    under_way = codes.index(now) if now else len(codes)
    return tuple(_stage(application, code, _state(place, under_way)) for place, code in enumerate(codes))


def _state(place: int, under_way: int) -> State:
    if place < under_way:
        return State.DONE
    return State.NOW if place == under_way else State.WAIT


def _stage(application: Application, code: str, state: State) -> Stage:
    return Stage(code, str(TITLES[code]), state, _TEXTS[code](application, state))


def _submitted(application: Application, state: State) -> str:
    at = application.submitted_at
    received = _("%(day)s に受け付けました。") % {"day": wareki.moment(at)} if at else ""
    if application.status == Status.WITHDRAWN:
        return received + _("そのあと、取り下げました。")
    if state is State.NOW and asked_of_her(application):
        return received + _("直して出していただくのを待っています。受付の順番は、そのままです。")
    return received + _corrected(application)


def _corrected(application: Application) -> str:
    at = Correction.objects.filter(application=application).aggregate(last=Max("answered_at"))["last"]
    return _("{at} に、直したものを受け付けました。").format(at=wareki.moment(at)) if at else ""


def _call(application: Application, state: State) -> str:
    if state is not State.NOW:
        return _("お話を聞きました。") if state is State.DONE else ""
    phone = clean_in(application, Step.PERSON).get("phone", "")
    coming = _("%(office)sから、%(phone)sに電話します。つながりやすい時間: %(call_times)s。") % {
        "office": _office(application),
        "phone": phone,
        "call_times": call_times(application),
    }
    return coming + _missed(application)


def _missed(application: Application) -> str:
    """She should know that somebody tried, and when they will try again."""
    latest = PhoneCall.objects.filter(application=application).last()
    if latest is None or latest.reached:
        return ""
    tried = _("%(day)s に電話しましたが、つながりませんでした。") % {"day": wareki.moment(latest.at)}
    if latest.call_back_at is None:
        return tried
    return tried + _("%(day)s ごろに、もういちど電話します。") % {"day": wareki.moment(latest.call_back_at)}


def _decision(application: Application, state: State) -> str:
    if application.status == Status.REFUSED:
        return _("不承認になりました。理由は%(refusal)sに書いてあります。") % {
            "refusal": handed_in(application).terms.letters.refusal.title
        }
    if application.status == Status.REVOKED:
        return _("承認されましたが、そのあと取り消されました。理由は%(revocation)sに書いてあります。") % {
            "revocation": handed_in(application).terms.letters.revocation.title
        }
    if state is State.DONE:
        return _("承認されました。%(approval)sは「手紙」で読めます。") % {
            "approval": handed_in(application).terms.letters.approval.title
        }
    if state is State.NOW:
        return _("いま審査しています。決まったら、メールでお知らせします。")
    return _("電話のあとに審査します。結果の通知は、ここで読めます。")


def _booking(application: Application, state: State) -> str:
    services = handed_in(application).terms.services
    if all(service.arranged_by is ArrangedBy.CENTRE for service in services):
        if state is State.NOW:
            return _("使う日の希望をセンターに伝えられます。")
        return _("承認されたら、使う日の希望をセンターに伝えます。")
    return _("使う日を予約できます。") if state is State.NOW else _("承認されたら、使う日を予約します。")


_TEXTS: dict[str, Callable[[Application, State], str]] = {
    "submitted": _submitted,
    "call": _call,
    "decision": _decision,
    "booking": _booking,
}


def _office(application: Application) -> str:
    return application.municipality.office.get("name") or application.municipality.name
