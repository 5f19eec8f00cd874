"""What moving or shortening a booking would mean: the page that asks and the service that moves read this answer."""

import datetime as dt
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from applications.public import Standing
from eligibility import engine
from facilities.models import Booking, Offering

from .adjusting import needs_adjusting
from .arrivals import Refusals
from .consequences import Consequences, consequences_of
from .limits import place_of
from .proposals import Proposal, propose, refusals_for
from .requoting import family_bookings
from .uses import use_of
from .visiting import Agreed

AHEAD = frozenset({"notice", "application_lead", "not_past"})
"""Rules about asking early enough: for days that she has already, she did."""


@dataclass(frozen=True, slots=True)
class Shift:
    """New days for a booking. `added` she does not hold yet, `dropped` she gives up, with the `consequence` of that.

    `counted`: units of the booking that then count as used; `units`: what it takes afterwards; `taken`: what it needs
    at once beside what it holds.
    """

    proposal: Proposal
    consequence: engine.Consequence
    refusals: tuple[engine.Finding, ...]
    added: tuple[dt.date, ...]
    dropped: tuple[dt.date, ...]
    counted: Mapping[str, int]
    units: Mapping[str, int]
    taken: Mapping[str, int]
    another_hour: bool

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.dropped or self.another_hour)

    @property
    def only_shortens(self) -> bool:
        """It gives days up and asks for nothing new, so nobody has to agree."""
        return bool(self.dropped) and not (self.added or self.another_hour)


@dataclass(frozen=True, slots=True)
class Moving:
    """A booking whose days are to be others, with all that judging them needs. `others`: the family's other bookings.

    `outside`: the birth that was recorded has put it outside the period, so that it may be moved free at any time.
    """

    booking: Booking
    offering: Offering
    others: tuple[Booking, ...]
    rules: Consequences
    outside: bool

    @property
    def standing(self) -> Standing:
        """What she may use without this booking, as far as nothing of it comes to count."""
        return self._standing({})

    @property
    def own_days(self) -> tuple[dt.date, ...]:
        """The days on which it holds a place already."""
        use = self.rules.use
        return engine.each_day(use.first_day, use.last_day) if self.booking.place else ()

    def rules_for(self, use: engine.Use) -> Consequences:
        """The consequences of giving up those of its days that the new use does not have."""
        return replace(self.rules, kept=_common(self.rules.use, use))

    def weigh(self, use: engine.Use, contact_at: dt.datetime) -> engine.Consequence:
        """What giving up its other days means, for a contact at that instant."""
        rules = self.rules_for(use)
        counted = {"counted": rules.counted_in}
        if self.booking.status in Booking.UNANSWERED:
            return rules.free(
                "unanswered",
                _("返事がまだないので、いつ変えても、%(counted)sは減らず、お金もかかりません。") % counted,
            )
        if self.outside:
            return rules.free(
                "outside_period",
                _("使える期間の外になったので、いつ変えても、%(counted)sは減らず、お金もかかりません。") % counted,
            )
        if not _days_but(self.rules.use, use):
            return rules.free(
                "nothing_given_up",
                _("やめる日がないので、いつ変えても、%(counted)sは減らず、お金もかかりません。") % counted,
            )
        return rules.cancelled(contact_at)

    def shift(self, use: engine.Use, contact_at: dt.datetime, *, on: dt.date, agreed: Agreed | None = None) -> Shift:
        """`use`: the new days, asked for on the day `on`; `agreed`: where the facility has named them itself."""
        consequence, old = self.weigh(use, contact_at), self.rules.use
        counted = self._counted(consequence)
        standing = self._standing(counted)
        moved = replace(use, number=self.booking.pk)
        wish = self.booking.wish
        proposal = propose(
            moved,
            standing,
            self.offering,
            bookings=self.others,
            on=on,
            vaccination_days=wish.vaccinations if wish else (),
            agreed=agreed,
        )
        added = _days_but(use, old)
        units = dict(proposal.plan.units)
        return Shift(
            proposal=proposal,
            consequence=consequence,
            refusals=proposal.refusals if added else _but_ahead(proposal.refusals),
            added=added,
            dropped=_days_but(old, use),
            counted=counted,
            units=units,
            taken=_beside(units, counted, self.booking.units),
            another_hour=use.start_time != old.start_time,
        )

    def refusals(self, contact_at: dt.datetime, *, on: dt.date) -> Refusals:
        """What speaks against new days, for many of them. Days of which some are hers already may fit as others do."""
        place = place_of(self.offering, self.standing.terms)
        held = [use_of(booking) for booking in self.others]
        judges: dict[tuple[tuple[str, int], ...], Refusals] = {}

        def refusals(use: engine.Use) -> tuple[engine.Finding, ...]:
            counted = self._counted(self.weigh(use, contact_at))
            key = tuple(sorted(counted.items()))
            if key not in judges:
                judges[key] = refusals_for(self._standing(counted), self.offering, place, held=held, on=on)
            asked = replace(self.rules.use, first_day=use.first_day, last_day=use.last_day, start_time=None)
            found = tuple(judges[key](asked))
            return found if _days_but(use, self.rules.use) else _but_ahead(found)

        return refusals

    def _counted(self, consequence: engine.Consequence) -> dict[str, int]:
        """What comes to count of the units that the booking took, by the decision's terms and perhaps by older ones."""
        held = self.booking.units
        return {code: min(number, held[code]) for code, number in consequence.counted.items() if held.get(code)}

    def _standing(self, counted: Mapping[str, int]) -> Standing:
        """Her counters as they will be without the booking, but for what comes to count of it."""
        freed = {code: number - counted.get(code, 0) for code, number in self.booking.units.items()}
        pools = []
        for row in self.rules.standing.pools:
            pool = copy(row)
            pool.used -= freed.get(pool.code, 0)
            pools.append(pool)
        return replace(self.rules.standing, pools=tuple(pools))


def moving_of(booking: Booking, offering: Offering) -> Moving:
    """Read all that moving a booking hangs on; a handful of queries."""
    rules = consequences_of(booking)
    others = tuple(row for row in family_bookings(booking.entitlement) if row.pk != booking.pk)
    return Moving(booking, offering, others, rules, needs_adjusting(booking))


def _common(old: engine.Use, new: engine.Use) -> engine.Use | None:
    """The days that both have, as a use; None where there are none."""
    first, last = max(old.first_day, new.first_day), min(old.last_day, new.last_day)
    return replace(old, first_day=first, last_day=last) if first <= last else None


def _days_but(one: engine.Use, other: engine.Use) -> tuple[dt.date, ...]:
    """The days of one use that the other has not."""
    return tuple(
        day for day in engine.each_day(one.first_day, one.last_day) if not other.first_day <= day <= other.last_day
    )


def _but_ahead(findings: tuple[engine.Finding, ...]) -> tuple[engine.Finding, ...]:
    return tuple(finding for finding in findings if finding.code not in AHEAD)


def _beside(units: Mapping[str, int], counted: Mapping[str, int], held: Mapping[str, int]) -> dict[str, int]:
    """What the new days and what comes to count need together beyond what the booking holds."""
    wanted = {code: units.get(code, 0) + counted.get(code, 0) - held.get(code, 0) for code in {*units, *counted}}
    return {code: number for code, number in sorted(wanted.items()) if number > 0}
