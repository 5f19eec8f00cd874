"""Writing to each other: she writes, the centre answers or says that no answer is needed, and each side reads."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from applications.models import Household, Message
from applications.selectors.messages import WAITING, Thread, thread_of, unread_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events, mail
from postpartum_portal.shared.lifecycle import authorise

WRITE, ANSWER = "applications.write_message", "applications.screen"


def write_message(household: Household, text: str, *, form_token: str, by: User, at: dt.datetime) -> Message:
    """She writes to the centre. The same form sent twice is one message.

    Raises:
        PermissionDenied: not her own household.
    """
    authorise(by, WRITE, household)

    with transaction.atomic():
        row = _held(household)
        if sent := _sent(row, form_token):
            return sent
        message = _write(row, text, from_centre=False, form_token=form_token, by=by, at=at)

        events.record("message.written", message, at=at, by_id=by.pk)
    return message


def answer_message(
    household: Household, text: str, *, seen: int, form_token: str, by: User, at: dt.datetime
) -> Message:
    """The centre writes to her; what it had on its page, up to the message `seen`, is answered with it.

    She gets one mail for all that she has not read yet, with the way to the page and none of the words.

    Raises:
        PermissionDenied: her own household, or not the work of this centre.
    """
    authorise(by, ANSWER, household)

    with transaction.atomic():
        row = _held(household)
        if sent := _sent(row, form_token):
            return sent
        _waiting(row, seen).update(settled_at=at)
        message = _write(row, text, from_centre=True, form_token=form_token, by=by, at=at)

        events.record("message.answered", message, at=at, by_id=by.pk)
        _tell_her(row, at=at)
    return message


def settle_messages(household: Household, *, seen: int, by: User, at: dt.datetime) -> None:
    """返事はいらない: what waits, up to the message `seen`, leaves the centre's list. Already settled, nothing happens.

    Raises:
        PermissionDenied: her own household, or not the work of this centre.
    """
    authorise(by, ANSWER, household)
    with transaction.atomic():
        row = _held(household)
        latest = _waiting(row, seen).last()
        if latest:
            _waiting(row, seen).update(settled_at=at)
            events.record("message.settled", latest, at=at, by_id=by.pk)


def read_thread(household: Household, *, by: User, at: dt.datetime, whole: bool = True) -> Thread:
    """The thread as it stood before this reading; what `by` had not read yet of the other side is read now.

    Who may only look on, an auditor or a colleague at her own case, reads it without leaving a mark on it.
    """
    thread = thread_of(household, whole=whole)
    side = _side(household, by)
    if side is not None:
        unread = [row for row in thread.messages if row.from_centre is not side and row.read_at is None]
        with transaction.atomic():
            Message.objects.filter(pk__in=[row.pk for row in unread], read_at=None).update(read_at=at)
            events.record_reads("message.read", unread, at=at, by_id=by.pk)
    return thread


def _held(household: Household) -> Household:
    """Locked, so that two answers at once make one mail."""
    rows = Household.objects.select_for_update(of=("self",)).select_related("citizen", "municipality")
    return rows.get(pk=household.pk)


def _sent(household: Household, form_token: str) -> Message | None:
    return Message.objects.filter(household=household, form_token=form_token).first()


def _waiting(household: Household, seen: int) -> QuerySet[Message]:
    return Message.objects.filter(WAITING, household=household, pk__lte=seen)


def _write(household: Household, text: str, **how: Any) -> Message:
    return Message.objects.create(
        municipality_id=household.municipality_id,
        citizen_id=household.citizen_id,
        household=household,
        text=text,
        **how,
    )


def _side(household: Household, by: User) -> bool | None:
    """Whether `by` writes for the centre; None for neither side."""
    if by.has_perm(WRITE, household):
        return False
    return True if by.has_perm(ANSWER, household) else None


def _tell_her(household: Household, *, at: dt.datetime) -> None:
    """Named after the first message that she has not read: a mail for each run of them."""
    first = unread_of(household).first()
    if household.citizen and first:
        mail.post(
            "message_received",
            household.citizen.email,
            key=f"message_received:{first.pk}",
            at=at,
            municipality=household.municipality,
        )
