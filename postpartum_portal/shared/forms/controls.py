"""The boxes and cards themselves, drawn in Python for any Django widget of the kind."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from postpartum_portal.shared.icons import icon

from .text import WholeNumberField


def typing_box(field: BoundField) -> SafeString:
    """A line, a textarea or a select, as wide as its answer, with the unit behind it."""
    css = f"input {field.field.widget.attrs.get('class', '')}".rstrip()
    attrs: dict[str, str | bool] = {"class": css, "placeholder": False}  # other packages' forms bring placeholders
    box = _plain_input(field, attrs) if _is_plain(field.field.widget) else field.as_widget(attrs=attrs)
    unit = field.field.unit if isinstance(field.field, WholeNumberField) else ""
    return format_html("{} {}", box, unit) if unit else box


def drop_box(field: BoundField) -> SafeString:
    """A real file input in a dashed box, with the prompt as its second label."""
    prompt = getattr(field.field.widget, "prompt", _("ファイルを選ぶ"))
    box = field.as_widget(attrs={"class": "file"})
    sign = icon("cam" if "image" in field.field.widget.attrs.get("accept", "image") else "file")
    return format_html('<div class="drop">{}<label for="{}">{}</label>{}</div>', sign, field.auto_id, prompt, box)


def card(field: BoundField, need: SafeString, hint: SafeString) -> SafeString:
    """A single tick, such as a consent; its label stands in the card."""
    box = field.as_widget()
    return format_html('<label class="opt">{}<span>{}{}</span></label>{}', box, field.label, need, hint)


def cards(field: BoundField) -> SafeString:
    """A card for each choice; a refused one is struck text with its reason; one that opens more has it right below."""
    widget: Any = field.field.widget
    notes, refused, then = (getattr(widget, name, {}) for name in ("notes", "refused", "then"))
    drawn = []
    for choice in _choices(field):
        value = str(choice["value"])
        note = (
            format_html("<small>{}</small>", refused.get(value) or notes[value])
            if value in {**notes, **refused}
            else ""
        )
        if value in refused:
            drawn.append(format_html('<span class="opt off"><s>{}</s>{}</span>', choice["label"], note))
            continue
        drawn.append(_choice_card(choice, note))
        if value in then:
            drawn.append(_opened(field.form[then[value]]))
    layout = getattr(widget, "layout", "")
    return format_html('<div class="pick{}">{}</div>', f" {layout}" if layout else "", SafeString("".join(drawn)))


def opened_by_choices(form: forms.BaseForm) -> set[str]:
    """The names of the fields that stand below a choice of another field and not in the form's own order."""
    return {name for field in form.fields.values() for name in getattr(field.widget, "then", {}).values()}


def _is_plain(widget: forms.Widget) -> bool:
    """Whether a widget is Django's own input with nothing of its own: a password, say, hides its value."""
    own = type(widget)
    return (
        isinstance(widget, forms.widgets.Input)
        and own.get_context is forms.widgets.Input.get_context
        and own.render is forms.Widget.render
    )


def _plain_input(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    """What Django's widget template prints, without its dozen template nodes: half the cost of a form."""
    widget: Any = field.field.widget
    drawn = {
        "id": field.auto_id or None,
        **widget.attrs,
        **field.build_widget_attrs(attrs),
        "type": widget.input_type,
        "name": field.html_name,
        "value": widget.format_value(field.value()),
    }
    return format_html("<input{}>", flatatt(drawn))


def _choices(field: BoundField) -> list[dict[str, Any]]:
    widget: Any = field.field.widget
    invalid = {"aria-invalid": "true"} if field.errors and isinstance(widget, forms.CheckboxSelectMultiple) else {}
    value = widget.format_value(field.value())
    return list(widget.options(field.html_name, value, {**widget.attrs, **invalid, "id": field.auto_id}))


def _choice_card(choice: dict[str, Any], note: str | SafeString) -> SafeString:
    return format_html(
        '<label class="opt"><input type="{}" name="{}" value="{}"{}><span>{}</span>{}</label>',
        choice["type"],
        choice["name"],
        choice["value"],
        flatatt(choice["attrs"]),
        choice["label"],
        note,
    )


def _opened(field: BoundField) -> SafeString:
    return SafeString(get_template("dads/field.html").render({"field": field, "css": "then"}))
