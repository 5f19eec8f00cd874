"""The page for a source that sends too much at once (status 429): what to do, when, and with what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_BOXES = 20
NOT_TYPED = ("csrfmiddlewaretoken",)


def too_many(request: HttpRequest) -> HttpResponse:
    """Its one button sends again what was sent; files, which only other pages have, do not come here."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values]
    answer = render(request, "429.html", {"sent": sent[:MOST_BOXES]}, status=429)
    answer["Retry-After"] = "60"
    return answer
