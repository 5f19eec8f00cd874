"""What an example expects, beside what the engine answers: only what the office wrote down is compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from eligibility.engine import Terms
from eligibility.programmes.answering import OPENS_ON, Answer, Each
from eligibility.programmes.questions import Booking, Cancelling, Judging, NotComing, Question, Windows
from eligibility.programmes.reading import Mistakes, Path
from eligibility.programmes.schema.examples import AnswerEntry
from eligibility.programmes.use_words import plain, service_of, use_of, use_words

Expected: TypeAlias = Mapping[str, Any]
"""Key of an answer → a text, a list of texts, or a mapping of texts."""

_OF_THE_END = frozenset({"数える", "お金", "内訳", "見出し", "ほかの予約の料金", "のこり"})
KEYS: Mapping[type, frozenset[str]] = {
    Windows: frozenset({OPENS_ON, "最後の日", "算式"}),
    Judging: frozenset({"使える", "申請が要る", "理由", "確かめること", "証明書"}),
    Booking: frozenset(
        {"予約できる", "理由を記録すれば認められる", "理由", "確かめること", "料金", "内訳", "ほかの予約の料金", "合計"}
        | {"のこり", "期限", "証明書"}
    ),
    Cancelling: _OF_THE_END | {"期限", "まにあう"},
    NotComing: _OF_THE_END,
}
"""What can be expected of a question; an expectation that it has no answer for is a slip of the pen."""
IN_PART = frozenset({"のこり", "ほかの予約の料金"})
"""Mappings of which an example may name some entries; of others it names all."""


@dataclass(frozen=True, slots=True)
class Check:
    """One answer, expected and got, as they are shown."""

    key: str
    expected: str
    got: str
    ok: bool


def expected_of(entry: AnswerEntry, question: Question, terms: Terms) -> Expected:
    """The expectation with services, pools and uses named as the engine's answers name them.

    Raises:
        Mistakes: it names what the programme or the question does not know.
    """
    reader = _Reader(question, terms)
    expected = dict(reader.read(entry))
    if reader.found:
        raise Mistakes(reader.found)
    return expected


def checks(expected: Expected, got: Mapping[str, Answer]) -> tuple[Check, ...]:
    """Each expected answer beside the one that was got."""
    return tuple(_check(key, wanted, got[key], expected) for key, wanted in expected.items())


class _Reader:
    """Reads one expectation, and gathers all that is wrong with it in `found`."""

    def __init__(self, question: Question, terms: Terms) -> None:
        self.question, self.terms = question, terms
        self.found: list[tuple[Path, str]] = []
        self.named: dict[str, Callable[[str], str]] = {
            "最後の日": self._service,
            "使える": self._service,
            "算式": lambda words: words if words == OPENS_ON else self._service(words),
            "のこり": self._pool,
            "数える": self._pool,
            "ほかの予約の料金": self._other_use,
        }

    def read(self, entry: AnswerEntry) -> Iterator[tuple[str, Any]]:
        for key, wanted in entry.model_dump(by_alias=True, exclude_unset=True).items():
            if key not in KEYS[type(self.question.asked)]:
                self.found.append((("答え", key), "この問いの答えにはない項目です。"))
            elif isinstance(wanted, Mapping) and key in self.named:
                yield key, dict(self._renamed(key, wanted))
            else:
                yield key, wanted

    def _renamed(self, key: str, wanted: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for words, value in wanted.items():
            try:
                yield self.named[key](words), value
            except ValueError as wrong:
                self.found.append((("答え", key, words), str(wrong)))

    def _service(self, words: str) -> str:
        return plain(service_of(words, self.terms).label)

    def _pool(self, code: str) -> str:
        codes = [pool.code for pool in self.terms.pools]
        if code not in codes:
            raise ValueError(f"{code} が pools にありません。{'、'.join(codes)} のどれかを書いてください。")
        return code

    def _other_use(self, words: str) -> str:
        written = use_words(use_of(words, self.terms), self.terms)
        if written not in [use_words(use, self.terms) for use in self.question.held]:
            raise ValueError("利用ずみ と 予約ずみ のどちらにもありません。")
        return written


def _check(key: str, wanted: Any, got: Answer, expected: Expected) -> Check:
    compared = _comparable(key, wanted, got, expected)
    return Check(key, shown(wanted), shown(compared), _texts(wanted) == _texts(compared))


def _comparable(key: str, wanted: Any, got: Answer, expected: Expected) -> Answer:
    """The part of an answer that the expectation is about."""
    if isinstance(got, Each):
        if isinstance(wanted, Mapping):
            return {part: got.parts[part] for part in wanted}
        if key == "算式" and OPENS_ON in expected:
            return got.parts[OPENS_ON]
        return got.whole or {part: text for part, text in got.parts.items() if part != OPENS_ON}
    if isinstance(wanted, Mapping) and isinstance(got, Mapping) and key in IN_PART:
        return {part: got[part] for part in wanted if part in got}
    return got


def _texts(value: Any) -> Any:
    """Numbers and texts alike: an example is text, an answer may be a number."""
    if isinstance(value, Mapping):
        return {key: str(item) for key, item in value.items()}
    return [str(item) for item in value] if _is_list(value) else str(value)


def shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{key}: {item}" for key, item in value.items()) or "なし"
    return "、".join(map(str, value)) or "なし" if _is_list(value) else str(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
