"""What cancelling a booking, or not coming, means: every page and service asks here, and the engine answers."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.public import Standing, standing_of
from eligibility import engine
from facilities.models import Booking
from postpartum_portal.shared import clock

from .limits import place_booked
from .requoting import family_bookings, given_up, price_anew, requote
from .stored import copayment_of
from .uses import counted_in, goes_beyond, has_begun, terms_among, use_of
from .versions import Versions, versions_of

FREE = gettext_lazy("お金はかかりません。")


@dataclass(frozen=True, slots=True)
class Consequences:
    """A booking with what its consequences hang on: the terms of its first day, its place, and the price told.

    Where it is moved or shortened, `kept` are the days that it keeps, and only the others are cancelled.
    """

    booking: Booking
    standing: Standing
    versions: Versions
    terms: engine.Terms
    place: engine.Place
    kept: engine.Use | None = None

    @property
    def use(self) -> engine.Use:
        return use_of(self.booking)

    @property
    def deadline(self) -> engine.Deadline:
        return engine.deadline_of(self.use, self.terms)

    def begun(self, at: dt.datetime) -> bool:
        return has_begun(self.booking, self.terms, at)

    def cancelled(self, contact_at: dt.datetime) -> engine.Consequence:
        """What the rules say of a contact at that instant."""
        return engine.cancel(
            self.use,
            facts=self._facts,
            terms=self.terms,
            contact_at=contact_at,
            price=self._price_given_up(),
            place=self.place,
            beyond=goes_beyond(self.booking, self.terms),
            kept=self.kept,
        )

    def free(self, code: str, fact: str) -> engine.Consequence:
        """The consequence of a contact in time, with the reason why the clock does not matter."""
        deadline = self.deadline
        early = (deadline.at or clock.now()) - dt.timedelta(days=1)
        return replace(
            self.cancelled(early),
            lines=(),
            total=engine.Yen(0),
            money_text=str(FREE),
            findings=(engine.Finding(code, engine.Verdict.MET, _("取り消しの期限"), fact, deadline.source),),
        )

    def absent(self) -> engine.Consequence:
        """What the rules say of not coming without a word."""
        return engine.no_show(
            self.use,
            facts=self._facts,
            terms=self.terms,
            price=copayment_of(self.booking),
            place=self.place,
            beyond=goes_beyond(self.booking, self.terms),
        )

    def changes(self, consequence: engine.Consequence) -> tuple[engine.Repriced, ...]:
        """The family's other bookings whose price would then be another."""
        if not self.versions.count_first_uses:
            return ()
        family = family_bookings(self.booking.entitlement)
        uses = given_up(map(use_of, family), self.booking.pk, consequence)
        return requote(family, uses, facts=self._facts, versions=self.versions).changes

    def left_open(self, consequence: engine.Consequence) -> engine.Unpublished | None:
        """The words that no rule is published for this, so that staff may decide otherwise; None where one is."""
        return left_open(consequence, self.terms.service(self.booking.service).cancellation)

    @property
    def counted_in(self) -> str:
        """日数, 回数: what a use takes and gives back, in a word."""
        return counted_in(self.terms.service(self.booking.service), self.terms)

    def _price_given_up(self) -> engine.Quote:
        """What she would have paid for the days she gives up: all, or the difference to what the kept ones cost."""
        whole = copayment_of(self.booking)
        if self.kept is None or not _takes_a_share(self.terms.service(self.booking.service).cancellation):
            return whole
        others = [use_of(row) for row in family_bookings(self.booking.entitlement) if row.pk != self.booking.pk]
        found = price_anew([self.booking], [*others, self.kept], facts=self._facts, versions=self.versions)
        rest = found.quotes[self.booking.pk].total
        if isinstance(whole.total, engine.Unpublished) or isinstance(rest, engine.Unpublished):
            return whole
        return engine.Quote(whole.lines, engine.Yen(max(0, whole.total - rest)))

    @property
    def _facts(self) -> engine.Facts:
        return self.standing.facts(self.booking.first_day)


def consequences_of(booking: Booking) -> Consequences:
    versions = versions_of(booking.municipality_id)
    terms = terms_among(versions, booking)
    return Consequences(
        booking=booking,
        standing=standing_of(booking.entitlement),
        versions=versions,
        terms=terms,
        place=place_booked(booking, terms),
    )


def left_open(consequence: engine.Consequence, rules: engine.Cancellation) -> engine.Unpublished | None:
    """As `Consequences.left_open`. What comes back whatever the rules say is not open: a request, a day outside."""
    if consequence.kind is engine.ConsequenceKind.NO_SHOW:
        fee = rules.no_show.fee
        said = fee.amount if fee else rules.unpublished
        return said if rules.unpublished and isinstance(said, engine.Unpublished) else None
    return rules.unpublished if consequence.findings[0].verdict is engine.Verdict.ASK else None


def _takes_a_share(rules: engine.Cancellation) -> bool:
    """Whether some fee is a share of what she would have paid."""
    fees = [tier.outcome.fee for tier in rules.tiers]
    return any(fee is not None and fee.kind is engine.FeeKind.COPAYMENT for fee in fees)
