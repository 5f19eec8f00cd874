"""What each key of a programme file is called, and how its values are to be read: the schema is the one place for both.

A field of the schema carries `title` and `description`, and in `json_schema_extra` a `unit` (円, か月) and `words` for
the codes of a closed list. A key that the schema does not know, or that has no title yet, goes by its own name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from eligibility.programmes import fields
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.sentences import IN_WORDS, SaidEntry

CODE = fields.Code.__metadata__[0]  # type: ignore[attr-defined]  # an annotation's own attribute
"""What tells a code from other text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type that may stand at a place, with the metadata of its annotation."""

    type: Any
    metadata: tuple[Any, ...] = ()

    @property
    def is_code(self) -> bool:
        """Whether a value names something else, or one of a closed list."""
        closed = get_origin(self.type) is Literal or (isinstance(self.type, type) and issubclass(self.type, Enum))
        return closed or CODE in self.metadata

    @property
    def words(self) -> Mapping[str, str]:
        """The codes of a closed list in Japanese, where the annotation says them."""
        return next((_extra(item)["words"] for item in self.metadata if "words" in _extra(item)), {})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a programme file, as the schema knows it."""

    title: str
    about: str = ""
    unit: str = ""
    unit_from: tuple[str, ...] = ()
    """The keys beside it of which the first that is there says the unit."""
    words: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()

    def under(self, key: str) -> "Spot":
        """The place of a key of this mapping."""
        for kind in self.kinds:
            if get_origin(kind.type) is dict:
                return Spot(key, kinds=tuple(_kinds(get_args(kind.type)[1])))
            if isinstance(kind.type, type) and issubclass(kind.type, BaseModel) and key in kind.type.model_fields:
                return _of_field(key, kind.type.model_fields[key])
        return Spot(key)

    @property
    def item(self) -> "Spot":
        """The place of one entry of this list."""
        inner = [get_args(kind.type)[0] for kind in self.kinds if get_origin(kind.type) in (tuple, list)]
        kinds = tuple(found for annotation in inner for found in _kinds(annotation))
        return replace(self, words=_words(kinds), kinds=kinds)

    @property
    def named_by_key(self) -> bool:
        """Whether the keys of this mapping are codes that the file chooses."""
        return any(get_origin(kind.type) is dict for kind in self.kinds)

    def may_be(self, wanted: Any) -> bool:
        """Whether a value of this type may stand here."""
        return any(kind.type == wanted for kind in self.kinds)

    @property
    def is_code(self) -> bool:
        return any(kind.is_code for kind in self.kinds)

    @property
    def is_words(self) -> bool:
        """Whether what stands here is text for people, so that changing it changes no rule."""
        return self.may_be(str) and not self.is_code


WHOLE = Spot("", kinds=(Kind(ProgrammeFile),))
"""The file itself."""


def spot(path: Path) -> Spot:
    """The place at a path of keys and list positions."""
    found = WHOLE
    for step in path:
        found = found.item if isinstance(step, int) else found.under(step)
    return found


def path_words(path: Path) -> str:
    """使えるもの 1つ目 › 料金 › 額: where something is wrong in a file."""
    words: list[str] = []
    found = WHOLE
    for step in path:
        if isinstance(step, int):
            found = found.item
            words[-1:] = [f"{''.join(words[-1:])} {step + 1}つ目".strip()]
        else:
            found = found.under(step)
            words.append(found.title)
    return " › ".join(words)


def key_words(key: str) -> str:
    """The same for the key of a problem: services[0].price.amount."""
    steps = re.findall(r"\[(\d+)\]|([^.\[\]]+)", key)
    return path_words(tuple(int(number) if number else name for number, name in steps))


def _of_field(key: str, info: FieldInfo) -> Spot:
    kinds = tuple(_kinds(info.annotation, tuple(info.metadata)))
    extra = _extra(info)
    return Spot(
        title=info.title or key,
        about=info.description or "",
        unit=extra.get("unit", ""),
        unit_from=tuple(extra.get("unit_from", "").split()),
        words=extra.get("words") or _words(kinds),
        kinds=kinds,
    )


def _extra(metadata: Any) -> Mapping[str, Any]:
    """What a field says beyond pydantic's own words; nothing for any other metadata."""
    extra = metadata.json_schema_extra if isinstance(metadata, FieldInfo) else None
    return extra if isinstance(extra, dict) else {}


def _words(kinds: tuple[Kind, ...]) -> Mapping[str, str]:
    return next((kind.words for kind in kinds if kind.words), {})


def _kinds(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[Kind]:
    """The types of an annotation, unions taken apart; what is annotated keeps its metadata."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _kinds(inner, (*metadata, *more))
    elif origin in (Union, UnionType):
        for one in get_args(annotation):
            yield from _kinds(one, metadata)
    else:
        yield Kind(annotation, metadata)
        if IN_WORDS in metadata:
            yield Kind(SaidEntry)
