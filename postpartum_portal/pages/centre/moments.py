"""これまで: what happened to an application, its family's messages and reports, and its bookings, the latest first."""

from collections.abc import Iterable, Iterator

from applications.public import Case, Moment, Thread, ToldChange
from facilities.public import Card
from postpartum_portal.accounts.models import User
from postpartum_portal.pages.access_words import DEEDS
from postpartum_portal.shared.models import Event

UNSAID = frozenset({"booking.repriced"})
"""What follows by itself from another row of the list."""


def moments(
    case: Case, *, thread: Thread | None, changes: Iterable[ToldChange], cards: Iterable[Card]
) -> tuple[Moment, ...]:
    """Messages are named, not quoted: they stand in their own card."""
    told = [*case.moments, *_written(thread), *_reported(changes), *_booked(cards)]
    return tuple(sorted(told, key=lambda moment: moment.at, reverse=True))


def _written(thread: Thread | None) -> Iterator[Moment]:
    for message in thread.messages if thread else ():
        if message.from_centre:
            yield Moment(message.at, "本人にメッセージを送りました", str(message.by))
        else:
            yield Moment(message.at, "本人がメッセージを書きました")


def _reported(changes: Iterable[ToldChange]) -> Iterator[Moment]:
    for told in changes:
        yield Moment(told.notice.reported_at, f"変更の届けがありました({told.label})")


def _booked(cards: Iterable[Card]) -> Iterator[Moment]:
    """Of each booking what was done with it; `who` is "" for her and for the portal itself."""
    known = {card.booking.pk: card for card in cards}
    verbs = [verb for verb in DEEDS if verb.startswith("booking.") and verb not in UNSAID]
    events = list(
        Event.objects.filter(subject_kind="booking", subject_id__in=known, verb__in=verbs).order_by("at", "pk")
    )
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "display_name"))
    for event in events:
        card = known[event.subject_id]
        own = event.actor_id == card.booking.citizen_id
        who = "" if own else names.get(event.actor_id or 0, "")
        yield Moment(event.at, f"{DEEDS[event.verb]}({card.service.short_label} {card.when})", who)
