"""The tags of pages that belong to a case: they lead back to it as it was opened, with the way to the list."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from applications.listed import FROM, case_address, list_of

register = template.Library()


@register.simple_tag(takes_context=True)
def case_page(context: template.Context, number: str) -> str:
    """`{% case_page number as page %}`: the address of the case's page."""
    request = context["request"]
    return case_address(request.municipality.slug, number, list_of(request, number))


@register.simple_tag(takes_context=True)
def opened_from(context: template.Context, number: str) -> SafeString:
    """`{% opened_from number %}` beside `{% csrf_token %}`: the form takes the list along, even if it comes back."""
    listed = list_of(context["request"], number)
    return SafeString() if listed is None else format_html('<input type="hidden" name="{}" value="{}">', FROM, listed)
