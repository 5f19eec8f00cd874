"""What a field looks like: label, need, support text, control, error, as ready HTML for one small template.

A page's cost is its template nodes, linear in its fields; so the parts are put together here and `dads/field.html` only
sets them in order. Works for every Django form, also those of other packages.
"""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from postpartum_portal.shared.icons import icon

from .controls import card, cards, drop_box, typing_box
from .dates import DateBoxes

NOTHING = mark_safe("")
REQUIRED, OPTIONAL = gettext_lazy("※必須"), gettext_lazy("※任意")
INVALID = mark_safe(' aria-invalid="true"')
MANY = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """`kind`: "hidden" only a control; "group" boxes in a fieldset; "box" a label over one box; "card" one tick."""

    kind: str
    control: SafeString
    css: str = ""
    target: str = ""
    label: str = ""
    need: SafeString = NOTHING
    hint: SafeString = NOTHING
    error: SafeString = NOTHING
    attrs: SafeString = NOTHING


def anatomy(field: BoundField, css: str = "") -> Anatomy:
    """The parts of one bound field; `css` is added to the class of the whole, such as "then"."""
    if field.is_hidden:
        return Anatomy("hidden", SafeString(field))
    need, hint = _need(field), _hint(field)
    kind, control = _drawn(field, need, hint)
    return Anatomy(
        kind,
        control,
        css=f" {css}" * bool(css) + " wrong" * bool(field.errors),
        target=field.id_for_label,
        label=str(field.label),
        need=need,
        hint=hint,
        error=_error(field),
        attrs=_group_attrs(field) if isinstance(field.field.widget, MANY) else NOTHING,
    )


def wrong_id(field: BoundField) -> str:
    """The id of the very box that an error is about."""
    if isinstance(field.field.widget, DateBoxes):
        return f"{field.auto_id}_{_wrong_part(field)}"
    return f"{field.auto_id}_0" if isinstance(field.field.widget, MANY) else field.auto_id


def _drawn(field: BoundField, need: SafeString, hint: SafeString) -> tuple[str, SafeString]:
    widget = field.field.widget
    if isinstance(widget, MANY):
        return "group", cards(field)
    if isinstance(widget, DateBoxes):
        return "group", _date_boxes(field)
    if isinstance(widget, forms.CheckboxInput):
        return "card", card(field, need, hint)
    return "box", drop_box(field) if isinstance(widget, forms.FileInput) else typing_box(field)


def _need(field: BoundField) -> SafeString:
    if not getattr(field.form, "show_need", True):
        return NOTHING
    if field.field.required:
        return format_html('<span class="need">{}</span>', REQUIRED)
    return format_html('<span class="need free">{}</span>', OPTIONAL)


def _hint(field: BoundField) -> SafeString:
    if not field.help_text:
        return NOTHING
    return format_html('<div class="hint" id="{}_helptext">{}</div>', field.auto_id, field.help_text)


def _error(field: BoundField) -> SafeString:
    if not field.errors:
        return NOTHING
    first, *others = (str(sentence) for sentence in field.errors)
    said = format_html('<p class="err" id="{}_error">{}{}</p>', field.auto_id, icon("warn"), first)
    if not others:
        return said
    lines = format_html_join("", '<p class="err">{}{}</p>', ((icon("warn"), line) for line in (first, *others)))
    return format_html('<div id="{}_error">{}</div>', field.auto_id, lines)


def _group_attrs(field: BoundField) -> SafeString:
    """What a screen reader hears of a group of cards besides its legend."""
    described = field.aria_describedby
    attrs = format_html(' aria-describedby="{}"', described) if described else NOTHING
    if isinstance(field.field.widget, forms.CheckboxSelectMultiple):
        return attrs
    return format_html('{} role="radiogroup"{}', attrs, INVALID if field.errors else NOTHING)


def _date_boxes(field: BoundField) -> SafeString:
    described = field.aria_describedby or ""
    return field.as_widget(attrs={"aria-describedby": described, "wrong": _wrong_part(field) if field.errors else ""})


def _wrong_part(field: BoundField) -> str:
    mistakes = field.errors.as_data()
    code = mistakes[0].code if mistakes else None
    return code if code in ("year", "month", "day") else "year"
