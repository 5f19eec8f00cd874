"""Days that are kept for callers: what speaks against keeping them, and which are open at a facility."""

import datetime as dt

from django.db.models import QuerySet

from eligibility import engine
from eligibility.engine.booking_days import closed_days, hours, not_past, shape
from eligibility.engine.wording import weekday_day
from facilities.models import Facility, Hold, Offering

from .versions import versions_of


def refusals_of(hold: Hold, offering: Offering, *, on: dt.date) -> list[engine.Finding]:
    """What the rules say against days whoever comes: of the programme in force on the first of them."""
    use = engine.Use(hold.service, hold.first_day, hold.last_day, start_time=hold.arrival)
    terms = versions_of(hold.municipality_id).terms_of(hold.service, hold.first_day)
    service = terms.service(hold.service)
    found = [
        not_past(use, terms.booking, on),
        *shape(use, service),
        *closed_days(use, service),
        *hours(use, service, 1),
    ]
    return [*engine.refusals_of(found), *_contract(hold, offering, terms.booking.in_advance)]


def offering_of(hold: Hold) -> Offering | None:
    """What is kept; None where the facility has given the service up since."""
    rows = Offering.objects.filter(facility=hold.facility_id, municipality=hold.municipality_id, service=hold.service)
    return rows.select_related("facility", "contract").first()


def open_holds(facility: Facility, *, at: dt.datetime) -> QuerySet[Hold]:
    """Those whose code may still be typed, the newest first."""
    rows = Hold.objects.filter(facility=facility, status=Hold.Status.OPEN, expires_at__gt=at)
    return rows.select_related("municipality").order_by("-made_at", "-pk")


def _contract(hold: Hold, offering: Offering, source: engine.Source) -> list[engine.Finding]:
    """The facility must be the municipality's on every day, told to the facility."""
    ends_on = offering.contract.ends_on
    if ends_on is None or hold.last_day <= ends_on:
        return []
    fact = f"{hold.municipality.name}との契約は{weekday_day(ends_on)}までです。それまでの日を選んでください。"
    return [engine.Finding("contract", engine.Verdict.UNMET, "契約の期間", fact, source)]
