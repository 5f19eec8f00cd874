"""By what a household is found: its names and phone number in one spelling, kept by the database itself.

Generated columns follow the row whoever writes it, so no writer has to know of them. They are for comparing only and
shown to nobody: names are stored and printed as typed.
"""

from functools import reduce
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Replace, StrIndex, Substr, Upper

from postpartum_portal.shared import text

SPACES = (" ", "　")
_LONGEST = 60


def found_under(typed: str) -> str:
    """What is searched for in the spelling of `name_key` and `given_key`; of any width, with or without spaces."""
    for old, new in (*text.SAME_CHARACTER, *((space, "") for space in SPACES)):
        typed = typed.replace(old, new)
    return typed.upper()


def _without(expression: Any, *characters: str) -> Any:
    return reduce(lambda inner, char: Replace(inner, Value(char), Value("")), characters, expression)


def _name_key(expression: Any) -> Any:
    pairs = text.SAME_CHARACTER
    same = reduce(lambda inner, pair: Replace(inner, Value(pair[0]), Value(pair[1])), pairs, expression)
    return Upper(_without(same, *SPACES))


def _given(column: str) -> Any:
    """What stands behind the first space; the whole of it where there is none."""
    spaced = Replace(F(column), Value("　"), Value(" "))
    return Substr(spaced, StrIndex(spaced, Value(" ")) + Value(1))


def _key(expression: Any) -> models.GeneratedField:
    return models.GeneratedField(
        expression=expression, output_field=models.CharField(max_length=_LONGEST), db_persist=True
    )


class Found(models.Model):
    """The columns that a search compares, each by its beginning."""

    name_key = _key(_name_key(F("name")))
    given_key = _key(_name_key(_given("name")))
    kana_key = _key(_without(F("kana"), *SPACES))
    given_kana_key = _key(_without(_given("kana"), *SPACES))
    phone_key = _key(_without(F("phone"), "-", " "))

    KEYS = ("name_key", "given_key", "kana_key", "given_kana_key", "phone_key")

    class Meta:
        abstract = True


def key_index(key: str) -> models.Index:
    """An index that serves `startswith` whatever the collation of the database is."""
    return models.Index(
        fields=["municipality", key], name=f"household_by_{key}", opclasses=["int8_ops", "varchar_pattern_ops"]
    )
