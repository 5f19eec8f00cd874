"""What a request writes: the statements that change rows, while it is undone in the end."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.forms.models import BaseModelForm
from django.http import QueryDict

from tests.access.asking import ask

CHANGES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
SESSIONS = {"django_session"}
OWN_APPS = ("applications", "facilities", "eligibility", "accounts", "shared")

AnyField = Any
"""A field of a model."""
Statement = tuple[str, tuple[str, ...]]
"""Its text, and what was filled in."""


def posted(path: str, session: str, data: dict[str, Any]) -> tuple[Any, list[Statement]]:
    """The answer to a POST, and what it wrote before it was undone; sessions apart."""
    found: list[Statement] = []
    with connection.execute_wrapper(remembering(found)):
        answer = ask("POST", path, session, data)
    return answer, found


def remembering(found: list[Statement]) -> Any:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        changes = CHANGES.match(sql)
        if changes and changes.group(2) not in SESSIONS:
            found.append((sql, tuple(map(repr, params or ()))))
        return execute(sql, params, many, context)

    return wrapper


def table_of(statement: str) -> str:
    """The table that a statement found by `remembering` changes."""
    changes = CHANGES.match(statement)
    return changes.group(2) if changes else ""


def beyond_chance(once: list[Statement], twice: list[Statement], more: list[Statement]) -> list[str]:
    """What `more` writes otherwise than `once`, but for what differs between two equal requests too."""
    if [sql for sql, _ in once] != [sql for sql, _ in more]:
        return [f"{sql} {params}"[:300] for sql, params in more if (sql, params) not in once] or ["fewer statements"]
    noise = {
        (row, place)
        for row, ((_, first), (_, second)) in enumerate(zip(once, twice, strict=False))
        for place, (one, other) in enumerate(zip(first, second, strict=False))
        if one != other
    }
    return [
        f"{sql[:80]}: {was} → {became}"
        for row, ((sql, before), (_, after)) in enumerate(zip(once, more, strict=True))
        for place, (was, became) in enumerate(zip(before, after, strict=False))
        if was != became and (row, place) not in noise
    ]


def model_fields() -> Iterator[AnyField]:
    for app in OWN_APPS:
        for model in apps.get_app_config(app).get_models():
            yield from model._meta.concrete_fields


def every_field(fields: Iterable[AnyField]) -> dict[str, str]:
    """Name → a value that the field would take, for each field of each model, keys by both of their names."""
    return {name: _value(field) for field in fields for name in (field.name, field.attname)}


def _value(field: AnyField) -> str:
    match field:
        case models.Field(choices=[*_, (str(last), _)]):
            return last
        case models.ForeignKey():
            return str(field.remote_field.model._base_manager.order_by("pk").values_list("pk", flat=True).last() or 1)
        case models.IntegerField() | models.AutoField():
            return "1"
        case models.BooleanField():
            return "on"
        case models.DateTimeField():
            return "2020-01-01T00:00:00+09:00"
        case models.DateField():
            return "2020-01-01"
        case models.JSONField():
            return "{}"
    return "ほか"


@contextmanager
def reading_names(monkeypatch: Any) -> Iterator[set[str]]:
    """The names that code asks a sent form for, by itself or by a form of its own; not what a ModelForm takes."""
    names: set[str] = set()
    of_a_model: list[Any] = []
    clean = BaseModelForm.full_clean

    def noting(original: Any) -> Any:
        def read(self: Any, name: Any, *args: Any) -> Any:
            if not of_a_model:
                names.add(str(name))
            return original(self, name, *args)

        return read

    def cleaning(form: Any) -> None:
        of_a_model.append(form)
        try:
            clean(form)
        finally:
            of_a_model.pop()

    with monkeypatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, method, noting(getattr(QueryDict, method)))
        patch.setattr(BaseModelForm, "full_clean", cleaning)
        yield names
