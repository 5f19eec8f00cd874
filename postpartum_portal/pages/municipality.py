"""A municipality's own page: who may use what, until when, at what price, how to apply and how to cancel."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from eligibility.access import MunicipalityRequest
from eligibility.engine import Place, beforehand
from eligibility.public import chosen_words, entered_amounts, programme_of, version_in_force, versions_to_come
from facilities.public import listed_facilities
from postpartum_portal.accounts import access
from postpartum_portal.shared import clock

from .ahead import ahead_of
from .bereaved import is_bereaved
from .offered import cancelling, class_prices, class_prices_to_come, offers
from .seeking import seek


@access.public
@require_safe
def municipality(request: MunicipalityRequest) -> HttpResponse:
    """Before its programme has begun only from when it is there. After a loss her own page says what is left."""
    if is_bereaved(request):
        return redirect("pages:my_page", slug=request.municipality.slug)
    on = clock.today()
    version = version_in_force(request.municipality, on)
    if version is None:
        return _not_begun(request, on)
    programme = programme_of(version)
    terms, place = programme.terms, Place(entered=entered_amounts(request.municipality))
    ahead = ahead_of(request.municipality, terms, on=on)
    offered = offers(ahead, place)
    sought = seek(request.GET, listed_facilities(request.municipality, on=on), ahead)
    context = {
        "programme": programme,
        "said_in": programme.said_in,
        "words": chosen_words(request),
        "offers": offered,
        "class_prices": class_prices(offered, terms),
        "class_prices_to_come": class_prices_to_come(ahead, place),
        "ahead": ahead,
        "beforehand": beforehand(terms, place=place, on=on),
        "cancelling": cancelling(terms),
        "sought": sought,
        "says_whom": any(item.takes for item in sought.contacts),
    }
    return render(request, "citizen/municipality.html", context)


def _not_begun(request: MunicipalityRequest, on: dt.date) -> HttpResponse:
    """Raises Http404 where no programme is on file at all."""
    coming = versions_to_come(request.municipality, on)
    if not coming:
        raise Http404
    context = {"programme": programme_of(coming[0]), "begins": coming[0].effective_from}
    return render(request, "citizen/municipality_to_come.html", context)
