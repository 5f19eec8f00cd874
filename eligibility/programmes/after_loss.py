"""The second wording of a programme file: the same rules in words without a child, for a family after a loss."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from eligibility.engine import Said
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile

KEY = "after_loss"
_Model = TypeVar("_Model", bound=BaseModel)


def in_second_words(file: ProgrammeFile) -> ProgrammeFile:
    """The file with every text that `after_loss` replaces replaced; the very same where it has no second wording.

    Its sentences are said in their own Japanese alone: nobody has read their other words for what they say of a child.
    """
    second = reworded(file)
    return file if second is file else _in_japanese(second)


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text within a part of a file, with the place where its wording after a loss stands or would stand."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        second = getattr(value, KEY, None)
        for name in type(value).model_fields:
            if name != KEY:
                step = (KEY, name) if getattr(second, name, None) else (name,)
                yield from texts(getattr(value, name), (*path, *step))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, (*path, name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from texts(inner, (*path, number))


def reworded(entry: _Model) -> _Model:
    """A copy is made only of what holds a second wording."""
    changed = {}
    for name in type(entry).model_fields:
        before = getattr(entry, name)
        after = _within(before)
        if after is not before:
            changed[name] = after
    second = getattr(entry, KEY, None)
    if second is not None:
        changed |= {name: text for name, text in second if text}
    return entry.model_copy(update=changed) if changed else entry


def _within(value: object) -> object:
    """What a key holds, reworded; itself where nothing within it is."""
    if isinstance(value, BaseModel):
        return reworded(value)
    if isinstance(value, tuple):
        items = tuple(_within(item) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {name: _within(item) for name, item in value.items()}
        return entries if any(entries[name] is not item for name, item in value.items()) else value
    return value


def _in_japanese(value: Any) -> Any:
    if isinstance(value, Said):
        return str(value)
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _in_japanese(getattr(value, name)) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(_in_japanese(item) for item in value)
    if isinstance(value, dict):
        return {name: _in_japanese(item) for name, item in value.items()}
    return value
