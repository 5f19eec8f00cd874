"""The first page: which municipality."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.public import municipalities_in_force
from postpartum_portal.accounts import access
from postpartum_portal.shared import clock


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "citizen/home.html", {"municipalities": municipalities_in_force(clock.today())})
