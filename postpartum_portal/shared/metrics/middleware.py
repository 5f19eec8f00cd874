"""Counts each request; the settings put it in front of all others where there is a folder to count in."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponseBase

from .counting import count_request


class CountRequests:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""  # else a file, or nobody's address
        count_request(view, response.status_code, perf_counter() - began)
        return response
