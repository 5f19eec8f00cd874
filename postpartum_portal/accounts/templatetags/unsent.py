"""The tag of forms whose text must outlive a session."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from postpartum_portal.accounts.unsent import FIELD, page_of, whose_page

register = template.Library()


@register.simple_tag(takes_context=True)
def whose(context: template.Context) -> SafeString:
    """`{% whose %}` beside `{% csrf_token %}`: what is sent after the session's end comes back after the sign-in."""
    request = context["request"]
    whose_it_is = whose_page(request.user.pk, page_of(request))
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, whose_it_is)
