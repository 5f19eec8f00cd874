"""Questions as JSON lines, answered by a programme: an officer's spreadsheet of cases, run against a draft."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eligibility.engine import Terms
from eligibility.programmes.answering import Answer, Each, answers
from eligibility.programmes.asking import question_of
from eligibility.programmes.reading import Mistakes, forbidden, shaped
from eligibility.programmes.schema.examples import QuestionEntry

LINE, ERROR, ANSWER = "行", "error", "答え"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the outcome: the question's own number and scene with its answers, or with what is wrong."""

    data: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        return ERROR not in self.data


def evaluate(lines: Iterable[str], terms: Terms) -> Iterator[Outcome]:
    """One outcome for each line that is not empty, in their order. A bad line is an outcome too, and stops nothing."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield Outcome({LINE: number, **_outcome(line, terms)})


def _outcome(line: str, terms: Terms) -> dict[str, Any]:
    try:
        data = _read(line)
        entry = shaped(data, QuestionEntry)
        found = answers(question_of(entry, terms), terms)
    except Mistakes as wrong:
        return {ERROR: str(wrong)}
    named = {key: data[key] for key in ("番号", "場面") if key in data}
    return {**named, ANSWER: {key: _plain(answer) for key, answer in found.items()}}


def _read(line: str) -> Any:
    """The line as a programme file's reader would hand it over: text only, every key once."""
    try:
        data = json.loads(line, object_pairs_hook=_once, parse_int=str)
    except json.JSONDecodeError as wrong:
        raise Mistakes([((), f"JSONとして読めません({wrong.colno}文字め)。")]) from None
    except RecursionError:
        raise Mistakes([((), "入れ子が深すぎます。")]) from None
    hidden = list(forbidden(data, ()))
    if hidden:
        raise Mistakes(hidden)
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise Mistakes([((key,), "同じ項目が2回書かれています。")])
    return dict(pairs)


def _plain(answer: Answer) -> Any:
    return dict(answer.parts) if isinstance(answer, Each) else answer
