"""When a family's case was over, and what of the application still keeps it open."""

import datetime as dt
from collections.abc import Iterable

from applications.models import Application, Entitlement, Erasure, Grant, Household, Letter
from eligibility import engine
from eligibility.public import Municipality, programme_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event

from .births import dates_of
from .contesting import contests_of, told

UNDER_REVIEW = "審査が終わっていない申請があります"
TO_BE_MADE = "作成中の通知書があります"
CONTESTABLE = "審査請求などのできる期間が終わっていません"
GRANTED = frozenset({Application.Status.APPROVED, Application.Status.REVOKED})
Trace = tuple[str, int, str, dt.date | None]


def case_closing(household: Household, *, on: dt.date) -> tuple[list[dt.date], list[str], bool]:
    """The days on which it may have ended, the latest of which counts; what is open; whether anything was granted."""
    rows = Application.objects.filter(birth__household=household)
    applications = list(rows.select_related("decision__revocation").order_by("pk"))
    days = [clock.day_of(household.created_at), *_ends(applications), *_last_days(household)]
    held = [UNDER_REVIEW] if any(row.status in Application.OPEN for row in applications) else []
    return days, held, any(row.status in GRANTED for row in applications)


def unfinished_letters(household: Household, *, on: dt.date) -> list[str]:
    """What of her letters is not over: one to be made, or a decision that may still be contested."""
    letters = list(told(Letter.objects.filter(household=household, erased_at=None)).order_by("pk"))
    held = [TO_BE_MADE] if any(letter.status == Letter.Status.QUEUED for letter in letters) else []
    ways = contests_of(letters, on=on).values()
    return held + ([CONTESTABLE] if any(not contest.over for way in ways for contest in way) else [])


def erased_on(number: str) -> dt.date | None:
    """The day on which the case of this number in scope was erased; None where it was not, or there is none."""
    rows = Household.objects.filter(births__applications__number=number, erased_at__isnull=False)
    at = rows.order_by("pk").values_list("erased_at", flat=True).first()
    return clock.day_of(at) if at else None


def erased_already(municipality: Municipality) -> frozenset[Trace]:
    """Subject, record and closing of what is done or marked."""
    rows = Erasure.objects.filter(municipality=municipality, withdrawn_at=None).exclude(record="")
    return frozenset(rows.values_list("subject_kind", "subject_id", "record", "closed_on"))


def closed_before(household: Household) -> dt.date | None:
    """The closing that a household was emptied for: its dates are coarse since, and tell it no more."""
    rows = Erasure.objects.filter(subject_kind=Erasure.Subject.HOUSEHOLD, subject_id=household.pk).exclude(record="")
    return rows.order_by("-closed_on").values_list("closed_on", flat=True).first()


def _ends(applications: Iterable[Application]) -> Iterable[dt.date]:
    rows = list(applications)
    withdrawn = {row.pk for row in rows if row.status == Application.Status.WITHDRAWN}
    told_at = Event.objects.filter(subject_kind="application", subject_id__in=withdrawn, verb="application.withdrawn")
    yield from (clock.day_of(at) for at in told_at.order_by("pk").values_list("at", flat=True))
    for row in rows:
        yield clock.day_of(row.submitted_at or row.saved_at)
        decision = getattr(row, "decision", None)
        if decision is not None:
            yield decision.decided_on
            if revocation := getattr(decision, "revocation", None):
                yield revocation.effective_on


def _last_days(household: Household) -> Iterable[dt.date]:
    """The last day of use of whatever was granted, as the rules of each entitlement count it."""
    rows = Entitlement.objects.filter(birth__household=household).select_related("birth", "programme_version")
    for entitlement in rows.order_by("pk"):
        facts, terms = dates_of(entitlement.birth), programme_of(entitlement.programme_version).terms
        for granted in Grant.objects.filter(entitlement=entitlement).order_by("pk"):
            ends = [engine.use_period(code, facts, terms).last for code in granted.services if terms.offers(code)]
            last = max((day for day in ends if day), default=None)
            if last:
                yield min(last, granted.ends_on) if granted.ends_on else last
