"""What a facility takes for late cancellations and no-shows, told before somebody books there."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility import engine
from facilities.models import Offering

from .limits import place_of
from .proposals import Proposal


@dataclass(frozen=True, slots=True)
class FeeTold:
    """`when`: 期限のあとの取り消し; `amount` in yen, for one use or for each unit of its price."""

    when: str
    amount: engine.Yen
    each: bool
    sample: bool


def fees_told(offering: Offering, proposal: Proposal) -> tuple[FeeTold, ...]:
    """What was entered there for amounts that the programme leaves open, for a use that begins on a day."""
    place = place_of(offering, proposal.terms)
    rules, on = proposal.service.cancellation, proposal.use.first_day
    return tuple(_told(rules, on, place, proposal.household_class)) if place.entered else ()


def _told(rules: engine.Cancellation, on: dt.date, place: engine.Place, household_class: str) -> Iterator[FeeTold]:
    fees = [(_("期限のあとの取り消し"), tier.outcome.fee) for tier in rules.tiers]
    for when, fee in [*fees, (_("連絡なく来ないとき"), rules.no_show.fee)]:
        if fee is None or not isinstance(fee.amount, engine.Unpublished):
            continue
        amount, sample = engine.resolve(fee.amount, on=on, entered=place.entered, household_class=household_class)
        if not isinstance(amount, engine.Unpublished):
            yield FeeTold(when, amount, fee.kind is engine.FeeKind.PER_UNIT, sample)
