"""Words that stand nowhere else, planted in every text about a person or by one: a word for each municipality, for two
facilities and for two families of one municipality. A row about several carries the words of all of them.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django_scopes import scopes_disabled

from applications.models import Application
from eligibility.public import Municipality
from tests.access.world import TOWNS, World
from tests.access.writing import OWN_APPS

MARKS = {
    "kodaira": "麒麟",
    "zushi": "鳳凰",
    "facility": "玄武",
    "another facility": "白虎",
    "mother": "朱雀",
    "another mother": "青竜",
    "file": "紅蓮",
}
"""Two characters that letters and papers can print. `file`: whatever a family told the centre, or the centre wrote."""

SHOWN_AT_FACILITIES = {("Household", "name"), ("Household", "kana"), ("Household", "address")}
"""Of the centre's rows, what a facility is told in words (A5): the address where it visits her at home."""

PUBLISHED = {
    "Municipality",
    "ProgrammeVersion",
    "ProgrammeDraft",
    "MunicipalAmount",
    "Contract",
    "ContractPrice",
    "Offering",
    "OfferingAmount",
    "Facility",
    "Pattern",
    "DayCapacity",
    "VisitPlan",
    "Accepting",
    "NumberSeries",
    "Pool",
    "Grant",
    "LedgerEntry",
    "HouseholdClass",
    "Entitlement",
    "Coupon",
    "Letter",
    "Job",
    "Mail",
    "Event",
    "UnwantedMail",
}
"""Models of rules, places, prices and counters, which are about nobody; and what was sent, issued and noted before: the
rights of PostgreSQL let nobody change it.
"""

CODES = {
    "channel",
    "code",
    "content_type",
    "file",
    "file_name",
    "form",
    "form_token",
    "group",
    "label",
    "key",
    "kind",
    "number",
    "page",
    "phone",
    "place",
    "postcode",
    "receipt",
    "report_file",
    "claim_file",
    "series",
    "service",
    "setting",
    "sha256",
    "sheet",
    "storage_name",
    "token",
    "account_number",
    "state",
    "charge",
    "office",
    "password",
}
"""Fields that hold a code, a number or the name of a file: nobody types a word there."""

FREE = {
    "note",
    "allergies",
    "emergency_name",
    "emergency_relation",
    "grounds",
    "seen",
    "mother",
    "child",
    "care",
    "handover",
}
"""Fields that may be filled in any state of their row: where nobody has, a mark stands alone."""

OF_NO_TOWN = ("decider elsewhere", "operator")
"""Actors whose own names are not a municipality's."""

SAID = {"name", "kana", "address", "trouble", "emergency_name", "emergency_relation"}
"""Of an application's answers."""


def plant(world: World) -> int:
    """Write the marks into the rows as they stand; how many texts carry one now."""
    with scopes_disabled():
        whose = _whose(world)
        count = 0
        for model in _models():
            fields = list(_texts(model))
            for row in model._base_manager.all() if fields else ():
                marks = "".join(mark for test, mark in whose if test(row))
                if marks:
                    count += _mark(row, fields, marks)
        return count


def _models() -> Iterator[type[models.Model]]:
    for app in OWN_APPS:
        for model in apps.get_app_config(app).get_models():
            if model.__name__ not in PUBLISHED:
                yield model


def _texts(model: type[models.Model]) -> Iterator[Any]:
    """The fields in which somebody may have typed a word, and the answers that are kept as JSON."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.EmailField | models.URLField | models.GeneratedField) or field.name in CODES:
            continue
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield field
    if model is Application:
        yield model._meta.get_field("answers")


def _mark(row: Any, fields: list[Any], marks: str) -> int:
    changed: dict[str, Any] = {}
    whose = marks
    for field in fields:
        value, marks = getattr(row, field.name), whose + _of_file(row, field.name)
        if field.name == "answers":
            changed[field.name] = _said(value, marks)
        elif (value or field.name in FREE) and len(value) + len(marks) <= (field.max_length or 10_000):
            changed[field.name] = f"{value}{marks}"
    type(row)._base_manager.filter(pk=row.pk).update(**changed)
    return len(changed)


def _of_file(row: Any, name: str) -> str:
    label, model = row._meta.app_label, type(row).__name__
    told = label != "applications" or (model, name) in SHOWN_AT_FACILITIES
    return "" if told else MARKS["file"]


def _said(value: Any, marks: str) -> Any:
    if not isinstance(value, dict):
        return value
    marked = {name: f"{text}{marks}" for name, text in value.items() if name in SAID and isinstance(text, str) and text}
    return {name: _said(inner, marks) for name, inner in value.items()} | marked


def _whose(world: World) -> list[tuple[Any, str]]:
    """For each mark, whether a row carries it."""
    towns = {slug: Municipality.objects.get(slug=slug).pk for slug in TOWNS}
    people = {
        slug: {pk for actor, pk in world.people[slug].items() if pk and actor not in OF_NO_TOWN} for slug in TOWNS
    }
    first, second = world.objects["kodaira"]

    def of_town(slug: str) -> Any:
        def test(row: Any) -> bool:
            if row._meta.model_name == "user":
                return row.pk in people[slug]
            return getattr(row, "municipality_id", None) == towns[slug]

        return test

    def of_facility(pk: int) -> Any:
        return lambda row: getattr(row, "facility_id", None) == pk

    def of_family(pk: int | None) -> Any:
        return lambda row: getattr(row, "citizen_id", None) == pk

    return [
        *((of_town(slug), MARKS[slug]) for slug in TOWNS),
        (of_facility(first["facility"]), MARKS["facility"]),
        (of_facility(second["facility"]), MARKS["another facility"]),
        (of_family(world.people["kodaira"]["mother"]), MARKS["mother"]),
        (of_family(world.people["kodaira"]["another mother"]), MARKS["another mother"]),
    ]
