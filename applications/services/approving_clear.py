"""Approving the clear cases together: each is a decision, a letter and a transaction of its own."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied

from applications.models import Application, Decision, Hearing
from applications.selectors.case import Case, case_of
from applications.selectors.clear import ALIKE, ClearCase, clear_to_approve, default_grant, kept_back
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.pdf import Unissuable

from .deciding import AlreadyDecided, NotLookedAt, NotToBeDecided, approve
from .preparing import NotGrantable, SameHands, prepare_approval

AT_ONCE = 30
"""Cases read for one page: each is read whole, as on its own page."""
OTHER_GRANT = "見ていたあいだに、承認する内容が変わりました。"
GONE = "決定を待っていません。"


@dataclass
class Approved:
    """What came of it: the decisions, and for every other number why it was not approved."""

    decisions: list[Decision] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def clear_cases(*, by: User, at: dt.datetime) -> tuple[list[ClearCase], int]:
    """The clear ones of the tenant scope that this person may decide, the oldest first; and how many others wait.

    Those that are shown were read, which is recorded.
    """
    waiting = Application.objects.filter(status=Application.Status.RECOMMENDED).order_by("submitted_at", "pk")
    likely = waiting.filter(hearing__recommendation=Hearing.Recommendation.APPROVE).values_list("number", flat=True)
    read = [case_of(number, on=clock.day_of(at)) for number in likely[:AT_ONCE]]
    clear = [ClearCase(case, default_grant(case)) for case in read if case and not _against(case, by=by, at=at)]
    events.record_reads("case.read", [item.case.application for item in clear], at=at, by_id=by.pk)
    return clear, waiting.count() - len(clear)


def approve_clear(chosen: Mapping[str, str], *, by: User, at: dt.datetime) -> Approved:
    """Approve each number of `chosen` with the grant that was shown, which its `ClearCase.key` names.

    One that is not clear any more, or that somebody else was first with, is left and named; the others go on.
    """
    done = Approved()
    for number, key in chosen.items():
        case = case_of(number, on=clock.day_of(at))
        said = _approve(case, key, by=by, at=at) if case else GONE
        if isinstance(said, Decision):
            done.decisions.append(said)
        else:
            done.left.append((number, said))
    return done


def _approve(case: Case, key: str, *, by: User, at: dt.datetime) -> Decision | str:
    """The decision, or why there is none."""
    item = ClearCase(case, default_grant(case))
    if case.decision:
        return _who_was_first(case.decision)
    if against := _against(case, by=by, at=at):
        return "".join(against)
    if item.key != key:
        return OTHER_GRANT
    try:
        return approve(case.application, by=by, at=at, **item.granted)
    except AlreadyDecided as earlier:
        return _who_was_first(earlier.decision)
    except NotToBeDecided:
        return GONE
    except NotLookedAt:
        return ALIKE


def _against(case: Case, *, by: User, at: dt.datetime) -> tuple[str, ...]:
    """All that keeps it from being approved so, by this person."""
    if against := clear_to_approve(case):
        return against
    try:
        prepare_approval(case.application, by=by, at=at, **default_grant(case))
    except PermissionDenied:
        return ("自分の申請は、ほかの職員が決定します。",)
    except SameHands:
        return ("聞き取りをした人とは別の人が決定します。",)
    except (NotGrantable, Unissuable) as wrong:
        return (str(wrong),)
    return kept_back(case.application, case)


def _who_was_first(decision: Decision) -> str:
    when = wareki.moment(decision.decided_at)
    return f"{decision.by}さんが{when}に{decision.get_outcome_display()}と決定しています。"
