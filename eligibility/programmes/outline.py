"""A programme file as chapters and rows, for a reader who has never seen YAML: values in words, the sentence beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from eligibility.programmes.tree import NAMING, Branch, Leaf, read_tree

WITHIN = " › "
ROWS_OF_A_LINE = 3
"""An entry of a list with more rows than this gets a heading of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its values, the sentence that they come from, and how that is read."""

    title: str
    entries: tuple[tuple[str, str], ...]
    """Name and value in words."""
    source: str
    reading: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together: those of 宿泊型. `title` is "" where a chapter has no parts."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A key of the file's first level."""

    key: str
    title: str
    about: str
    parts: tuple[Part, ...]


def chapters(text: str) -> tuple[Chapter, ...]:
    """The whole file in its own order.

    Raises:
        ProgrammeFileError: it is not YAML at all.
    """
    whole = read_tree(text)
    inside = [(key, node) for key, node in whole.children.items() if isinstance(node, Branch)]
    beside = tuple((node.title, node.value) for node in whole.children.values() if isinstance(node, Leaf))
    found = [Chapter(key, node.title, node.about, tuple(_parts(node))) for key, node in inside]
    if beside:  # a key of the first level that is no chapter: shown at the end, as it stands
        found.append(Chapter("", "そのほか", "", (Part("", (Row("そのほか", beside, "", ""),)),)))
    return tuple(found)


def _parts(chapter: Branch) -> Iterator[Part]:
    """One part for all, but a long entry of a list has its own."""
    if not chapter.is_list:
        yield Part("", tuple(_rows(chapter, chapter.title)))
        return
    short: list[Row] = []
    for entry in chapter.children.values():
        if not isinstance(entry, Branch):
            continue
        rows = tuple(_rows(entry, entry.title))
        if len(rows) <= ROWS_OF_A_LINE:
            short += _rows(entry, entry.title, entry.title)
            continue
        if short:
            yield Part("", tuple(short))
            short = []
        yield Part(entry.title, rows)
    if short:
        yield Part("", tuple(short))


def _rows(branch: Branch, title: str, *above: str) -> Iterator[Row]:
    """The branch's own values under `title`; then its branches, each named by its title and those `above` it."""
    leaves = tuple(
        (node.title, node.value)
        for key, node in branch.children.items()
        if isinstance(node, Leaf) and not (key in NAMING and node.value == branch.title)
    )
    if leaves or branch.source:
        yield Row(title, leaves, branch.source, branch.reading)
    for node in branch.children.values():
        if isinstance(node, Branch):
            path = (*above, node.title)
            yield from _rows(node, WITHIN.join(path), *path)
