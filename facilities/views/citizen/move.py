"""Moving or shortening a booking: other days, what they cost and what giving up the old ones costs, then the deed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_fsm import TransitionNotAllowed

from applications.public import dates_of, standing_of
from eligibility import engine
from facilities.forms.citizen.dates import IntentForm
from facilities.forms.citizen.move import MoveForm
from facilities.forms.citizen.visit_hours import keep_hours
from facilities.models import Booking, Move
from facilities.selectors.cards import answerer_of, card_of
from facilities.selectors.hours import over_on
from facilities.selectors.moves import open_move
from facilities.selectors.moving import Moving, moving_of
from facilities.selectors.offerings import bookable_offerings
from facilities.selectors.uses import terms_of
from facilities.services.booking import DayFull, NotBookable
from facilities.services.cancelling import HasBegun
from facilities.services.move_answers import withdraw_move
from facilities.services.moving import MoveWaits, NothingToMove, ask_move
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import Overtaken

from .case import own_booking
from .move_page import MoveIntent, move_calendar, move_intent, new_days
from .visit_hours import hours_to_move

NO_DAY_LEFT = gettext_lazy("使える期間に、変えられる日がありません。都合が悪いときは、取り消してください。")


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PortalRequest, number: str) -> HttpResponse:
    """The instant of the contact is the server's at receipt."""
    booking, now = own_booking(request, number), clock.now()
    if booking.status not in Booking.MOVABLE:
        return _back(request, booking, _("この予約の日は、もう変えられません。"))
    if open_move(booking):
        return _back(request, booking, _("日の変更を申しこんでいます。ほかの日にするときは、先に取り下げてください。"))
    moving = movable(booking, now.date())
    if moving is None:
        return _by_phone(request, booking, now)
    if booking.status == Booking.Status.CONFIRMED and moving.rules.begun(now):
        return _back(request, booking, _("使う時刻を過ぎたので、日は変えられません。予約先に電話で伝えてください。"))
    sent = request.POST if request.method == "POST" else give_back(request)
    if sent is None:
        return _page(request, moving, IntentForm(request.GET).said(), None, now)
    said, shown = IntentForm(sent).said(), Shown.read(sent.get("shown", ""))
    form = _form(moving, sent, said.get("day"), after=over_on(said.get("day"), now))
    if request.method != "POST" or not form.is_valid() or shown is None:
        return _page(request, moving, said, form, now)
    return _ask(request, moving, form, shown, now)


@access.citizen
@require_POST
def withdraw(request: PortalRequest, number: str) -> HttpResponse:
    """She keeps the days she has."""
    booking = own_booking(request, number)
    move = open_move(booking)
    try:
        if move is None:
            raise Overtaken(booking)
        withdraw_move(move, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        return _back(request, booking, _("日の変更は、もう返事がすんでいます。"))
    messages.success(request, _("日の変更を取り下げました。予約はいまの日のままです。"))
    return _to_booking(request, booking)


def _ask(request: PortalRequest, moving: Moving, form: MoveForm, shown: Shown, now: dt.datetime) -> HttpResponse:
    asked, booking = form.cleaned_data, moving.booking
    try:
        move = ask_move(
            booking,
            moving.offering,
            first_day=asked["day"],
            last_day=asked["day"] + dt.timedelta(days=asked["days"] - 1),
            arrival=asked["arrival"],
            contact_at=now,
            shown=shown,
            form_token=f"{booking.pk}:{asked['token']}",
            by=request.user,
            at=now,
        )
    except ConsequenceChanged:
        return _page(request, moving, asked, form, now, changed=True)
    except NotBookable as refused:
        return _page(request, moving_of(booking, moving.offering), asked, form, now, refusals=refused.findings)
    except DayFull as full:
        return _page(request, moving, asked, form, now, full=full.days or (asked["day"],))
    except NothingToMove:
        form.add_error("arrival", _("いまの予約と同じです。ほかの日か、ほかの時刻を選んでください。"))
        return _page(request, moving, asked, form, now)
    except (HasBegun, MoveWaits, Overtaken):
        return _back(request, booking, _("見ているあいだに予約が変わりました。いまの予約を確かめてください。"))
    messages.success(request, _told(move, answerer_of(booking, moving.rules.terms.service(booking.service))))
    return _to_booking(request, booking)


def _told(move: Move, answerer: str) -> str:
    if move.status == Move.Status.ACCEPTED:
        return _("日を変えました。控えをメールで送りました。")
    told = _("日の変更を申しこみました。%(answerer)sが確かめて、メールとマイページでお知らせします。")
    return told % {"answerer": answerer}


def _page(
    request: PortalRequest,
    moving: Moving,
    said: Mapping[str, Any],
    form: MoveForm | None,
    now: dt.datetime,
    *,
    changed: bool = False,
    refusals: tuple[engine.Finding, ...] = (),
    full: tuple[dt.date, ...] = (),
) -> HttpResponse:
    booking = moving.booking
    intent = move_intent(moving, said, now=now)
    if intent is None:
        return _back(
            request, booking, _("使える期間に、変えられる日がありません。都合が悪いときは、取り消してください。")
        )
    chosen = new_days(intent)
    context = {
        "booking": booking,
        "card": card_of(booking, moving.rules.terms, now=now),
        "answerer": answerer_of(booking, intent.service),
        "intent": intent,
        "chosen": chosen,
        "calendar": move_calendar(intent, chosen),
        "offering": moving.offering,
        "form": form or _fresh(intent),
        "changed": changed,
        "refusals": refusals,
        "full": "・".join(wareki.short(day) for day in full),
        "now": now,
    }
    return render(request, "citizen/booking/move.html", context)


def _fresh(intent: MoveIntent) -> MoveForm:
    """Sends what the page shows."""
    shown = {"days": intent.length.days, "day": intent.day}
    return _form(intent.moving, None, intent.day, after=over_on(intent.day, intent.now), initial=shown)


def _form(
    moving: Moving, sent: Mapping[str, Any] | None, day: dt.date | None, *, after: dt.time | None, **rest: Any
) -> MoveForm:
    """`day`: the one that is chosen."""
    terms = moving.rules.standing.terms
    form = MoveForm(
        sent,
        service=terms.service(moving.booking.service),
        rules=terms.booking,
        children=dates_of(moving.rules.standing.birth).counted_children,
        arrival=moving.booking.arrival,
        after=after,
        **rest,
    )
    keep_hours(form, hours_to_move(moving, day), after=after)
    return form


def movable(booking: Booking, on: dt.date) -> Moving | None:
    """None where the centre arranged the booking, or the facility does not give the service here any more."""
    found = bookable_offerings(standing_of(booking.entitlement), on=on)
    offering = found.filter(facility=booking.facility, service=booking.service).first()
    return moving_of(booking, offering) if offering else None


def _by_phone(request: PortalRequest, booking: Booking, now: dt.datetime) -> HttpResponse:
    """How such a booking is moved, and until when."""
    context = {"booking": booking, "card": card_of(booking, terms_of(booking), now=now), "now": now}
    return render(request, "citizen/booking/move_by_phone.html", context)


def _back(request: PortalRequest, booking: Booking, sentence: str) -> HttpResponse:
    messages.warning(request, sentence)
    return _to_booking(request, booking)


def _to_booking(request: PortalRequest, booking: Booking) -> HttpResponse:
    return redirect("facilities:booking", slug=request.municipality.slug, number=booking.number)
