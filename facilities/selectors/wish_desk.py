"""What the centre arranges for one family, for the page of its case, and the way back there."""

from dataclasses import dataclass

from applications.public import Birth, Entitlement, household_with_case, standing_of
from eligibility import engine

from .offerings import granted
from .wishes import WishCard, wishes_of


@dataclass(frozen=True, slots=True)
class WishDesk:
    """`services`: those of which a wish may be taken down, as none is open."""

    entitlement: Entitlement
    wishes: tuple[WishCard, ...]
    services: tuple[engine.Service, ...]


def wish_desk(entitlement: Entitlement) -> WishDesk | None:
    """None where nothing is granted that the centre arranges."""
    arranged = granted(standing_of(entitlement), engine.ArrangedBy.CENTRE)
    if not arranged:
        return None
    wishes = wishes_of(entitlement)
    waiting = {card.service.code for card in wishes if card.open}
    return WishDesk(entitlement, wishes, tuple(service for service in arranged if service.code not in waiting))


def case_number(birth: Birth) -> str:
    """Under which the centre finds the family; "" where it never applied here."""
    household = household_with_case(birth.household_id)
    return household.case or "" if household else ""
