"""Line icons of one sprite, cached by the browser once for every page."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@cache
def icon(name: str, css: str = "") -> SafeString:
    """The symbol `name` of static/img/icons.svg; always beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"i {css}".rstrip(),
        static("img/icons.svg"),
        name,
    )
