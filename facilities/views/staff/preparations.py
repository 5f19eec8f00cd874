"""Visits before the visits in the inbox of who goes there."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, facility_desk
from facilities.models import Preparation
from facilities.selectors.desks import answered_by
from facilities.selectors.home_visits import HomeVisit, planned_by, with_rows
from facilities.services.reading import read_home_visits
from facilities.views.preparation import answer


def planned_visits(request: FacilityRequest, now: dt.datetime) -> tuple[HomeVisit, ...]:
    """Those that this desk is to go to."""
    return read_home_visits(planned_by(request.facility), by=request.user, at=now)


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def preparation(request: FacilityRequest, pk: int) -> HttpResponse:
    mine = with_rows(Preparation.objects.filter(answered_by(request.facility)))
    row = get_object_or_404(mine, pk=pk)
    return answer(request, row, by=request.user, back=reverse("facility:requests"), base="base_facility.html")
