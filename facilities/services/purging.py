"""Every day: what has been kept long enough is emptied, a case or a month at a time, and each run says what it did."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django_scopes import scopes_disabled

from applications.letting_go import (
    Erasure,
    drop_prints_of,
    finish_all,
    finish_erasure,
    hold_household,
    mark_and_empty,
)
from applications.public import Household, with_case
from eligibility.engine import Keeping, Record
from eligibility.public import Municipality, each_morning, keeping_on
from facilities.erasing import SHEET
from facilities.models import MonthReport
from facilities.selectors.keeping import Due, due_of_household, due_of_month, due_ones
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import drop_files
from postpartum_portal.shared.jobs import Lease, handler, planner

PURGE = "purge"


@planner
def plan_purging(now: dt.datetime) -> None:
    """Ask once a day for a look at each municipality."""
    each_morning(PURGE, now, hour=settings.PURGE_HOUR)


@handler(PURGE)
def purge_here(lease: Lease) -> None:
    """What is over in the municipality `lease.subject_id`; a long run pauses and goes on where it was."""
    municipality = Municipality.objects.filter(pk=lease.subject_id).first()
    if municipality:
        purge(municipality, at=clock.now(), lease=lease)


def purge(municipality: Municipality, *, at: dt.datetime, lease: Lease | None = None) -> bool:
    """Erase all that is over, each record in a transaction of its own. False if the lease's time ended before that.

    Each erasure is an event of its own, with the number of rows and files. Where no time is set, nothing is looked at.
    """
    on = clock.day_of(at)
    keeping = keeping_on(municipality, on)
    if not keeping:
        return True
    with scopes_disabled():
        finish_all(municipality.pk, at=at)
        for due in due_ones(municipality, on=on, after=lease.cursor if lease else 0):
            if lease and due.subject_kind == "household":
                with transaction.atomic():
                    lease.advance(due.subject_id - 1)  # one household has several records
            if due.over(on):
                erase(due, municipality, keeping, at=at)
            if lease and lease.pause():
                return False
    return True


def erase(due: Due, municipality: Municipality, keeping: Mapping[Record, Keeping], *, at: dt.datetime) -> bool:
    """Erase one record that was over when it was looked for. False if it is not any more, or another did it."""
    mark = Erasure(
        municipality=municipality,
        subject_kind=due.subject_kind,
        subject_id=due.subject_id,
        record=due.record,
        closed_on=due.closed_on,
        kept_until=due.until,
        asked_at=at,
    )
    with transaction.atomic():
        if not _still(due, keeping, at) or _done(mark):
            return False
        record = Record.APPLICATION if due.record == Record.REFUSAL else due.record
        marked = mark_and_empty(mark, record=record, at=at)
    if marked:
        finish_erasure(marked, at=at)
        _drop_copies(due, municipality, at)
    return marked is not None


def _drop_copies(due: Due, municipality: Municipality, at: dt.datetime) -> None:
    """What was written out of the rows shortly before would lie for the rest of its day."""
    if due.record != SHEET:
        drop_prints_of(Household(pk=due.subject_id), at=at)
    drop_files(municipality.pk, at=at)


def _still(due: Due, keeping: Mapping[Record, Keeping], at: dt.datetime) -> bool:
    """Hold the subject and judge it once more: she may have booked, applied or been decided about meanwhile."""
    on = clock.day_of(at)
    if due.record == SHEET:
        report = MonthReport.objects.select_for_update(of=("self",)).get(pk=due.subject_id)
        again = due_of_month(report, keeping)
        return again is not None and again.over(on)
    hold_household(Household(pk=due.subject_id))
    household = with_case(Household.objects.filter(pk=due.subject_id)).get()
    return any(
        again.record == due.record and again.closed_on == due.closed_on and again.over(on)
        for again in due_of_household(household, keeping, on=on)
    )


def _done(mark: Erasure) -> bool:
    same = Erasure.objects.filter(
        municipality=mark.municipality_id,
        subject_kind=mark.subject_kind,
        subject_id=mark.subject_id,
        record=mark.record,
        closed_on=mark.closed_on,
    )
    return same.exists()
