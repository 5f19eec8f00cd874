"""From YAML text to a validated model, or to an error that names file, line and key.

`BaseLoader` keeps every value as the text that was typed: YAML 1.1 would read 011002 as 4610 and 12:30 as 750.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.composer import Composer

from eligibility.programmes.yaml_slips import slip
from postpartum_portal.shared.text import explain_forbidden, find_forbidden

MOST_NODES = 10_000
"""Keys and values of a file; the longest programme has a quarter of them."""

Path = tuple[str | int, ...]
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a file."""

    line: int
    key: str
    """services[0].price.amount"""
    sentence: str


class ProgrammeFileError(ValueError):
    """A programme or facility file that cannot be used, with every problem found in it."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{file}:{item.line}: {item.key}: {item.sentence}" for item in problems))


class Mistakes(Exception):
    """What is wrong in a document, each with its place and a sentence; who knows the document makes an error of it."""

    def __init__(self, found: Sequence[tuple[Path, str]]) -> None:
        self.found = tuple(found)
        super().__init__("\n".join(f"{key_of(path)}: {sentence}" if path else sentence for path, sentence in found))


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML text read as plain data, which knows the line of each key."""

    file: str
    root: yaml.Node
    data: Any

    def problem(self, path: Path, sentence: str) -> Problem:
        return Problem(_line(self.root, path), key_of(path), sentence)

    def error(self, *found: tuple[Path, str]) -> ProgrammeFileError:
        return ProgrammeFileError(self.file, [self.problem(path, sentence) for path, sentence in found])


def text_of(path: FilePath) -> str:
    """The text of a file.

    Raises:
        ProgrammeFileError: there is no such file, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        sentence = "UTF-8 で保存してください。"
    except OSError:
        sentence = "ファイルが読めません。"
    raise ProgrammeFileError(path.name, [Problem(1, "", sentence)])


def read(text: str, *, file: str) -> Document:
    """Parse a YAML text; duplicate keys, anchors, too many values and a text that is no mapping are refused."""
    try:
        root, data = _parsed(text)
    except _Refused as wrong:
        raise ProgrammeFileError(file, [Problem(wrong.line, "", str(wrong))]) from None
    except yaml.YAMLError as wrong:
        found = slip(wrong, text)
        raise ProgrammeFileError(file, [Problem(found.line, "", found.sentence)]) from None
    except RecursionError:
        raise ProgrammeFileError(file, [Problem(1, "", "入れ子が深すぎます。")]) from None
    if not isinstance(root, yaml.MappingNode):
        raise ProgrammeFileError(file, [Problem(1, "", "「項目: 値」の並びではありません。")])
    document = Document(file, root, data)
    hidden = list(forbidden(data, ()))
    if hidden:
        raise document.error(*hidden)
    twice = list(_duplicates(root, ()))
    if twice:
        raise document.error(*((path, "同じ項目が2回書かれています。") for path in twice))
    return document


def validate(document: Document, model: type[_Model]) -> _Model:
    """The document as a model; all that is wrong is reported at once."""
    try:
        return shaped(document.data, model)
    except Mistakes as wrong:
        raise document.error(*wrong.found) from None


def shaped(data: object, model: type[_Model]) -> _Model:
    """Plain data as a model.

    Raises:
        Mistakes: with all that does not have its shape.
    """
    try:
        return model.model_validate(data)
    except ValidationError as wrong:
        raise Mistakes([(_path(error), _sentence(error)) for error in wrong.errors()]) from None


def forbidden(data: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Characters that nobody sees and no database keeps, as an escape can write them; those of a key at its mapping."""
    if isinstance(data, str) and (found := find_forbidden(data, lines=True)):
        yield path, explain_forbidden(found)
    elif isinstance(data, Mapping):
        for name, inner in data.items():
            in_name = list(forbidden(name, path))
            yield from in_name or forbidden(inner, (*path, name))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from forbidden(inner, (*path, number))


def key_of(path: Path) -> str:
    """services[0].price.amount"""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


class _Refused(Exception):
    """What YAML knows and a programme file does not."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line = line
        super().__init__(sentence)


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """By libyaml, in a third of the time; what it refuses is read again by the parser whose words `slip` knows."""
    try:
        return _read_by(_Quick(text))
    except (yaml.YAMLError, UnicodeError):
        return _read_by(_Loader(text))


def _read_by(loader: Any) -> tuple[yaml.Node | None, Any]:
    root = loader.get_single_node()
    return root, loader.construct_document(root) if root else None


class _Bounded(Composer):
    """Without anchors: a file says each value where it holds; and of so many values that a page can wait."""

    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = cast(Any, self).peek_event()
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _Refused(
                cast(yaml.Mark, event.start_mark).line + 1,
                "項目が多すぎます。きまりのファイルかどうか確かめてください。",
            )
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(cast(yaml.Mark, event.start_mark).line + 1, "* による参照は使えません。")
        return super().compose_node(parent, index)


class _Loader(_Bounded, yaml.BaseLoader):
    """Python's own parser."""


class _Quick(_Bounded, yaml.CBaseLoader):
    """The same document, scanned in C."""

    def __init__(self, text: str) -> None:
        yaml.CBaseLoader.__init__(self, text)
        Composer.__init__(self)


def _duplicates(node: yaml.Node, path: Path) -> Iterable[Path]:
    """Paths of keys that occur a second time in their mapping."""
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _duplicates(item, (*path, number))
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield (*path, key.value)
            seen.add(key.value)
            yield from _duplicates(value, (*path, key.value))


def _line(node: yaml.Node, path: Path) -> int:
    """The line of the deepest key of a path that the file has; of a key given twice, the second."""
    line = node.start_mark.line + 1
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        line, node = child
    return line


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    if isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):
            if key.value == step:
                return key.start_mark.line + 1, value
    return None


def _path(error: ErrorDetails) -> Path:
    """Where pydantic found it, without its own words in brackets: [key] of a mapping, the [kind] of an amount."""
    return tuple(step for step in error["loc"] if not str(step).startswith("["))


def _sentence(error: ErrorDetails) -> str:
    """Pydantic's finding as a sentence for the person who writes the file."""
    kind = error["type"]
    if kind == "missing":
        return "この項目が必要です。"
    if kind == "extra_forbidden":
        return "知らない項目です。つづりを確かめてください。"
    if kind in {"enum", "literal_error"}:
        allowed = re.findall("'(.+?)'", error["ctx"]["expected"])
        return f"{'、'.join(allowed)} のどれかを書いてください。"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in {"model_type", "dict_type"}:
        return "「項目: 値」の並びを書いてください。"
    if kind in {"tuple_type", "list_type"}:
        return "「- 」で始まる並びを書いてください。"
    return "文を1つ書いてください。"
