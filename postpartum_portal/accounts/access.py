"""Closed by default: a view answers only through one of these rules, which also opens the tenant scope.

`@public`, `@citizen`, `@centre`, `@centre_reader`, `@decider` here; `facilities.access` adds `@facility_staff`. The
middleware refuses every view of ours that carries none. A person without the right gets the answer of a page that does
not exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from eligibility.access import ATTRIBUTE, MunicipalityRequest, View, mark, municipality_of, public
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .models import Membership, User
from .signing_in import to_sign_in
from .using import note_use

__all__ = ["ATTRIBUTE", "PortalRequest", "View", "centre", "citizen", "decider", "mark", "public"]


class PortalRequest(MunicipalityRequest):
    """What a view of ours receives behind an access rule."""

    htmx: HtmxDetails
    membership: Membership
    user: User


def citizen(view: View) -> View:
    """A signed-in parent, who sees her own rows in this municipality and no others."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        municipality = municipality_of(request, kwargs)
        if not request.user.is_authenticated:
            return to_sign_in(request)
        with tenant(municipality=municipality.pk if municipality else None, citizen=request.user.pk):
            return view(request, *args, **kwargs)

    return mark(guarded, "citizen")


def centre(view: View) -> View:
    """Staff of this municipality's centre; an auditor may only read."""
    return _member(view, "centre", _may_read_or_change)


def centre_reader(view: View) -> View:
    """As `centre`, for a deed of an auditor too that changes no case: what it leaves is the record of it."""
    return _member(view, "centre", lambda _membership, _request: True)


def decider(view: View) -> View:
    """Staff of this municipality's centre who may decide."""
    return _member(view, "decider", lambda membership, _request: membership.may_decide)


def _member(view: View, rule: str, allows: Callable[[Membership, HttpRequest], bool]) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        municipality = municipality_of(request, kwargs)
        if municipality is None:
            raise Http404
        if not request.user.is_authenticated:
            return to_sign_in(request)
        membership = Membership.objects.filter(user=request.user, municipality=municipality).first()
        if membership is None or not allows(membership, request):
            raise Http404
        request.membership = membership
        note_use(membership, on=clock.today())
        with tenant(municipality=municipality.pk):
            return view(request, *args, **kwargs)

    return mark(guarded, rule)


def _may_read_or_change(membership: Membership, request: HttpRequest) -> bool:
    return membership.may_change or request.method in ("GET", "HEAD")
