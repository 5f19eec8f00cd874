"""Letters on their way: posted, arrived, handed over at the counter. From the day of arrival she knows the decision."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from applications.models import Letter
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.lifecycle import authorise

POST_LETTERS = "applications.screen"


def mark_posted(
    letters: Collection[int], *, posted_on: dt.date, arrives_on: dt.date | None = None, by: User, at: dt.datetime
) -> list[Letter]:
    """Write down that these letters of the tenant scope were posted; those that were before stay as they are.

    `arrives_on`: the day on which they are taken to arrive, where the office counts so. All are marked, or none.

    Raises:
        PermissionDenied: one of them is not for this person.
        NotInTime: a day that cannot be; says why.
    """
    rows = Letter.objects.filter(pk__in=letters, status=Letter.Status.ISSUED, posted_on=None).defer("snapshot")
    waiting = list(rows.order_by("pk"))
    for letter in waiting:
        authorise(by, POST_LETTERS, letter)
        _judge_posting(letter, posted_on, arrives_on, today=clock.day_of(at))

    marked = []
    with transaction.atomic():
        for letter in waiting:
            assumed = {"delivered_on": arrives_on, "delivery": Letter.Delivery.ASSUMED}
            arrives = assumed if arrives_on and letter.delivered_on is None else {}
            if not rows.filter(pk=letter.pk).update(posted_on=posted_on, **arrives):
                continue  # somebody else marked it meanwhile
            events.record("letter.posted", letter, at=at, by_id=by.pk, on=posted_on.isoformat())
            marked.append(letter)
    return marked


def undo_posting(letter: Letter, *, by: User, at: dt.datetime) -> None:
    """Take back a wrong mark: neither posted nor arrived.

    Raises:
        PermissionDenied: not staff here, or her own letter.
        NotInTime: it is not marked.
    """
    authorise(by, POST_LETTERS, letter)
    marked = Letter.objects.filter(pk=letter.pk).exclude(posted_on=None, delivered_on=None)
    with transaction.atomic():
        if not marked.update(posted_on=None, delivered_on=None, delivery=""):
            raise NotInTime("郵送や手渡しの記録はありません。")
        events.record("letter.posting_undone", letter, at=at, by_id=by.pk)


def record_delivery(
    letter: Letter, *, delivered_on: dt.date, delivery: Letter.Delivery, by: User, at: dt.datetime
) -> None:
    """Write down when it reached her on paper, and how that is known; what was assumed before gives way.

    Raises:
        PermissionDenied: not staff here, or her own letter.
        NotInTime: a day that cannot be, or it was not posted; says why.
    """
    authorise(by, POST_LETTERS, letter)
    _judge_delivery(letter, delivered_on, delivery, today=clock.day_of(at))
    with transaction.atomic():
        out = Letter.objects.filter(pk=letter.pk, status=Letter.Status.ISSUED, posted_on=letter.posted_on)
        if not out.update(delivered_on=delivered_on, delivery=delivery):
            raise NotInTime("見ているあいだに、ほかの人が記録を変えました。もう一度、確かめてください。")
        day = delivered_on.isoformat()
        events.record("letter.delivered", letter, at=at, by_id=by.pk, on=day, how=delivery.value)


class NotInTime(Exception):
    """A day that cannot be. The message says which and why."""


def _judge_posting(letter: Letter, posted_on: dt.date, arrives_on: dt.date | None, *, today: dt.date) -> None:
    if posted_on > today:
        raise NotInTime("郵送した日は、きょうまでの日を入れてください。")
    if letter.issued_at and posted_on < clock.day_of(letter.issued_at):
        made = wareki.no_weekday(clock.day_of(letter.issued_at))
        raise NotInTime(f"{letter.label}は{made}にできました。それより前には郵送できません。")
    if arrives_on and arrives_on < posted_on:
        raise NotInTime("届いたとみなす日は、郵送した日からあとの日を入れてください。")


def _judge_delivery(letter: Letter, on: dt.date, delivery: Letter.Delivery, *, today: dt.date) -> None:
    if letter.status != Letter.Status.ISSUED or letter.issued_at is None:
        raise NotInTime("この手紙は、まだできていないか、無効です。")
    if delivery is not Letter.Delivery.ASSUMED and on > today:
        raise NotInTime("届いた日は、きょうまでの日を入れてください。")
    if delivery is not Letter.Delivery.COUNTER and letter.posted_on is None:
        raise NotInTime("郵送した日を、先に入れてください。")
    if on < (letter.posted_on or clock.day_of(letter.issued_at)):
        raise NotInTime("届いた日は、手紙ができた日や郵送した日より前にはなりません。")
