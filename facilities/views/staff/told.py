"""A consequence as a facility's page tells it before it asks."""

from dataclasses import dataclass

from eligibility import engine
from facilities.models import Booking
from facilities.selectors.consequences import left_open
from facilities.selectors.uses import amount_of, terms_of
from facilities.services.shown import Shown


@dataclass(frozen=True, slots=True)
class Told:
    """`counted` and `returned`: 1泊分, "" where nothing does.

    `shown` goes with the button; `left_open`: whether no rule is published, and staff may decide afterwards.
    """

    consequence: engine.Consequence
    shown: Shown
    counted: str
    returned: str
    left_open: bool

    @property
    def deed(self) -> str:
        """What the button does to her units, before its verb: 1泊分を使ったことにし、1泊分を戻して; "" for none."""
        if self.counted and self.returned:
            return f"{self.counted}を使ったことにし、{self.returned}を戻して"
        return (
            f"{self.counted}を使ったことにして" if self.counted else f"{self.returned}を戻して" if self.returned else ""
        )


def told(booking: Booking, consequence: engine.Consequence) -> Told:
    terms = terms_of(booking)
    return Told(
        consequence=consequence,
        shown=Shown.of(consequence),
        counted=amount_of(consequence.counted, booking.service, terms),
        returned=amount_of(consequence.returned, booking.service, terms),
        left_open=left_open(consequence, terms.service(booking.service).cancellation) is not None,
    )
