"""The tags of the template pack `dads`."""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.translation import gettext as _

from postpartum_portal.shared.forms.anatomy import Anatomy, anatomy
from postpartum_portal.shared.forms.base import Mistake, mistakes
from postpartum_portal.shared.forms.controls import opened_by_choices

register = template.Library()


@register.simple_tag(takes_context=True)
def parts(context: template.Context, field: BoundField) -> Anatomy:
    """`{% parts field as part %}`: label, hint, control and error of a field, as ready HTML."""
    return anatomy(field, str(context.get("css", "")))


@register.filter
def in_order(form: forms.BaseForm) -> Iterator[BoundField]:
    """A form's fields but those that a choice opens: these stand below their choice."""
    opened = opened_by_choices(form)
    return (field for field in form if field.name not in opened)


@register.simple_tag
def mistakes_of(form: Any) -> list[Mistake]:
    """`{% mistakes_of form as list %}` for the error summary, which stands once on a page.

    Whoever asks second gets nothing: the page above its heading, or else the pack at the top of the form.
    """
    if getattr(form, "summary_is_shown", False):
        return []
    form.summary_is_shown = True
    return mistakes(form)


@register.filter
def error_title(form: forms.BaseForm) -> str:
    """`エラー2件: ` for the beginning of the page's title; "" when nothing is wrong."""
    count = len(mistakes(form)) if form.is_bound else 0
    return _("エラー%(count)s件: ") % {"count": count} if count else ""
