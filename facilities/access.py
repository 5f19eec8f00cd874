"""The access rule of a facility's pages: signed in, a member of its staff, and inside its tenant scope.

Who works at several facilities works at one of them at a time; the session keeps which.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from postpartum_portal.accounts.access import View, mark
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.signing_in import to_sign_in
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .models import Facility
from .selectors.coupon_check import takes_coupons
from .selectors.desks import served_by, takes_guests
from .selectors.waiting import count_waiting
from .selectors.workplaces import workplaces_of

CHOSEN = "facility"
"""In the session: the id of the facility somebody works for at the moment."""


class FacilityRequest(HttpRequest):
    """What a view behind `facility_staff` receives.

    For the menu: `waiting` counts the requests without an answer; `takes_guests`: whether anybody comes here;
    `takes_coupons`: whether anybody comes with coupons; `answers_for_others`: whether facilities book through it.
    """

    user: User
    facility: Facility
    workplaces: Sequence[Facility]
    waiting: int
    takes_guests: bool
    takes_coupons: bool
    answers_for_others: bool


def facility_staff(view: View) -> View:
    """Staff of a facility, who see its own bookings and no others. Everybody else gets a page that does not exist."""

    return _staff(view, _alone)


def facility_desk(view: View) -> View:
    """As `facility_staff`, where calls are answered: an association sees bookings of the facilities it answers for."""
    return _staff(view, served_by)


def _staff(view: View, seen: Callable[[Facility], Sequence[int]]) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        request.workplaces = workplaces_of(request.user)
        if not request.workplaces:
            raise Http404
        request.facility = _chosen(request)
        served = served_by(request.facility)
        request.answers_for_others = len(served) > 1
        request.waiting = _when_shown(lambda: count_waiting(request.facility), served)
        request.takes_guests = _when_shown(lambda: takes_guests(request.facility), served)
        request.takes_coupons = _when_shown(lambda: takes_coupons(request.facility, on=clock.today()), served)
        with tenant(facility=seen(request.facility)):
            return view(request, *args, **kwargs)

    return mark(guarded, "facility_staff")


def _when_shown(asked: Callable[[], int], served: Sequence[int]) -> Any:
    """What only a page with a menu asks for; a deed, a file or a page that does not exist is spared the statements."""

    def ask() -> int:
        with tenant(facility=served):
            return asked()

    return SimpleLazyObject(ask)


def _alone(facility: Facility) -> list[int]:
    return [facility.pk]


def choose(request: FacilityRequest, facility_id: str) -> None:
    """Work for another of one's facilities from the next request on.

    Raises:
        Http404: the person does not work there.
    """
    chosen = next((facility for facility in request.workplaces if str(facility.pk) == facility_id), None)
    if chosen is None:
        raise Http404
    request.session[CHOSEN] = chosen.pk


def _chosen(request: FacilityRequest) -> Facility:
    """The one last chosen, as long as the person still works there."""
    chosen = request.session.get(CHOSEN)
    return next((facility for facility in request.workplaces if facility.pk == chosen), request.workplaces[0])
