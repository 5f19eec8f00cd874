"""The address of a postcode, for the box below it."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from postpartum_portal.accounts import access
from postpartum_portal.shared import postal
from postpartum_portal.shared.text import TextError, normalise_postcode


@access.public
@require_safe
@cache_control(private=True, max_age=3600)
def addresses(request: HttpRequest) -> JsonResponse:
    """`{"address": ""}` for what is no postcode, or none that is known: then she types it herself."""
    try:
        postcode = normalise_postcode(request.GET.get("of", ""))
    except TextError:
        return JsonResponse({"address": ""})
    return JsonResponse({"address": postal.address_of(postcode)})
