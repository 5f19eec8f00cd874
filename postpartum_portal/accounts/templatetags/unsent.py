"""The tag of forms whose text must outlive a session."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from postpartum_portal.accounts.unsent import FIELD, whose_page

register = template.Library()


@register.simple_tag(takes_context=True)
def whose(context: template.Context) -> SafeString:
    """`{% whose %}` beside `{% csrf_token %}`: what is sent after the session's end comes back after the sign-in."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, whose_page(context["request"].user.pk))
