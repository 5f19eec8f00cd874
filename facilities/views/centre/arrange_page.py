"""What the page for arranging a wish shows: on the left what she said, on the right what some days would mean."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.public import Birth, Standing, dates_of, standing_of
from eligibility import engine
from facilities.forms.centre.arrange import ArrangeForm
from facilities.models import Booking, Offering, Wish
from facilities.selectors.ages import child_age
from facilities.selectors.arrivals import no_room
from facilities.selectors.guests import multiples_of
from facilities.selectors.lengths import lengths
from facilities.selectors.offerings import offerings_in_force
from facilities.selectors.pools import PoolLeft
from facilities.selectors.preparations import PreparationCard, preparations_of, unprepared
from facilities.selectors.proposals import Proposal, propose
from facilities.selectors.remaining import remaining
from facilities.selectors.soundings import Answer, answers_to, title_of
from facilities.selectors.visiting import Agreed
from facilities.selectors.wish_desk import case_number
from facilities.selectors.wishes import WishCard, bookings_for, wish_card


@dataclass(frozen=True, slots=True)
class Desk:
    """A wish with all that the centre needs to arrange it. `child`: 1か月24日・双子, "" where no child comes.

    `left`: every pool that counts the service, the one with least left first; `case`: its number, "" where none is.
    """

    card: WishCard
    standing: Standing
    bookings: tuple[Booking, ...]
    offerings: tuple[Offering, ...]
    asked: tuple[Booking, ...]
    left: tuple[PoolLeft, ...]
    answers: tuple[Answer, ...]
    preparations: tuple[PreparationCard, ...]
    child: str
    case: str
    on: dt.date

    @property
    def wish(self) -> Wish:
        return self.card.wish

    @property
    def prepared(self) -> bool:
        """Whether somebody has been there before the first visit, where the programme wants that."""
        return not unprepared(self.standing, self.wish.service)

    @property
    def preparing(self) -> bool:
        """Whether such a visit is to come for this wish."""
        return any(card.planned for card in self.preparations)

    def form(self, sent: Mapping[str, str] | None) -> ArrangeForm:
        """Begins with what she would like best."""
        wished = self.wish.wished_days
        first = {
            "offering": self.offerings[0].pk if len(self.offerings) == 1 else None,
            "day": wished[0] if wished else None,
            **self.said(),
        }
        return ArrangeForm(sent, initial=first, **self.asks())

    def said(self) -> dict[str, Any]:
        """What she said with her wish of how she comes, for a form to begin with."""
        siblings = "yes" if self.card.siblings else "no"
        return {"days": self.wish.days, "siblings": siblings, "allergies": self.wish.allergies}

    def asks(self) -> dict[str, Any]:
        """What every form of this page needs to know."""
        return {
            "service": self.card.service,
            "offerings": self.offerings,
            "lengths": lengths(self.card.service, self.standing),
            "children": dates_of(self.standing.birth).counted_children,
            "born": self.standing.birth.outcome == Birth.Outcome.BORN,
        }


@dataclass(frozen=True, slots=True)
class Looked:
    """Days that were looked at before they are sent. `no_room`: why the facility lacks a place."""

    title: str
    offering: Offering
    proposal: Proposal
    refusals: tuple[engine.Finding, ...]
    no_room: str

    @property
    def possible(self) -> bool:
        return not self.refusals and not self.no_room


def desk_of(wish: Wish, *, on: dt.date) -> Desk:
    card = wish_card(wish)
    standing = standing_of(wish.entitlement)
    bookings = tuple(Booking.objects.filter(entitlement=wish.entitlement))
    offered = offerings_in_force(on, municipality=wish.municipality, service=wish.service)
    birth = standing.birth
    return Desk(
        card=card,
        standing=standing,
        bookings=bookings,
        offerings=tuple(offered.select_related("facility", "contract").order_by("facility_id", "pk")),
        asked=bookings_for(wish),
        left=next(
            item.of(service)
            for item in remaining(standing, bookings, on=on)
            for service in item.services
            if service.code == wish.service
        ),
        answers=answers_to(wish),
        preparations=preparations_of(wish, card.service),
        child="・".join(filter(None, [child_age(birth, on), multiples_of(birth)])),
        case=case_number(birth),
        on=on,
    )


def look_at(use: engine.Use, offering: Offering, desk: Desk, *, agreed: Agreed | None = None) -> Looked:
    """What a use at an offering would mean; `agreed`: the facility has said yes to it."""
    proposal = propose(
        use,
        desk.standing,
        offering,
        bookings=desk.bookings,
        on=desk.on,
        vaccination_days=desk.wish.vaccinations,
        agreed=agreed,
    )
    return Looked(
        title=title_of(use, desk.card.service),
        offering=offering,
        proposal=proposal,
        refusals=(*proposal.refusals, *unprepared(desk.standing, use.service)),
        no_room="" if proposal.refusals else no_room(offering, use),
    )
