"""What became of an approval, on the case page: units left, and the bookings with their price."""

from dataclasses import dataclass

from applications.public import Birth, Entitlement, standing_of, used_before_words
from facilities.public import Card, Remaining, bookings_of, card_of, remaining, terms_of
from postpartum_portal.shared import clock


@dataclass(frozen=True, slots=True)
class UseCard:
    left: tuple[Remaining, ...]
    cards: tuple[Card, ...]
    """The latest first."""
    used_before: str
    """What was used on paper or before moving in, in words."""


def entitlement_for(birth: Birth) -> Entitlement | None:
    """None as long as nothing is granted for it."""
    rows = Entitlement.objects.select_related("birth__household", "citizen", "municipality", "programme_version")
    return rows.filter(birth=birth).first()


def use_card(entitlement: Entitlement) -> UseCard:
    now, bookings = clock.now(), bookings_of(entitlement)
    standing = standing_of(entitlement)
    return UseCard(
        left=remaining(standing, bookings, on=clock.day_of(now)),
        cards=tuple(card_of(booking, terms_of(booking), now=now) for booking in reversed(bookings)),
        used_before=used_before_words(standing, on=clock.day_of(now)),
    )
