"""A municipality's own page: who may use what, until when, at what price, how to apply and how to cancel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.access import MunicipalityRequest, programme_for
from eligibility.engine import Place
from eligibility.public import entered_amounts
from facilities.public import listed_facilities
from postpartum_portal.accounts import access
from postpartum_portal.shared import clock

from .offered import cancelling, class_prices, contact, offers


@access.public
@require_safe
def municipality(request: MunicipalityRequest) -> HttpResponse:
    on = clock.today()
    programme = programme_for(request.municipality, on)
    terms = programme.terms
    offered = offers(terms, Place(entered=entered_amounts(request.municipality)), on=on)
    contacts = [contact(listed, terms, on=on) for listed in listed_facilities(request.municipality, on=on)]
    context = {
        "programme": programme,
        "offers": offered,
        "class_prices": class_prices(offered, terms),
        "cancelling": cancelling(terms),
        "contacts": contacts,
        "says_whom": any(item.takes for item in contacts),
    }
    return render(request, "citizen/municipality.html", context)
