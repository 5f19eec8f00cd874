"""The thread between a mother and the centre: what stands in it, what is unread, what waits for an answer."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from applications.models import Birth, Household, Loss, Message
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User

from .changes import latest_numbers

HERS = Q(from_centre=False)
WAITING = HERS & Q(settled_at=None)


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages, the oldest first.

    `earlier`: how many were left out because they were written before a loss was told; `after_loss`: whether nothing
    that is written to her now may speak of a child.
    """

    household: Household
    messages: tuple[Message, ...]
    earlier: int
    after_loss: bool

    @property
    def waiting(self) -> list[Message]:
        """Hers that the centre has not answered."""
        return [message for message in self.messages if not message.from_centre and message.settled_at is None]

    @property
    def seen(self) -> int:
        """The last of the thread, for a form: an answer settles what stood on the page and nothing after it."""
        return max((message.pk for message in self.messages), default=0)


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A family that waits for an answer, since when, and the application under which it is found. No words of hers."""

    oldest: Message
    household: Household
    number: str
    count: int


def household_of(citizen: User, municipality: Municipality) -> Household | None:
    """Hers, once she has handed in an application: before that the centre would not know whom it answers."""
    return Household.objects.filter(citizen=citizen, municipality=municipality).select_related("citizen").first()


def thread_of(household: Household, *, whole: bool = True) -> Thread:
    """All of it; without `whole`, after a loss, only what was written since it was told."""
    rows = tuple(Message.objects.filter(household=household))
    told_at = _loss_told_at(household)
    shown = rows if whole or told_at is None else tuple(row for row in rows if row.at >= told_at)
    return Thread(household, shown, len(rows) - len(shown), told_at is not None)


def unread_by_her(citizen: User, municipality: Municipality) -> int | None:
    """How many messages of the centre she has not read; None where she cannot write to it yet."""
    household = household_of(citizen, municipality)
    return unread_of(household).count() if household else None


def unread_of(household: Household) -> QuerySet[Message]:
    """What the centre wrote and she has not read; what a loss has put away is not waited for."""
    rows = Message.objects.filter(~HERS, household=household, read_at=None)
    told_at = _loss_told_at(household)
    return rows.filter(at__gte=told_at) if told_at else rows


def messages_to_answer() -> tuple[ToAnswer, ...]:
    """Whom the centre owes an answer in the tenant scope, who has waited longest at the top. Two queries."""
    found: dict[int, list[Message]] = {}
    for message in Message.objects.filter(WAITING).select_related("household"):
        found.setdefault(message.household_id, []).append(message)
    numbers = latest_numbers(found)
    return tuple(
        ToAnswer(rows[0], rows[0].household, numbers[household], len(rows)) for household, rows in found.items()
    )


def _loss_told_at(household: Household) -> dt.datetime | None:
    """When the loss was told that is her latest; one that was told with her first application, as it came in."""
    birth = Birth.objects.filter(household=household).order_by("pk").last()
    if birth is None or birth.outcome != Birth.Outcome.LOST:
        return None
    standing = Loss.objects.filter(birth=birth, taken_back_at=None).first()
    return standing.told_at if standing else birth.created_at
