"""Bodies for forms: what somebody might send who means well, and the same with one box or all boxes odd."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.html import escape

from postpartum_portal.shared.forms.dates import DateBoxes, DateBoxesField, Typed

Body = dict[str, list[str]]


def names_of(form: forms.BaseForm) -> Iterator[tuple[str, list[str]]]:
    """Each field with the names of its boxes."""
    for name, field in form.fields.items():
        yield name, boxes_of(form.add_prefix(name), field)


def boxes_of(name: str, field: forms.Field) -> list[str]:
    if isinstance(field.widget, DateBoxes):
        return [f"{name}_{part}" for part in Typed._fields]
    parts = getattr(field.widget, "parts", None)
    return [name, *(f"{name}_{part}" for part in parts)] if isinstance(parts, tuple) else [name]


def sensible(form: forms.BaseForm) -> Body:
    """What stands in the boxes already, the first of each choice, and a word or a number where nothing does."""
    body: Body = {}
    for name, field in form.fields.items():
        sent = form.add_prefix(name)
        if isinstance(field, DateBoxesField):
            typed = Typed.of(form[name].initial) or Typed()
            body |= {
                f"{sent}_{part}": [value or fallback]
                for part, value, fallback in zip(Typed._fields, typed, ("2026", "3", "6"), strict=True)
            }
        elif not isinstance(field.widget, forms.FileInput):
            body[sent] = _sensible(form[name], field)
    return body


def odd(body: Body, boxes: list[str], value: str) -> Body:
    """The same body with one value in these boxes."""
    return {**body, **{box: [value] for box in boxes}}


def sent(body: Body) -> QueryDict:
    """As a view gets it."""
    data = QueryDict(mutable=True)
    for name, values in body.items():
        data.setlist(name, values)
    return data


def kept(form: forms.BaseForm, html: str) -> list[str]:
    """The boxes of words whose typed text does not stand on the page any more."""
    lost = []
    for name, boxes in names_of(form):
        field = form.fields[name]
        if isinstance(field.widget, forms.TextInput | forms.Textarea | DateBoxes) and not field.widget.is_hidden:
            lost += [box for box in boxes if escape(str(form.data.get(box, ""))) not in html]
    return lost


def drawn(form: forms.BaseForm, template: Any) -> str:
    """The form as its page prints it."""
    return str(template.render({"form": form, "request": RequestFactory().get("/")}))


def _sensible(bound: forms.BoundField, field: forms.Field) -> list[str]:
    if isinstance(field, forms.BooleanField):
        return ["on"]
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return [value for value in _choices(field) if value][:1]
    initial = bound.value()
    if isinstance(initial, Mapping | list | tuple):
        return [str(item) for item in initial]
    return ["1" if initial is None else str(initial)]


def _choices(field: Any) -> Iterator[str]:
    for value, label in field.choices:
        if isinstance(label, list | tuple):
            yield from (str(inner) for inner, _ in label)
        else:
            yield str(value)
