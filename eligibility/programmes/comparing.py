"""What differs between two programme files: rules apart from mere texts, each named as the screens name it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from eligibility.programmes.outline import WITHIN
from eligibility.programmes.tree import Branch, Leaf, Node, read_tree

AS_QUOTED = "もとの文のとおり"
"""What a rule says that has no values of its own."""


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"added": "加わります", "removed": "なくなります", "changed": "変わります"}[self]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `source` and `reading` are those of the newer file, of the older where the rule goes."""

    chapter: str
    path: str
    """宿泊型 › 料金 › 額"""
    kind: ChangeKind
    before: str
    after: str
    source: str
    reading: str
    is_words: bool
    """Only a text changes, no rule."""


def changes(before_text: str, after_text: str) -> tuple[Change, ...]:
    """Every difference, rules first; entries of a list are matched by their code, else by their place.

    Raises:
        ProgrammeFileError: one of the two is not YAML at all.
    """
    before, after = read_tree(before_text), read_tree(after_text)
    found = [
        change for key in _keys(before, after) for change in _chapter(before.children.get(key), after.children.get(key))
    ]
    return tuple(sorted(found, key=lambda change: change.is_words))


def _chapter(before: Node | None, after: Node | None) -> Iterator[Change]:
    either = after or before
    title = either.title if either else ""
    if isinstance(before, Branch) and isinstance(after, Branch):
        found = _inside(before, after, ())
    else:
        found = _whole(before, after, (title,), Branch(title))
    yield from (replace(change, chapter=title) for change in found)


def _inside(before: Branch, after: Branch, path: tuple[str, ...]) -> Iterator[Change]:
    found = [
        change
        for key in _keys(before, after)
        for change in _pair(before.children.get(key), after.children.get(key), path, after)
    ]
    if after.is_list:
        found += _order(before, after, path)
    yield from found
    if not found:
        yield from _sentences(before, after, path)


def _pair(before: Node | None, after: Node | None, path: tuple[str, ...], within: Branch) -> Iterator[Change]:
    either = after or before
    inner = (*path, either.title) if either else path
    if isinstance(before, Branch) and isinstance(after, Branch):
        yield from _inside(before, after, inner)
    elif isinstance(before, Leaf) and isinstance(after, Leaf):
        if before.typed != after.typed:
            words = before.is_words and after.is_words
            yield _change(ChangeKind.CHANGED, inner, before.value, after.value, within, is_words=words)
    else:
        yield from _whole(before, after, inner, within)


def _whole(before: Node | None, after: Node | None, path: tuple[str, ...], within: Branch) -> Iterator[Change]:
    """A value or a whole branch that only one file has, or that is a value in one and a branch in the other."""
    either = after or before
    quoted = either if isinstance(either, Branch) and either.source else within
    words = all(_is_words(node) for node in (before, after) if node)
    yield _change(_kind(before, after), path, _told(before), _told(after), quoted, is_words=words)


def _order(before: Branch, after: Branch, path: tuple[str, ...]) -> Iterator[Change]:
    """The order of a list can be a rule: the first class needs no proof, reductions apply one after the other."""
    old = [key for key in before.children if key in after.children]
    new = [key for key in after.children if key in before.children]
    if old != new:
        told, will_be = (
            "、".join(branch.children[key].title for key in keys) for branch, keys in ((before, old), (after, new))
        )
        yield _change(ChangeKind.CHANGED, (*path, "並べる順"), told, will_be, after, is_words=False)


def _sentences(before: Branch, after: Branch, path: tuple[str, ...]) -> Iterator[Change]:
    """The quoted sentence or its reading, where nothing else of this rule changes."""
    pairs = (("きまりの文", before.source, after.source), ("読み方", before.reading, after.reading))
    for title, old, new in pairs:
        if old != new:
            yield _change(_kind(old, new), (*path, title), old, new, Branch(""), is_words=True)


def _kind(before: object, after: object) -> ChangeKind:
    """By what there is; nothing, or an empty text, is not there."""
    if before and after:
        return ChangeKind.CHANGED
    return ChangeKind.ADDED if after else ChangeKind.REMOVED


def _change(
    kind: ChangeKind, path: tuple[str, ...], before: str, after: str, quoted: Branch, *, is_words: bool
) -> Change:
    return Change("", WITHIN.join(path), kind, before, after, quoted.source, quoted.reading, is_words)


def _told(node: Node | None) -> str:
    """A value, or all values of a branch, a line each."""
    if node is None:
        return ""
    if isinstance(node, Leaf):
        return node.value
    return "\n".join(_lines(node, ())) or AS_QUOTED


def _lines(branch: Branch, path: tuple[str, ...]) -> Iterator[str]:
    for node in branch.children.values():
        inner = (*path, node.title)
        if isinstance(node, Leaf):
            yield f"{WITHIN.join(inner)}: {node.value}"
        else:
            yield from _lines(node, inner)


def _is_words(node: Node) -> bool:
    if isinstance(node, Leaf):
        return node.is_words
    return bool(node.children) and all(_is_words(child) for child in node.children.values())


def _keys(before: Branch, after: Branch) -> Iterable[str]:
    """In the order of the newer file; what only the older has comes last."""
    return dict.fromkeys([*after.children, *before.children])
