"""Taking a month back that nobody at the centre has looked at yet."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from facilities.models import MonthLine, MonthReport
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition


def withdraw_month(report: MonthReport, *, by: User, at: dt.datetime) -> None:
    """It is a draft again, reckoned anew at each look; its number stays its own.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        LookedAt: the centre has opened it; it is the centre's to return.
        TransitionNotAllowed, Overtaken: it is not waiting to be checked any more.
    """
    authorise(by, "facilities.close_month", report)

    if report.looked_at:
        raise LookedAt

    with transaction.atomic():
        nothing = {"price": None, "collected": None, "public_share": None}
        pass_transition(report.withdraw, **nothing, snapshot={}, report_file="", claim_file="")
        forget_lines(report)
        events.record("month.withdrawn", report, at=at, by_id=by.pk)


def forget_lines(report: MonthReport, *, and_of: Iterable[int] = ()) -> None:
    """Take the lines of an open month out, and in other open months those `and_of` these bookings: what a returned
    month held is claimed anew, here or there. Part of the caller's transaction.
    """
    here = MonthLine.objects.filter(facility=report.facility_id, municipality=report.municipality_id)
    elsewhere = Q(report__status__in=MonthReport.OPEN, booking__in=list(and_of))
    gone = list(here.filter(Q(report=report) | elsewhere).values_list("pk", flat=True))
    here.filter(report__status__in=MonthReport.OPEN, corrects__in=gone).delete()
    here.filter(pk__in=gone).delete()


class LookedAt(Exception):
    """Whoever checks it may have begun."""
