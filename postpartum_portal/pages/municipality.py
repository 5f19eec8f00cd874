"""A municipality's own page: who may use what, until when, at what price, how to apply and how to cancel."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.access import MunicipalityRequest, programme_for
from eligibility.engine import PriceRow, Service, Terms, price_table
from facilities.public import ListedFacility, listed_facilities
from postpartum_portal.accounts import access
from postpartum_portal.shared import clock


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the price table: the service, and its price and limits in words."""

    service: Service
    row: PriceRow


@dataclass(frozen=True, slots=True)
class Contact:
    """A facility with the names of what it gives."""

    listed: ListedFacility
    services: str


@access.public
@require_safe
def municipality(request: MunicipalityRequest) -> HttpResponse:
    on = clock.today()
    programme = programme_for(request.municipality, on)
    terms = programme.terms
    context = {
        "programme": programme,
        "offers": [Offer(terms.service(row.service), row) for row in price_table(terms)],
        "cancelling": _cancelling(terms),
        "contacts": [_contact(listed, terms) for listed in listed_facilities(request.municipality, on=on)],
    }
    return render(request, "citizen/municipality.html", context)


def _cancelling(terms: Terms) -> list[tuple[str, str]]:
    """The names of the services that share a rule, and the rule in plain words."""
    by_text: dict[str, list[str]] = {}
    for service in terms.services:
        by_text.setdefault(service.cancellation.text, []).append(service.short_label)
    return [("・".join(labels), text) for text, labels in by_text.items()]


def _contact(listed: ListedFacility, terms: Terms) -> Contact:
    labels = [service.short_label for service in terms.services if service.code in listed.services]
    return Contact(listed, "・".join(labels))
