"""The first page: which municipality."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.public import Municipality
from postpartum_portal.accounts import access


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    municipalities = Municipality.objects.order_by("code")
    return render(request, "citizen/home.html", {"municipalities": municipalities})
