"""Whom a row is about, and which rows are about somebody: what the audit pages ask of the event log's subjects."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from applications.models import Application, Household

from .finding import all_found

Models = Collection[type[Model]]
MOST_SHOWN = 20
WAYS = {
    "household": "household",
    "birth": "birth__household",
    "application": "application__birth__household",
    "entitlement": "entitlement__birth__household",
    "decision": "decision__application__birth__household",
    "booking": "booking__entitlement__birth__household",
}
"""A foreign key, and how it leads to the household; the first that a model has is its way."""


def households_named(words: str, *, on: dt.date) -> list[Any]:
    """Those whom a name, reading, phone or application number may mean, each with the `case` that leads to her."""
    meant, _ = all_found(words, Q(), on=on)
    rows = Household.objects.filter(births__applications__in=meant).distinct()
    return list(with_case(rows).order_by("kana", "pk")[:MOST_SHOWN])


def household_with_case(pk: int) -> Any | None:
    return with_case(Household.objects.filter(pk=pk)).first()


def with_case(rows: QuerySet[Household]) -> QuerySet[Any]:
    """`case`: the number of her latest application, None where she has none."""
    latest = Application.objects.filter(birth__household=OuterRef("pk")).exclude(number="").order_by("-pk")
    return rows.annotate(case=Subquery(latest.values("number")[:1]))


def rows_about(household: Household, models: Models | None = None) -> dict[str, list[int]]:
    """Kind (a model's name) → keys of the rows about her; with them she is found whatever account she has.

    `models` of an app above; without, those of this app. A query for each model.
    """
    found = {} if models else {"household": [household.pk]}
    for kind, rows, way in _kinds(models):
        if keys := list(rows.filter(**{way: household}).values_list("pk", flat=True)):
            found[kind] = keys
    return found


def households_behind(
    subjects: Mapping[str, Collection[int]], models: Models | None = None
) -> dict[tuple[str, int], int]:
    """Kind and key of a row → key of the household it is about; of the kinds that `models`, or this app, have."""
    behind = {} if models else {("household", key): key for key in subjects.get("household", ())}
    for kind, rows, way in _kinds(models):
        if keys := subjects.get(kind):
            pairs = rows.filter(pk__in=keys).order_by().values_list("pk", way)
            behind |= {(kind, pk): household for pk, household in pairs if household}
    return behind


def _kinds(models: Models | None) -> Iterator[tuple[str, QuerySet[Any], str]]:
    for model in models or apps.get_app_config("applications").get_models():
        fields = {field.name for field in model._meta.fields if field.is_relation}
        way = next((path for name, path in WAYS.items() if name in fields), None)
        if way:
            rows: Any = model
            yield str(model._meta.model_name), rows.objects.all(), way
