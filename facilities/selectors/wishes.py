"""Wishes in the words of the pages, and whether the rules speak against one before the centre looks at it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from applications.public import Birth, Entitlement, Standing
from eligibility import engine
from facilities.models import Booking, Preparation, Sounding, Wish

from .lengths import Length, lengths
from .proposals import plan_of
from .wording import said_to_her

BIRTH_RECORDED = "birth_recorded"
"""The finding that does not depend on the day."""


@dataclass(frozen=True, slots=True)
class WishCard:
    """`length`: 2泊3日 of a stay, "" of what is booked one by one; `vaccinations`, `siblings`: none without a child.

    `preparation`: when somebody comes before the first visit, where that is planned.
    """

    wish: Wish
    service: engine.Service
    length: str
    vaccinations: tuple[dt.date, ...]
    siblings: bool
    preparation: Preparation | None = None

    @property
    def open(self) -> bool:
        return bool(self.wish.status == Wish.Status.OPEN)

    @property
    def tone(self) -> str:
        return "ok" if self.wish.status == Wish.Status.ARRANGED else ""


@dataclass(frozen=True, slots=True)
class Wishable:
    """What may be wished of a service: lengths that fit, on days up to `last_day`; `born`: whether a child comes."""

    service: engine.Service
    lengths: tuple[Length, ...]
    born: bool
    last_day: dt.date


def wishable(service: engine.Service, standing: Standing, *, on: dt.date) -> Wishable | None:
    """None where no day can be wished: nothing is left, the birth is not recorded, or the period is over."""
    period = engine.use_period(service.code, standing.facts(on), standing.terms)
    possible = tuple(length for length in lengths(service, standing) if not length.refusal)
    if not possible or period.provisional or period.last is None or period.last < on:
        return None
    return Wishable(service, possible, standing.birth.outcome == Birth.Outcome.BORN, period.last)


def open_wishes() -> tuple[WishCard, ...]:
    """What waits for the centre in the tenant's scope, who wished first at the top, with how many were sounded out."""
    rows = _with_rows(Wish.objects.filter(status=Wish.Status.OPEN)).annotate(
        awaited=Count("soundings", filter=Q(soundings__status=Sounding.Status.ASKED)),
        accepted=Count("soundings", filter=Q(soundings__status=Sounding.Status.ACCEPTED)),
    )
    return tuple(map(wish_card, rows.order_by("made_at", "pk")))  # a count drops the model's own order


def wishes_of(entitlement: Entitlement) -> tuple[WishCard, ...]:
    """All wishes of a family, the first one first."""
    planned = Preparation.objects.filter(entitlement=entitlement, status=Preparation.Status.PLANNED)
    coming = {row.wish_id: row for row in planned.select_related("facility")}
    cards = map(wish_card, _with_rows(Wish.objects.filter(entitlement=entitlement)))
    return tuple(replace(card, preparation=coming.get(card.wish.pk)) for card in cards)


def open_wish(entitlement: Entitlement, service: str) -> Wish | None:
    """What a family wishes of a service and nobody has arranged yet."""
    return Wish.objects.filter(entitlement=entitlement, service=service, status=Wish.Status.OPEN).first()


def wish_with_rows(pk: int) -> Wish | None:
    """A wish inside the tenant's scope, with the rows that cards and services read."""
    return _with_rows(Wish.objects.filter(pk=pk)).first()


def wish_card(wish: Wish) -> WishCard:
    """`wish` came with its entitlement, birth and version."""
    service = said_to_her(wish.entitlement).service(wish.service)
    stay = service.kind is engine.ServiceKind.STAY
    born = wish.entitlement.birth.outcome == Birth.Outcome.BORN
    return WishCard(
        wish=wish,
        service=service,
        length=engine.length_text(use_from(wish, dt.date.min), service) if stay else "",
        vaccinations=wish.vaccinations if born else (),
        siblings=wish.siblings and born,
    )


def bookings_for(wish: Wish) -> tuple[Booking, ...]:
    """What the centre has asked for to answer a wish: declined and expired ones, then the one that stands."""
    rows = Booking.objects.filter(wish=wish).select_related("facility", "municipality", "entitlement__birth")
    return tuple(rows.order_by("requested_at", "pk"))


def refusals_of(
    wish: Wish, standing: Standing, *, held: Sequence[engine.Use], on: dt.date
) -> tuple[engine.Finding, ...]:
    """What speaks against her days, each reason once. Where she only wrote words, only a missing birth does."""
    plans = [
        plan_of(use_from(wish, day), standing, held=held, on=on, vaccination_days=wish.vaccinations)
        for day in wish.wished_days or (on,)
    ]
    found = dict.fromkeys(finding for plan in plans for finding in plan.refusals)
    return tuple(finding for finding in found if wish.first_days or finding.code == BIRTH_RECORDED)


def use_from(wish: Wish, first_day: dt.date) -> engine.Use:
    """The use she wishes, begun on a day."""
    return engine.Use(wish.service, first_day, first_day + dt.timedelta(days=wish.days - 1))


def _with_rows(wishes: QuerySet[Wish]) -> QuerySet[Wish]:
    return wishes.select_related(
        "municipality", "citizen", "entitlement__programme_version", "entitlement__birth__household"
    )
