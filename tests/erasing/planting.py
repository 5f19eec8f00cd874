"""Markers in every text of a person's rows, and a search for them everywhere a byte may lie."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection, models

from postpartum_portal.shared import erasing
from tests.erasing.test_every_field import words_of

PREFIX = "MRK"
_numbers = itertools.count(1)


def marker() -> str:
    """Eight characters, so that it fits a postcode; ASCII, so that JSON writes it as it is."""
    return f"{PREFIX}{next(_numbers):05}"


def plant_rows(subjects: dict[str, int], *, media: Path) -> dict[str, str]:
    """Write a marker into every text that a rule promises to erase, and into every file; marker → where it lies."""
    planted: dict[str, str] = {}
    for rule in erasing.all_rules():
        rows: Any = rule.model._base_manager.filter(**{rule.way: subjects[rule.record]}).order_by("pk")
        assert rows.exists(), f"the life lacks a row of {rule.model.__name__}"
        for row in rows:
            files = list(rule.files(row)) if rule.files else []
            planted |= plant_row(row, _promised(rule))
            planted |= {mark: name for name in files for mark in _into(media / name)}
    last = {where: mark for mark, where in planted.items()}  # two rules may speak of one field
    return {mark: where for where, mark in last.items()}


def plant_row(row: models.Model, names: set[str]) -> dict[str, str]:
    values, planted = {}, {}
    for name in sorted(names):
        mark = marker()
        values[name] = _holding(mark, getattr(row, name))
        planted[mark] = f"{row._meta.label}.{name} {row.pk}"
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    return planted


def _promised(rule: erasing.Rule) -> set[str]:
    generated = {f.name for f in rule.model._meta.concrete_fields if getattr(f, "generated", False)}
    if rule.removed:
        short = {f.name for f in rule.model._meta.concrete_fields if f.max_length and f.max_length < len(marker())}
        return words_of(rule.model) - generated - short - {"token", "code"}
    paths = {"storage_name", "sha256", "report_file", "claim_file", "report_sha256", "claim_sha256"}
    dates = {f.name for f in rule.model._meta.concrete_fields if isinstance(f, models.DateField)}
    return {*rule.emptied, *rule.replaced} - paths - dates - _only_once(rule)


def _only_once(rule: erasing.Rule) -> set[str]:
    """Half of a pair that a constraint holds together; the other half is planted."""
    return {"protected_reason"} if rule.model.__name__ == "Household" else set()


def _holding(mark: str, value: Any) -> Any:
    """The marker in the shape of what stands there."""
    if isinstance(value, dict):
        return {**value, "extension_reason": mark} if "extension_reason" in value else {"said": {"deep": [mark]}}
    if isinstance(value, list):
        return [{**value[0], "fact": mark}, *value[1:]] if value and isinstance(value[0], dict) else [mark]
    return mark


def _into(path: Path) -> Iterator[str]:
    if path.exists():
        mark = marker()
        path.write_bytes(b"%PDF " + mark.encode())
        yield mark


def found_in_database(planted: dict[str, str]) -> dict[str, str]:
    """Every column of every table as the database holds it, and sessions decoded: marker → table and column."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    found |= dict.fromkeys(_marks(_text(value), planted), f"{table}.{column}")
    for session in Session.objects.order_by("pk"):
        found |= dict.fromkeys(_marks(str(session.get_decoded()), planted), "session")
    return found


def found_in_files(planted: dict[str, str], folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {mark: str(path) for path in files for mark in _marks(_text(path.read_bytes()) + path.name, planted)}


def _marks(text: str, planted: dict[str, str]) -> list[str]:
    return [mark for mark in planted if mark in text] if PREFIX in text else []


def _text(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
