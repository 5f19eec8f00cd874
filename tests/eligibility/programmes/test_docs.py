"""docs/programme-format.md names every key that a file may hold."""

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from eligibility.programmes.schema import ProgrammeFile
from tests.eligibility.kodaira import ROOT

DOCS = (ROOT / "docs/programme-format.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_]+|[ぁ-んァ-ン一-龥]+", " ".join(re.findall(r"`[^`]+`", DOCS))))


def keys(model: type[BaseModel]) -> Iterator[str]:
    """The keys of a mapping of the file, and of all mappings within it."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models(field.annotation):
            yield from keys(inner)


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def test_docs__name_every_key() -> None:
    assert set(keys(ProgrammeFile)) - WORDS == set()
