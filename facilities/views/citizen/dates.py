"""Choosing the days of a use, with its price and its deadline in sight, and asking for them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.public import dates_of
from eligibility import engine
from eligibility.engine.booking_days import hours
from facilities.forms.citizen.dates import AskForm, IntentForm
from facilities.forms.citizen.visit_hours import keep_hours
from facilities.models import Booking, Offering
from facilities.selectors.cards import answerer_of
from facilities.selectors.hours import over_on
from facilities.selectors.limits import place_of
from facilities.selectors.offerings import bookable_offerings
from facilities.selectors.uses import use_of
from facilities.services.booking import DayFull, NotBookable, request_booking
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock, wareki

from .calendar import calendar_of
from .case import Case, case_of
from .chosen import chosen_of
from .intent import Intent, intent_of
from .visit_hours import hours_given
from .waits import waits_from


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: PortalRequest, offering: int) -> HttpResponse:
    case = case_of(request)
    chosen = bookable_offerings(case.standing, on=clock.today()).filter(pk=offering).first() if case else None
    if case is None or chosen is None:
        raise Http404
    sent = request.POST if request.method == "POST" else give_back(request)
    if sent is None:
        return _page(request, case, chosen, IntentForm(request.GET).said(), None)
    said = IntentForm(sent).said()
    after = over_on(said.get("day"), clock.now())
    form = _form(case, chosen.service, place_of(chosen, case.standing.terms), sent, after=after)
    keep_hours(form, hours_given(case.standing, chosen, said.get("day")), after=after)
    if request.method != "POST" or not form.is_valid():
        return _page(request, case, chosen, said, form)
    return _ask(request, case, chosen, form)


def _ask(request: PortalRequest, case: Case, offering: Offering, form: AskForm) -> HttpResponse:
    asked = form.cleaned_data
    try:
        booking = request_booking(
            case.entitlement,
            offering,
            first_day=asked["day"],
            last_day=asked["day"] + dt.timedelta(days=asked["days"] - 1),
            **form.told(),
            form_token=case.token(asked["token"]),
            by=request.user,
            at=clock.now(),
        )
    except NotBookable as refusal:
        return _page(request, _again(request, case), offering, asked, form, refusals=refusal.findings)
    except DayFull as full:
        return _page(request, case, offering, asked, form, full=full.days or (asked["day"],))
    for finding in _open_questions(case, booking):
        messages.warning(request, finding.fact)
    told = _("申しこみました。%(answerer)sが確かめて、メールとマイページでお知らせします。")
    messages.success(request, told % {"answerer": answerer_of(offering, case.standing.terms.service(booking.service))})
    return redirect("facilities:booking", slug=request.municipality.slug, number=booking.number)


def _open_questions(case: Case, booking: Booking) -> list[engine.Finding]:
    """What the hours of this programme leave to the facility: said once she has told when she comes."""
    children, service = dates_of(case.standing.birth).counted_children, case.standing.terms.service(booking.service)
    found = hours(use_of(booking), service, children)
    return [finding for finding in found if finding.verdict is engine.Verdict.ASK]


def _page(
    request: PortalRequest,
    case: Case,
    offering: Offering,
    said: Mapping[str, Any],
    form: AskForm | None,
    *,
    refusals: tuple[engine.Finding, ...] = (),
    full: tuple[dt.date, ...] = (),
) -> HttpResponse:
    intent = intent_of(case, offering, said, now=clock.now())
    if intent is None:
        for finding in refusals:
            messages.warning(request, finding.fact)
        return redirect("facilities:book", slug=request.municipality.slug)
    chosen = chosen_of(intent)
    context = {
        "intent": intent,
        "chosen": chosen,
        "wait": waits_from(intent)(intent.day) if intent.day and chosen and chosen.full else None,
        "calendar": calendar_of(intent, chosen.days if chosen else ()),
        "offering": offering,
        "answerer": answerer_of(offering, intent.service),
        "form": form or _fresh(intent),
        "refusals": refusals,
        "full": "・".join(wareki.short(day) for day in full),
        "now": intent.now,
    }
    return render(request, "citizen/booking/dates.html", context)


def _fresh(intent: Intent) -> AskForm:
    """Sends what the page shows: the length that fits, also where the address said none or another."""
    shown = {"days": intent.length.days, "day": intent.day}
    after = over_on(intent.day, intent.now)
    form = _form(intent.case, intent.service.code, intent.place, None, after=after, initial=shown)
    keep_hours(form, hours_given(intent.case.standing, intent.offering, intent.day), after=after)
    return form


def _form(case: Case, service: str, place: engine.Place, sent: Mapping[str, Any] | None, **rest: Any) -> AskForm:
    terms = case.standing.terms
    return AskForm(
        sent,
        service=terms.service(service),
        rules=terms.booking,
        children=dates_of(case.standing.birth).counted_children,
        place=place,
        after_loss=case.after_loss,
        **rest,
    )


def _again(request: PortalRequest, case: Case) -> Case:
    """The counters as they stand after a refusal: another tab may have moved them."""
    return case_of(request) or case
