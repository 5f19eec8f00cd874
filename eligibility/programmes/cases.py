"""The worked cases of a programme file, with their words turned into the engine's values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eligibility.engine import Terms
from eligibility.programmes.asking import question_of
from eligibility.programmes.expecting import Expected, expected_of
from eligibility.programmes.questions import Question
from eligibility.programmes.reading import Mistakes, Path
from eligibility.programmes.schema.examples import ExampleEntry


@dataclass(frozen=True, slots=True)
class Case:
    """A question to the programme and what the office answers."""

    number: str
    scene: str
    given: str
    """The question in one line, as it was written."""
    question: Question
    expected: Expected


def read_cases(entries: Sequence[ExampleEntry], terms: Terms) -> tuple[Case, ...]:
    """All cases of a file.

    Raises:
        Mistakes: naming all that the programme does not know.
    """
    cases: list[Case] = []
    found: list[tuple[Path, str]] = []
    for number, entry in enumerate(entries):
        try:
            cases.append(_case(entry, terms))
        except Mistakes as wrong:
            found += [(("examples", number, *path), sentence) for path, sentence in wrong.found]
    if found:
        raise Mistakes(found)
    return tuple(cases)


def _case(entry: ExampleEntry, terms: Terms) -> Case:
    question = question_of(entry, terms)
    expected = expected_of(entry.answer, question, terms)
    return Case(entry.number, entry.scene, _given(entry), question, expected)


def _given(entry: ExampleEntry) -> str:
    """前提(生まれた日 2026-01-15)、予約 宿泊型 2泊 2026-03-02"""
    written = entry.model_dump(by_alias=True, exclude_unset=True, exclude={"number", "scene", "answer"}, mode="json")
    return "、".join(_words(key, value) for key, value in written.items())


def _words(key: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{key}({'、'.join(_words(name, item) for name, item in value.items())})"
    if isinstance(value, list):
        items = [_words("", item) if isinstance(item, Mapping) else str(item) for item in value]
        return f"{key}({'、'.join(items)})" if items else f"{key}(なし)"
    return f"{key} {value}"
