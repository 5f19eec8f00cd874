"""What is answered when a number is refused where no page foresees it: a mother hands in, a facility confirms."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.public import SeriesClosed
from postpartum_portal.shared.sent import typed


class NumbersClosedMiddleware:
    """After a restore. Nothing has happened; what was typed is kept in the page and sent again by its button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SeriesClosed):
            return None
        sent = {"sent": typed(request.POST), "chose_files": bool(request.FILES)}
        context = {"address": request.get_full_path(), "frame": _frame(request), **sent}
        return render(request, "numbers_closed.html", context, status=503)


def _frame(request: HttpRequest) -> str:
    """The page of whom the view let in: its guard says so on the request."""
    if hasattr(request, "membership"):
        return "base_centre.html"
    return "base_facility.html" if hasattr(request, "facility") else "base_citizen.html"
