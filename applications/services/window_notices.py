"""Telling somebody that she may apply from today, because she asked for it: one mail, on the day."""

import datetime as dt

from django.db import transaction
from django_scopes import scopes_disabled

from applications.models import Application, WindowNotice
from applications.selectors.window_notices import is_hushed
from eligibility import engine
from eligibility.public import Municipality, programme_on
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.lifecycle import authorise

OPENED = "window_opened"
TELL_AT = dt.time(9)
"""When people read their mail."""


def ask_notice(municipality: Municipality, due_date: dt.date, *, by: User, at: dt.datetime) -> WindowNotice:
    """Tell her when applying opens. Asked again it is the same wish, for the due date that she named last.

    Raises:
        NothingToWaitFor: one may apply already, or no day is known on which it opens.
    """
    on = clock.day_of(at)
    window = _window(municipality, due_date, on)
    if window.opens_on is None or window.is_open(on):
        raise NothingToWaitFor
    with transaction.atomic():
        wish = {"due_date": due_date, "tell_on": window.opens_on, "asked_at": at, "told_at": None}
        notice, _ = WindowNotice.objects.update_or_create(citizen=by, municipality=municipality, defaults=wish)
        events.record("window_notice.asked", notice, at=at, by_id=by.pk)
    return notice


def withdraw_notice(notice: WindowNotice, *, by: User, at: dt.datetime) -> None:
    """She does not want it any more; nothing of it is kept. Twice is once.

    Raises:
        PermissionDenied: not her own.
    """
    authorise(by, "applications.withdraw_window_notice", notice)

    with transaction.atomic():
        row = WindowNotice.objects.select_for_update().filter(pk=notice.pk).first()
        if row:
            events.record("window_notice.withdrawn", row, at=at, by_id=by.pk)
            row.delete()


def forget_notice(application: Application) -> None:
    """She has applied: what the wish was for is done. Part of the transaction that hands the application in."""
    if application.citizen_id:
        WindowNotice.objects.filter(citizen=application.citizen_id, municipality=application.municipality_id).delete()


@planner
def plan_window_notices(now: dt.datetime) -> None:
    """Tell those whose day has come, in the morning. Two planners at once, or one after a pause, tell nobody twice."""
    today = clock.day_of(now)
    if now < dt.datetime.combine(today, TELL_AT, clock.TOKYO):
        return
    with scopes_disabled():
        due = WindowNotice.objects.filter(told_at=None, tell_on__lte=today)
        for pk in due.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                _tell(pk, now)


class NothingToWaitFor(Exception):
    """Applying is open, or opens on a day that nobody can tell yet."""


def _tell(pk: int, now: dt.datetime) -> None:
    """By the rules of today: a version that came since may open later, and then she waits on."""
    waiting = WindowNotice.objects.select_for_update(of=("self",)).select_related("municipality", "citizen")
    notice = waiting.filter(pk=pk, told_at=None).first()
    if notice is None or notice.citizen is None or is_hushed(notice):
        return
    today = clock.day_of(now)
    window = _window(notice.municipality, notice.due_date, today)
    if window.is_open(today):
        key = f"{OPENED}:{notice.pk}:{notice.asked_at.isoformat()}"
        mail.post(OPENED, notice.citizen.email, key=key, at=now, municipality=notice.municipality)
        notice.told_at = now
        events.record("window_notice.told", notice, at=now, by_id=None)
    else:
        notice.tell_on = window.opens_on or today + dt.timedelta(days=1)
    notice.save(update_fields=["told_at", "tell_on"])


def _window(municipality: Municipality, due_date: dt.date, on: dt.date) -> engine.Window:
    return engine.application_window(engine.Facts(due_date=due_date), programme_on(municipality, on).terms)
