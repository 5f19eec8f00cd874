"""How rows lose what names a person: each app says it field by field, and one walk does it.

A row is removed where nothing rests on it. Else it is emptied: text becomes `GONE`, JSON is empty, the mother's account
is let go; what numbers, ledgers and figures are counted from stays. A field that nobody speaks of fails a test
(`tests/erasing/test_every_field.py`), so that a new one cannot be forgotten.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet

from .failpoints import reach

GONE = "消去ずみ"
"""Stands in place of a text that was there; four characters, so that it fits wherever a text does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What becomes of a model's rows when `record` of a subject is erased.

    `way`: the lookup from a row to its subject's key. `replaced`: by the row, what stands in a field afterwards.
    `kept`: fields that stay, with the reason. `files`: storage names that go with a row.
    """

    model: type[Model]
    record: str
    way: str
    removed: bool = False
    emptied: tuple[str, ...] = ()
    replaced: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    files: Callable[[Any], Iterable[str]] | None = None


_rules: list[Rule] = []
_apart: dict[type[Model], str] = {}


def erases(*rules: Rule) -> None:
    """Register rules, in the order in which they are followed: what points at a row goes before it."""
    _rules.extend(rule for rule in rules if rule not in _rules)


def otherwise(why: str, *models: type[Model]) -> None:
    """Say of models without a rule why: they are about no mother and no child, or go another way that `why` names."""
    _apart.update(dict.fromkeys(models, why))


def all_rules() -> tuple[Rule, ...]:
    return tuple(_rules)


def models_apart() -> Mapping[type[Model], str]:
    return _apart


def empty(record: str, subject_id: int, *, at: dt.datetime) -> tuple[int, list[str]]:
    """Empty or remove all rows of a record of a subject: how many, and the names of files that are to be deleted then.

    The caller holds the subject in a transaction, and writes the names down in it. Done twice it changes nothing.
    """
    number, files = 0, list[str]()
    for rule in _rules:
        if rule.record == record:
            rows, names = _follow(rule, subject_id, at)
            number, files = number + rows, files + names
    return number, files


def delete_files(names: Iterable[str]) -> None:
    """Deleting what is not there is no error: a run that died may have got to it."""
    for name in names:
        default_storage.delete(name)
        reach("erasing.after_file")


def emptied(value: Any) -> Any:
    """A text that says something says `GONE`, JSON is empty; what was empty or unknown stays so."""
    if isinstance(value, str):
        return GONE if value else ""
    if isinstance(value, dict | list | bytes | memoryview):
        return b"" if isinstance(value, memoryview) else type(value)()
    return None


def _follow(rule: Rule, subject_id: int, at: dt.datetime) -> tuple[int, list[str]]:
    found: QuerySet[Any] = rule.model._base_manager.filter(**{rule.way: subject_id}).order_by("pk")
    rows = list(found)
    files = [name for row in rows for name in rule.files(row)] if rule.files else []
    if rule.removed:
        found.delete()
    else:
        for row in rows:
            rule.model._base_manager.filter(pk=row.pk).update(**_values(rule, row, at))
    return len(rows), files


def _values(rule: Rule, row: Any, at: dt.datetime) -> dict[str, Any]:
    values = {name: emptied(getattr(row, name)) for name in rule.emptied}
    values |= {name: replace(row) for name, replace in rule.replaced.items()}
    names = {item.name for item in rule.model._meta.concrete_fields}
    values |= {"citizen": None} if "citizen" in names else {}
    values |= {"erased_at": at} if "erased_at" in names else {}
    return values
