"""From which list a case was opened: the list's query goes along as `from`, on the case's page and with its forms."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

FROM = "from"


def case_address(slug: str, number: str, listed: str | None) -> str:
    """Of the page of a case; `listed` is the query of the list that it is opened from, None where it is from none."""
    page = reverse("pages:case", kwargs={"slug": slug, "number": number})
    return page if listed is None else f"{page}?{urlencode({FROM: listed})}"


def list_of(request: Any, number: str) -> str | None:
    """The list's query: as the form or the address says, or the address of the case's page that this was sent from."""
    came, _, query = request.headers.get("referer", "").partition("?")
    page = case_address(request.municipality.slug, number, None)
    earlier = QueryDict(query).get(FROM) if came.endswith(page) else None
    listed: str | None = request.POST.get(FROM, request.GET.get(FROM, earlier))
    return listed
