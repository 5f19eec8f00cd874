"""What booking some days would mean. The page that asks and the service that books read this one answer."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.public import Application, Standing
from eligibility import engine
from eligibility.engine.booking_days import day_taken
from eligibility.engine.wording import weekday_day
from facilities.models import Booking, Offering
from postpartum_portal.shared import clock

from .arrivals import Refusals
from .limits import place_of
from .moves import asked_uses
from .requoting import Requoted, requote
from .uses import use_of
from .versions import Versions, versions_of
from .visiting import Agreed, Visitor, visitor_for, visitors_by_month


@dataclass(frozen=True, slots=True)
class Proposal:
    """Findings and units by the terms of the decision; price and deadline by those in force on the first day.

    `changes` are the family's other bookings whose price it would change; `asked`: days to which she has asked to move
    others; `own`: what the rule of whoever visits says, if the facility has given one.
    """

    use: engine.Use
    plan: engine.Plan
    refusals: tuple[engine.Finding, ...]
    changes: tuple[engine.Repriced, ...]
    service: engine.Service
    household_class: str
    versions: Versions
    asked: tuple[engine.Use, ...]
    visitor: Visitor | None = None
    own: tuple[engine.Finding, ...] = ()

    @property
    def quote(self) -> engine.Quote:
        return self.plan.quote

    @property
    def terms(self) -> engine.Terms:
        """Those of price and cancellation."""
        return self.versions.terms_of(self.use.service, self.use.first_day)

    @property
    def deadline(self) -> engine.Deadline:
        return self.plan.cancel

    @property
    def asks(self) -> tuple[engine.Finding, ...]:
        """What the programme leaves to the facility: it can be asked for, and the facility's answer decides."""
        return (*self.plan.asks, *(item for item in self.own if item.verdict is engine.Verdict.ASK))

    @property
    def set_aside(self) -> tuple[engine.Finding, ...]:
        """What the facility has agreed to against its own rule."""
        return tuple(item for item in engine.refusals_of(self.own) if item not in self.refusals)


def propose(
    use: engine.Use,
    standing: Standing,
    offering: Offering,
    *,
    bookings: Sequence[Booking],
    on: dt.date,
    asked: tuple[engine.Use, ...] | None = None,
    vaccination_days: Collection[dt.date] = (),
    agreed: Agreed | None = None,
) -> Proposal:
    """Judge a use that is asked for on the day `on`; `bookings` are all of the family's.

    `asked`: the days to which she has asked to move others, read where they are not at hand;
    `agreed`: the facility has agreed to this use, and may go beyond its own rule.
    """
    versions = versions_of(offering.municipality_id)
    in_force = versions.terms_of(use.service, use.first_day)
    facts, held = standing.facts(use.first_day), [use_of(booking) for booking in bookings]
    where = {"place": place_of(offering, in_force), "price_terms": in_force, "timeline": versions.timeline}
    plan = plan_of(use, standing, held=held, on=on, vaccination_days=vaccination_days, **where)
    asked = asked_uses(standing.entitlement) if asked is None else asked
    visitor = visitor_for(standing, offering, use.first_day, use.last_day)
    refusals = (
        *plan.refusals,
        *_asked_for(use, asked, standing),
        *_contract(use, standing, offering),
        *(visitor.refusals(use, standing.terms.service(use.service), agreed) if visitor else ()),
    )
    others = requote(bookings, [*held, use], facts=facts, versions=versions) if not refusals else Requoted()
    return Proposal(
        use=use,
        plan=plan,
        refusals=refusals,
        changes=others.changes,
        service=in_force.service(use.service),
        household_class=engine.effective_class(facts, in_force, on=use.first_day).code,
        versions=versions,
        asked=asked,
        visitor=visitor,
        own=tuple(visitor.findings(use, standing.terms.service(use.service))) if visitor else (),
    )


def refusals_for(
    standing: Standing, offering: Offering, place: engine.Place, *, held: Sequence[engine.Use], on: dt.date
) -> Refusals:
    """What speaks against a use, by the same rules as `propose`: for many uses of one family at one facility.

    Everything is read now, so that a use costs no query; what a facility visits already, once for a month.
    """
    visitor_in, service = visitors_by_month(standing, offering), standing.terms.service(offering.service)
    applied_on = _applied_on(standing)
    balances = standing.balances
    asked = asked_uses(standing.entitlement)

    def refusals(use: engine.Use) -> tuple[engine.Finding, ...]:
        judged = engine.judge_use(
            use,
            facts=standing.facts(use.first_day),
            grant=standing.grant(use.first_day),
            terms=standing.terms,
            on=on,
            held=held,
            balances=balances,
            place=place,
            applied_on=applied_on,
        )
        visitor = visitor_in(use.first_day)
        return (
            *engine.refusals_of(judged),
            *_asked_for(use, asked, standing),
            *_contract(use, standing, offering),
            *(visitor.refusals(use, service) if visitor else ()),
        )

    return refusals


def plan_of(
    use: engine.Use,
    standing: Standing,
    *,
    held: Sequence[engine.Use],
    on: dt.date,
    vaccination_days: Collection[dt.date] = (),
    **where: Any,
) -> engine.Plan:
    """What the rules say of a use, wherever it is to take place, or `where` it is: place, price terms, timeline."""
    return engine.plan_use(
        use,
        facts=standing.facts(use.first_day),
        grant=standing.grant(use.first_day),
        terms=standing.terms,
        on=on,
        held=held,
        balances=standing.balances,
        vaccination_days=frozenset(vaccination_days),
        applied_on=_applied_on(standing),
        **where,
    )


def _applied_on(standing: Standing) -> dt.date | None:
    """The day of her latest application, where the programme wants it in some time before the first use."""
    if standing.terms.application.lead is None:
        return None
    sent = Application.objects.filter(birth=standing.birth, submitted_at__isnull=False)
    latest = sent.order_by("submitted_at").values_list("submitted_at", flat=True).last()
    return clock.day_of(latest) if latest else None


def _asked_for(use: engine.Use, asked: Sequence[engine.Use], standing: Standing) -> tuple[engine.Finding, ...]:
    """Days to which she has asked to move another booking are taken as if they were booked."""
    terms = standing.terms
    labels = {service.code: _("%(service)sの日の変更") % {"service": service.short_label} for service in terms.services}
    return engine.refusals_of([day_taken(use, asked, terms.booking, labels)])


def _contract(use: engine.Use, standing: Standing, offering: Offering) -> list[engine.Finding]:
    """The facility must be the municipality's on every day of the use."""
    ends_on = offering.contract.ends_on
    if ends_on is None or use.last_day <= ends_on:
        return []
    fact = _("この施設を使えるのは%(day)sまでです。ほかの施設か、それまでの日を選んでください。") % {
        "day": weekday_day(ends_on)
    }
    source = standing.terms.booking.in_advance
    return [engine.Finding("contract", engine.Verdict.UNMET, _("指定利用施設である"), fact, source)]
