"""A sentence of a programme that it also says in easier or in other words."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Self


class Words(StrEnum):
    """The words in which a programme may say a sentence besides its own Japanese."""

    EASY = "easy"
    """やさしい日本語."""
    EN = "en"


class Said(str):
    """The Japanese sentence, which carries the same in `easy` and `en`, "" where the programme does not say it so.

    Everything downstream takes it for the Japanese sentence. Only a page that asks `in_words` says another one; what is
    put together from several sentences is Japanese.
    """

    easy: str
    en: str

    def __new__(cls, ja: str, *, easy: str = "", en: str = "") -> Self:
        made = super().__new__(cls, ja)
        made.easy, made.en = easy, en
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """A copy keeps its other words."""
        return (str(self),), {"easy": self.easy, "en": self.en}


def in_words(sentence: str, words: Words | None) -> str:
    """The sentence in these words; "" where the programme does not say it so."""
    if not words or not isinstance(sentence, Said):
        return ""
    return sentence.easy if words is Words.EASY else sentence.en


def words_offered(value: object) -> frozenset[Words]:
    """In which words anything within a value is said, such as all the terms of a programme."""
    return frozenset(words for said in _said(value) for words in Words if in_words(said, words))


def _said(value: object) -> Iterator[Said]:
    if isinstance(value, Said):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _said(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _said(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _said(item)
