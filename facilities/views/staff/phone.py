"""予約を入れる: for somebody whose coupon was read out or shown; what it means first, then the deed."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.public import Birth, Coupon, standing_of
from eligibility import engine
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.phone import PhoneForm
from facilities.models import Booking
from facilities.selectors.holds import Holdable, holdables
from facilities.selectors.phone_price import PhonePrice, phone_price
from facilities.selectors.told_to_desk import told_to_desk
from facilities.services.booking import DayFull, NotBookable
from facilities.services.coupons import TooManyTries, look_up
from facilities.services.phoning import NotShown, book_for, entered_before
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import Overtaken

from .coupons import PAUSED
from .holds import FULL

CONFIRM = "confirm"
"""The name of the button that books; any other sending of the form shows what it is about."""


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: FacilityRequest, code: str) -> HttpResponse:
    """Another municipality's coupons, and no coupons at all, are the same page that does not exist."""
    now = clock.now()
    try:
        coupon = look_up(code, facility=request.facility, by=request.user, at=now)
    except TooManyTries:
        messages.warning(request, PAUSED)
        return redirect("facility:coupons")
    if coupon is None:
        raise Http404
    offered = _offered(request, coupon, now.date())
    lost = coupon.entitlement.birth.outcome == Birth.Outcome.LOST
    sent = request.POST if request.method == "POST" else None
    form = PhoneForm(sent, holdables=offered, on=now.date(), after_loss=lost)
    if form.is_valid() and CONFIRM in request.POST and (before := entered_before(coupon, form.cleaned_data["token"])):
        return _booked(request, before)
    price = _price(coupon, form, now) if form.is_valid() else None
    pressed, as_shown = CONFIRM in request.POST, price and request.POST.get("shown") == price.shown
    if price and pressed and as_shown and not price.against and (answer := _enter(request, coupon, form, now)):
        return answer
    context = {
        "name": coupon.entitlement.birth.household.name,
        "code": code,
        "offered": offered,
        "form": form,
        "price": price,
        "changed": price and pressed and not as_shown,
        "now": now,
    }
    return render(request, "facility/phone.html", context)


def _offered(request: FacilityRequest, coupon: Coupon, on: dt.date) -> tuple[Holdable, ...]:
    """What the family was granted and books here by itself, of what this facility gives its municipality."""
    granted = standing_of(coupon.entitlement).services
    return tuple(
        item
        for item in holdables(request.facility, on=on)
        if item.offering.facility_id == request.facility.pk
        and item.offering.municipality_id == coupon.municipality_id
        and item.offering.service in granted
    )


def _price(coupon: Coupon, form: PhoneForm, now: dt.datetime) -> PhonePrice:
    offering, said = form.offering_chosen(), form.said()
    use = engine.Use(
        offering.service,
        said["first_day"],
        said["last_day"],
        start_time=said["arrival"],
        siblings=form.told()["siblings"],
    )
    return phone_price(coupon, offering, use, at=now)


def _enter(request: FacilityRequest, coupon: Coupon, form: PhoneForm, now: dt.datetime) -> HttpResponse | None:
    """None where it could not be: the form says why."""
    try:
        booking = book_for(coupon, form.offering_chosen(), **form.said(), **form.told(), by=request.user, at=now)
    except NotBookable as refused:
        form.refuse(told_to_desk(refused.findings))
    except DayFull as full:
        days = "・".join(wareki.short(day) for day in full.days)
        form.refuse(f"{days}は、{FULL}" if days else FULL)
    except (NotShown, Overtaken):
        messages.warning(request, "この番号は、もう使えません。お母さんに確かめてください。")
        return redirect("facility:coupons")
    else:
        return _booked(request, booking)
    return None


def _booked(request: FacilityRequest, booking: Booking) -> HttpResponse:
    mailed = "控えをお母さんにメールで送りました。"
    untold = "メールを使っていない方です。日時と取り消しの期限を、電話か紙で伝えてください。"
    messages.success(request, f"予約が決まりました。{mailed if booking.citizen_id else untold}")
    return redirect("facility:booking", number=booking.number)
