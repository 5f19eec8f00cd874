"""Other days that the facility has suggested: what each means, one press to take one, and refusing them all."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_fsm import TransitionNotAllowed

from eligibility import engine
from eligibility.engine.wording import pool_units, span
from facilities.models import Booking, Hold
from facilities.selectors.cards import answerer_of
from facilities.selectors.holds import offering_of
from facilities.selectors.moving import Moving, Shift, moving_of
from facilities.selectors.proposals import Proposal
from facilities.selectors.suggestions import suggested_for
from facilities.selectors.uses import free_lead, terms_of
from facilities.services.booking import DayFull, NotBookable
from facilities.services.suggestion_answers import (
    refusals_now,
    refuse_suggestions,
    suggested_shift,
    take_suggestion,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import Overtaken

from .case import own_booking

OVER = gettext_lazy("この提案は、もう選べません。いまの予約を確かめてください。")


@dataclass(frozen=True, slots=True)
class LeftAfter:
    """A pool, and what is left of it with these days: 3泊."""

    label: str
    left: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`title`: 3月20日(金)〜22日(日) 2泊3日 10時."""

    pk: int
    title: str
    proposal: Proposal
    refusals: tuple[engine.Finding, ...]
    left: tuple[LeftAfter, ...]
    free_lead: str


def choices_of(booking: Booking, *, now: dt.datetime) -> tuple[Choice, ...]:
    """What she may choose from; nothing once the booking is settled, or the facility gives the service no more."""
    offering = offering_of(booking)
    if booking.status != Booking.Status.SUGGESTED or offering is None:
        return ()
    moving = moving_of(booking, offering)
    return tuple(
        _choice(hold, moving, suggested_shift(moving, hold, at=now))
        for hold in suggested_for(booking)
        if hold.status == Hold.Status.OPEN
    )


@access.citizen
@require_POST
def take(request: PortalRequest, number: str, pk: int) -> HttpResponse:
    booking = own_booking(request, number)
    hold, offering = next((row for row in suggested_for(booking) if row.pk == pk), None), offering_of(booking)
    if hold is None or offering is None:
        raise Http404
    try:
        take_suggestion(booking, hold, offering, by=request.user, at=clock.now())
    except NotBookable as refused:
        return _back(request, booking, "".join(finding.fact for finding in refused.findings))
    except DayFull:
        service = terms_of(booking).service(booking.service)
        told = _("空きがなくなりました。%(answerer)sに電話してください。")
        return _back(request, booking, told % {"answerer": answerer_of(offering, service)})
    except (TransitionNotAllowed, Overtaken):
        return _back(request, booking, OVER)
    messages.success(request, _("予約が決まりました。控えをメールで送りました。"))
    return _to_booking(request, booking)


@access.citizen
@require_POST
def refuse(request: PortalRequest, number: str) -> HttpResponse:
    booking = own_booking(request, number)
    try:
        refuse_suggestions(booking, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        return _back(request, booking, OVER)
    messages.success(request, _("申しこみを閉じました。ほかの日や、ほかの施設を選べます。"))
    return _to_booking(request, booking)


def _choice(hold: Hold, moving: Moving, shift: Shift) -> Choice:
    use, proposal, terms = shift.proposal.use, shift.proposal, moving.standing.terms
    length = engine.length_text(use, proposal.service) if use.nights else ""
    hour = wareki.clock_time(hold.arrival) if hold.arrival else ""
    pools = [(terms.pool(code), left) for code, left in proposal.plan.left_after.items()]
    return Choice(
        pk=hold.pk,
        title=" ".join(filter(None, [span(use.first_day, use.last_day), length, hour])),
        proposal=proposal,
        refusals=refusals_now(shift),
        left=tuple(LeftAfter(pool.label, pool_units(left, pool)) for pool, left in pools),
        free_lead=free_lead(proposal.service, proposal.terms),
    )


def _back(request: PortalRequest, booking: Booking, sentence: object) -> HttpResponse:
    messages.warning(request, str(sentence))
    return _to_booking(request, booking)


def _to_booking(request: PortalRequest, booking: Booking) -> HttpResponse:
    return redirect("facilities:booking", slug=request.municipality.slug, number=booking.number)
