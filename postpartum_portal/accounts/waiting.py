"""The page for a source that sends too much at once (status 429): what to do, when, and with what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from postpartum_portal.shared.sent import typed

MOST_BOXES = 20


def too_many(request: HttpRequest) -> HttpResponse:
    """Its one button sends again what was sent; files, which only other pages have, do not come here."""
    answer = render(request, "429.html", {"sent": typed(request.POST)[:MOST_BOXES]}, status=429)
    answer["Retry-After"] = "60"
    return answer
