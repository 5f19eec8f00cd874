"""The lowest rule of access: anybody may look at this page. The rules that ask who somebody is stand in `accounts`."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from postpartum_portal.shared.tenancy import NOBODY, tenant

from .models import Municipality
from .programmes import Programme
from .public import NoProgramme, get_municipality, programme_on

View = Callable[..., HttpResponseBase]
ATTRIBUTE = "access_rule"


class MunicipalityRequest(HttpRequest):
    """What a public view under `/<municipality>/` receives."""

    municipality: Municipality


def mark(view: View, rule: str) -> View:
    """Note on the view which rule guards it; the middleware and the access tests read it."""
    setattr(view, ATTRIBUTE, rule)
    return view


def public(view: View) -> View:
    """Anybody may look. Rows about people stay invisible: the citizen of this scope is nobody."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        municipality = municipality_of(request, kwargs)
        with tenant(municipality=municipality.pk if municipality else None, citizen=NOBODY):
            return view(request, *args, **kwargs)

    return mark(guarded, "public")


def municipality_of(request: Any, kwargs: dict[str, Any]) -> Municipality | None:
    """Resolve the address's municipality, take `slug` out of the view's arguments, and put the row on the request.

    Raises:
        Http404: the address names a municipality that is not here.
    """
    slug = kwargs.pop("slug", None)
    if slug is None:
        return None
    municipality = get_municipality(slug)
    if municipality is None:
        raise Http404
    request.municipality = municipality
    return municipality


def programme_for(municipality: Municipality, on: dt.date) -> Programme:
    """The programme in force.

    Raises:
        Http404: none has begun, so there is nothing to show yet.
    """
    try:
        return programme_on(municipality, on)
    except NoProgramme:
        raise Http404 from None
