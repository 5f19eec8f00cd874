"""Bookings that an association has taken for other facilities: by their days, and by the number that a caller says."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.number import NOT_HERE, NumberForm
from facilities.models import Booking
from facilities.selectors.desks import booked_through, opened_by
from facilities.selectors.guests import with_rows
from facilities.services.reading import read_cards
from postpartum_portal.shared import clock


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def bookings(request: FacilityRequest) -> HttpResponse:
    """A facility that answers for no other has its day's sheet instead."""
    if not request.answers_for_others:
        raise Http404
    form, now = NumberForm(request.POST if request.method == "POST" else None), clock.now()
    if form.is_valid():
        number = form.cleaned_data["number"]
        if Booking.objects.filter(opened_by(request.facility), number=number).exists():
            return redirect("facility:booking", number=number)
        form.add_error("number", NOT_HERE)
    coming = with_rows(booked_through(request.facility, on=now.date()))
    context = {"form": form, "cards": read_cards(coming, by=request.user, at=now)}
    return render(request, "facility/bookings.html", context)
