"""Waiting for full days: how it works and one press; then what she waits for, what she is offered, and giving it up."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from applications.public import dates_of
from eligibility import engine
from facilities.forms.citizen.dates import IntentForm
from facilities.forms.citizen.visit_hours import keep_hours
from facilities.forms.citizen.waiting import WaitForm
from facilities.models import Booking, Offering, Waiting
from facilities.selectors.cards import answerer_of
from facilities.selectors.hours import over_on
from facilities.selectors.offerings import bookable_offerings
from facilities.selectors.uses import counted_in
from facilities.selectors.waiting_list import line_length, may_wait_at, use_waited_for, waiting_card
from facilities.services.booking import NotBookable
from facilities.services.waiting import NotFull, wait_for, withdraw_waiting
from facilities.services.waiting_taking import take_offer, token_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .case import Case, case_of
from .chosen import chosen_days, chosen_of
from .intent import Intent, intent_of
from .visit_hours import hours_given


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: PortalRequest, offering: int) -> HttpResponse:
    """How waiting works, for days that are full; days that are not lead back to the calendar."""
    case, now = case_of(request), clock.now()
    place = bookable_offerings(case.standing, on=now.date()).filter(pk=offering).first() if case else None
    if case is None or place is None or not may_wait_at(place, case.standing.terms):
        raise Http404
    sent = request.POST if request.method == "POST" else give_back(request)
    said = IntentForm(request.GET if sent is None else sent).said()
    intent = intent_of(case, place, said, now=now)
    chosen = chosen_of(intent) if intent else None
    if intent is None or chosen is None or not chosen.full:
        return _to_calendar(request, place, said)
    form = _form(intent, sent)
    if request.method == "POST" and form.is_valid():
        try:
            row = wait_for(
                case.entitlement,
                place,
                **form.said(),
                form_token=case.token(form.cleaned_data["token"]),
                by=request.user,
                at=now,
            )
        except (NotBookable, NotFull):
            return _to_calendar(request, place, said)
        messages.success(request, _("空きを待ちはじめました。空きが出たら、メールとマイページでお知らせします。"))
        return _to(request, row)
    use = chosen.proposal.use
    context = {
        "intent": intent,
        "chosen": chosen,
        "offering": place,
        "form": form,
        "ahead": line_length(place, use.first_day, use.last_day, besides=case.entitlement),
        "counted_in": counted_in(intent.service, case.standing.terms),
        "hours": settings.WAITING_OFFER_HOURS,
    }
    return render(request, "citizen/waiting/wait.html", context)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: PortalRequest, pk: int) -> HttpResponse:
    """What she waits for; once it is offered, its price and the press that takes it."""
    row, case = _own(request, pk), case_of(request)
    if case is None:
        raise Http404
    if request.method != "POST":
        return _page(request, case, row)
    try:
        booking = take_offer(row, by=request.user, at=clock.now())
    except NotBookable as refused:
        return _page(request, case, row, refused.findings)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, _("時間をすぎたので、この空きには申しこめません。"))
        return _to(request, row)
    told = _("申しこみました。%(answerer)sが確かめて、メールとマイページでお知らせします。")
    answerer = answerer_of(booking, case.standing.terms.service(booking.service))
    messages.success(request, told % {"answerer": answerer})
    return redirect("facilities:booking", slug=request.municipality.slug, number=booking.number)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask first, then leave the line, or decline what was offered."""
    row = _own(request, pk)
    if request.method != "POST" and row.status in Waiting.LIVE:
        return render(request, "citizen/waiting/withdraw.html", {"card": waiting_card(row)})
    try:
        withdraw_waiting(row, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, _("この空き待ちは、もう変わっています。いまのようすを見てください。"))
        return _to(request, row)
    messages.success(request, _("待つのをやめました。"))
    return redirect("facilities:bookings", slug=request.municipality.slug)


def _page(request: PortalRequest, case: Case, row: Waiting, refusals: tuple[engine.Finding, ...] = ()) -> HttpResponse:
    card, now = waiting_card(row), clock.now()
    chosen, answerer = None, ""
    if card.offered and row.offering:
        answerer = answerer_of(row.offering, case.standing.terms.service(row.offering.service))
        chosen = chosen_days(case, row.offering, use_waited_for(row), on=now.date())
    context = {
        "card": card,
        "chosen": chosen,
        "answerer": answerer,
        "booking": Booking.objects.filter(form_token=token_of(row)).first(),
        "refusals": refusals,
        "after_loss": case.after_loss,
        "now": now,
    }
    return render(request, "citizen/waiting/waiting.html", context)


def _own(request: PortalRequest, pk: int) -> Waiting:
    """What she waits or waited for.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    rows = Waiting.objects.select_related(
        "facility",
        "offering__facility",
        "offering__contract",
        "entitlement__birth",
        "entitlement__citizen",
        "entitlement__municipality",
        "entitlement__programme_version",
    )
    found = rows.filter(municipality=request.municipality, citizen=request.user, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _form(intent: Intent, sent: QueryDict | None) -> WaitForm:
    terms, case = intent.case.standing.terms, intent.case
    after = over_on(intent.day, intent.now)
    form = WaitForm(
        sent,
        service=intent.service,
        rules=terms.booking,
        children=dates_of(case.standing.birth).counted_children,
        place=intent.place,
        after_loss=case.after_loss,
        after=after,
        initial={"days": intent.length.days, "day": intent.day},
    )
    keep_hours(form, hours_given(case.standing, intent.offering, intent.day), after=after)
    return form


def _to_calendar(request: PortalRequest, offering: Offering, said: dict[str, object]) -> HttpResponse:
    where = reverse("facilities:book_dates", args=[request.municipality.slug, offering.pk])
    query = {"days": said.get("days"), "day": said.get("day")}
    return redirect(f"{where}?{urlencode({name: value for name, value in query.items() if value})}")


def _to(request: PortalRequest, row: Waiting) -> HttpResponse:
    return redirect("facilities:waiting", slug=request.municipality.slug, pk=row.pk)
