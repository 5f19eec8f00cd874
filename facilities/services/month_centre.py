"""The centre's side of a month that a facility has sent: looking at it, returning it, accepting it, thinking again."""

import datetime as dt

from django.db import transaction

from facilities.models import Facility, MonthLine, MonthReport, PaymentEntry
from facilities.selectors.desks import staff_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events, mail
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

RETURNED = "month_returned"


def look_at(report: MonthReport, *, by: User, at: dt.datetime) -> None:
    """From the first look on the facility cannot take the month back: somebody is checking it."""
    authorise(by, "facilities.check_month", report)
    waiting = MonthReport.objects.filter(
        pk=report.pk, status=MonthReport.Status.SUBMITTED, revision=report.revision, looked_at=None
    )
    if waiting.update(looked_at=at):
        report.looked_at = at


def send_back(report: MonthReport, *, revision: int, reason: str, by: User, at: dt.datetime) -> None:
    """Return what was read, with a reason that the facility reads on its page; its staff get a mail that says so.

    Raises:
        PermissionDenied: `by` does not work at the centre, or works at the facility.
        TransitionNotAllowed, Overtaken: it does not wait to be checked, or another revision of it does.
    """
    authorise(by, "facilities.check_month", report)
    _as_read(report, revision)
    with transaction.atomic():
        pass_transition(report.send_back, returned_at=at, returned_by=by, return_reason=reason)
        events.record("month.returned", report, at=at, by_id=by.pk, revision=revision)
        for user in staff_of(report.facility_id):
            key = f"{RETURNED}:{report.pk}:{revision}:{user.pk}"
            mail.post(RETURNED, user.email, key=key, at=at, report=report, municipality=report.municipality)


def accept(report: MonthReport, *, revision: int, by: User, at: dt.datetime) -> None:
    """Agree to what was read: it waits for a list that pays it.

    Raises:
        PermissionDenied, TransitionNotAllowed, Overtaken: as `send_back`.
    """
    authorise(by, "facilities.check_month", report)
    _as_read(report, revision)
    with transaction.atomic():
        pass_transition(report.accept, accepted_at=at, accepted_by=by)
        events.record("month.accepted", report, at=at, by_id=by.pk, revision=revision)


def reopen(report: MonthReport, *, by: User, at: dt.datetime) -> None:
    """Take an acceptance back; the month waits to be checked again.

    Raises:
        PermissionDenied: `by` does not work at the centre, or works at the facility.
        Bound: a list pays it, or a later month corrects it.
        TransitionNotAllowed, Overtaken: it is not accepted.
    """
    authorise(by, "facilities.check_month", report)
    with transaction.atomic():
        Facility.objects.select_for_update(no_key=True).get(
            pk=report.facility_id
        )  # no later month corrects it meanwhile
        standing = MonthReport.objects.select_for_update(of=("self",)).get(pk=report.pk)  # and no list takes it
        if not may_reopen(standing):
            raise Bound
        pass_transition(standing.reopen, accepted_at=None, accepted_by=None)
        events.record("month.reopened", standing, at=at, by_id=by.pk)


def may_reopen(report: MonthReport) -> bool:
    """Whether nothing rests on the acceptance yet."""
    paying = PaymentEntry.objects.filter(report=report, voided=False)
    correcting = MonthLine.objects.filter(corrects__report=report, report__status__in=MonthReport.CLOSED)
    return report.status == MonthReport.Status.ACCEPTED and not paying.exists() and not correcting.exists()


def _as_read(report: MonthReport, revision: int) -> None:
    if report.revision != revision:
        raise Overtaken(report)


class Bound(Exception):
    """A list or a correction rests on the acceptance."""
