"""Entering what came on paper or was said at the counter: a draft that staff share, and its acceptance."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from applications.models import Application, Birth, Document, Household
from applications.selectors.answers import as_kept, birth_dates, clean_in
from applications.selectors.mine import open_application_in
from applications.selectors.on_paper import ENTERED, PAPER, left_blank, paper_drafts, received_on
from applications.services.births import record_birth
from applications.services.drafts import throw_away
from applications.services.holding import locked
from applications.services.submission import enter
from applications.steps import Step
from eligibility.public import Municipality, programme_on
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

ENTER = "applications.enter"


def begin(municipality: Municipality, *, by: User, at: dt.datetime) -> Application:
    """An empty draft; one of this person's in which nothing stands yet is taken again. It begins as the last one came.

    Raises:
        PermissionDenied: not staff of this centre.
    """
    last = Application.objects.filter(municipality=municipality, entered_by=by, channel__in=Application.ON_PAPER)
    before = last.order_by("saved_at").last()
    channel = before.channel if before else Application.Channel.COUNTER
    draft = Application(municipality=municipality, channel=channel, entered_by=by, created_at=at, saved_at=at)
    authorise(by, ENTER, draft)

    if empty := paper_drafts(municipality).filter(entered_by=by, answers={}).first():
        return empty
    draft.save()
    return draft


def take_up(
    draft: Application,
    cleaned: Mapping[str, Any] | None,
    *,
    typed: Mapping[str, Sequence[str]],
    stamp: dt.datetime,
    by: User,
    at: dt.datetime,
) -> None:
    """Keep what is told about the paper itself, and take the draft in hand, to save its steps next.

    `stamp` is when the draft was saved last as the page knew it.

    Raises:
        PermissionDenied: not staff of this centre.
        SavedMeanwhile: a colleague has saved, accepted or discarded it since; nothing is written.
    """
    authorise(by, ENTER, draft)

    channel = Application.Channel(cleaned["channel"]) if cleaned else Application.Channel(draft.channel)
    kept = None if cleaned is None else {"received_on": cleaned["received_on"].isoformat()}
    answers = {**draft.answers, PAPER: {**as_kept(kept, typed), "by": by.pk}}
    unchanged = Application.objects.filter(pk=draft.pk, status=Application.Status.DRAFT, saved_at=stamp)
    if not unchanged.update(answers=answers, channel=channel, saved_at=at, entered_by=by):
        raise SavedMeanwhile
    draft.answers, draft.channel, draft.saved_at, draft.entered_by = answers, channel, at, by


def discard(draft: Application, *, by: User, at: dt.datetime) -> None:
    """Delete a draft and its scans. One that is accepted stays.

    Raises:
        PermissionDenied: not staff of this centre.
        SavedMeanwhile: it is accepted.
    """
    authorise(by, ENTER, draft)

    with transaction.atomic():
        row = locked(draft)
        if row.status != Application.Status.DRAFT:
            raise SavedMeanwhile
        events.record("paper.discarded", row, at=at, by_id=by.pk)
        throw_away(row)


def accept(draft: Application, *, stamp: dt.datetime, same: Household | None, by: User, at: dt.datetime) -> Application:
    """Accept it as received on the day on which it reached the office; pressed twice it is one.

    `same` is the household of a mother who is known: what is granted for the same birth is counted once, and where she
    has an account the application stands there. What the paper says of her consents is recorded with who saw it.

    Raises:
        PermissionDenied: not staff of this centre, or her own application.
        SavedMeanwhile: a colleague has changed it since it was shown.
        NotReceived: the day of receipt is not told.
        AlreadyApplied: an application of the same mother is being examined.
        submission.Incomplete, submission.NotOpenYet: as of any application, judged by the day of receipt.
    """
    authorise(by, ENTER, draft)

    with transaction.atomic():
        row = locked(draft)
        if row.status != Application.Status.DRAFT:
            return row
        if row.saved_at != stamp:
            raise SavedMeanwhile
        day = received_on(row)
        if day is None:
            raise NotReceived
        if same and (waiting := open_application_in(same)):
            raise AlreadyApplied(waiting)
        blank = left_blank(row, programme_on(row.municipality, day).terms)
        consents = clean_in(row, Step.CONSENT).get("consents", [])
        seen_by = row.answers[PAPER]["by"]
        _put_into_her_account(row, same, by)
        born_on, children = birth_dates(row)[1:]

        row.entered_by = by
        row.save(update_fields=["entered_by"])
        enter(row, received_at=_within(day, at), by=by, at=at, known=same)
        if born_on and row.birth and row.birth.outcome == Birth.Outcome.EXPECTED:
            record_birth(row.birth, born_on=born_on, children=children, by=by, at=at)

        told: dict[str, Any] = {"channel": row.channel, "received_on": day.isoformat(), "seen_by": seen_by}
        events.record(ENTERED, row, at=at, by_id=by.pk, **told, blank=blank, consents=consents)
    return row


class SavedMeanwhile(Exception):
    """A colleague has saved, accepted or discarded the draft since the page was shown."""


class NotReceived(Exception):
    """The day on which the paper reached the office is missing."""


class AlreadyApplied(Exception):
    """An application of the same mother is being examined: `application`."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.pk)
        self.application = application


def _put_into_her_account(row: Application, same: Household | None, by: User) -> None:
    """Nobody enters an application of her own, on paper either."""
    if same is None or same.citizen is None:
        return
    row.citizen = same.citizen
    authorise(by, ENTER, row)
    Document.objects.filter(application=row).update(citizen=row.citizen)


def _within(day: dt.date, at: dt.datetime) -> dt.datetime:
    """An instant of the day: now if it is today, else its beginning, for nobody noted the hour."""
    return at if clock.day_of(at) == day else dt.datetime.combine(day, dt.time(), clock.TOKYO)
