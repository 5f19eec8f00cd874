"""A programme file as a tree of named branches and leaves in words: what is shown and what is compared.

Built from the document, not from the compiled terms: a draft that is refused can be read too, and a key that is new in
the schema appears by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from eligibility.programmes.labels import WHOLE, Spot
from eligibility.programmes.reading import read
from eligibility.programmes.sentences import SaidEntry
from eligibility.programmes.words import NOT_PUBLISHED, Names, value_words

NAMING = ("label", "name", "title", "question")
"""The keys of which the first one found names an entry of a list."""
QUOTED = ("source", "reading")
TO_ASK = {"unpublished", "who_knows"}
NO_RULES = ("format", "examples")
"""The shape's number, and questions about the rules, which are told by their results."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. `typed` is what the file says, `value` the same in words."""

    title: str
    value: str
    typed: Any
    is_words: bool
    """Text for people: changing it changes no rule."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping, or a list of mappings (`is_list`), whose children go by their code or place."""

    title: str
    about: str = ""
    children: Mapping[str, "Node"] = field(default_factory=dict)
    source: str = ""
    reading: str = ""
    is_list: bool = False


Node: TypeAlias = Leaf | Branch


def read_tree(text: str) -> Branch:
    """The file as a tree.

    Raises:
        ProgrammeFileError: it is not YAML at all; a wrong value raises nothing and stands as it was typed.
    """
    data = read(text, file="").data
    rules = {key: value for key, value in data.items() if key not in NO_RULES}
    return _branch(WHOLE, rules, dict(_names(rules)))


def _node(spot: Spot, value: Any, names: Names) -> Node:
    if spot.is_words and (told := _in_words(value)):
        return Leaf(spot.title, told, value, is_words=True)
    if isinstance(value, dict):
        if "unpublished" in value and not value.keys() - TO_ASK:
            return _unpublished(spot, value, names)
        return _branch(spot, value, names)
    if isinstance(value, list):
        if any(isinstance(item, dict) for item in value) and not spot.item.is_words:
            return _entries(spot, value, names)
        each = [_in_words(item) or value_words(spot.item, str(item), names) for item in value]
        return Leaf(spot.title, ("\n" if spot.item.is_words else "、").join(each), value, spot.item.is_words)
    return Leaf(spot.title, value_words(spot, value, names), value, spot.is_words)


def _branch(spot: Spot, value: Mapping[str, Any], names: Names) -> Branch:
    quoted = {key: value[key] for key in QUOTED if isinstance(value.get(key), str)}
    children = {
        key: _node(_measured(spot, key, value), inner, names) for key, inner in value.items() if key not in quoted
    }
    if isinstance(children.get("unpublished"), Leaf):
        children["unpublished"] = _unpublished(spot.under("unpublished"), {"unpublished": value["unpublished"]}, names)
    if spot.named_by_key:
        children = {key: _renamed(node, value[key]) for key, node in children.items()}
    return Branch(spot.title, spot.about, children, **quoted, is_list=spot.named_by_key)


def _measured(spot: Spot, key: str, beside: Mapping[str, Any]) -> Spot:
    """The place of a key, with the unit that a key beside it says."""
    place = spot.under(key)
    said = next((name for name in place.unit_from if isinstance(beside.get(name), str)), None)
    return replace(place, unit=value_words(spot.under(said), beside[said], {})) if said else place


def _entries(spot: Spot, entries: list[Any], names: Names) -> Branch:
    """A list of mappings. Their code is their place in the tree and is not shown."""
    children: dict[str, Node] = {}
    for number, entry in enumerate(entries, start=1):
        code = entry.get("code") if isinstance(entry, dict) else None
        shown = {key: inner for key, inner in entry.items() if key != "code"} if code else entry
        place = code if isinstance(code, str) and code not in children else f"#{number}"
        children[place] = _renamed(_node(spot.item, shown, names), entry, f"{number}つ目")
    return Branch(spot.title, spot.about, children, is_list=True)


def _renamed(node: Node, entry: Any, otherwise: str = "") -> Node:
    """An entry goes by its own name."""
    if isinstance(node, Leaf):
        return node
    title = _name_of(entry) or otherwise or node.title
    return Branch(title, node.about, node.children, node.source, node.reading, node.is_list)


def _unpublished(spot: Spot, value: Mapping[str, Any], names: Names) -> Leaf:
    who = value.get("who_knows")
    known_by = value_words(spot.under("who_knows"), who, names) if isinstance(who, str) else ""
    words = f"{NOT_PUBLISHED}{value['unpublished']}" + (f"(わかるところ: {known_by})" if known_by else "")
    return Leaf(spot.title, words, value, is_words=False)


def _names(data: Any) -> Iterator[tuple[str, str]]:
    """What the file calls its codes; where two share one, what can be named by others comes last and so counts."""
    for entries in reversed(data.values()):
        pairs: Any = ()
        if isinstance(entries, list):
            pairs = ((entry.get("code"), entry) for entry in entries if isinstance(entry, dict))
        elif isinstance(entries, dict):
            pairs = entries.items()
        yield from ((code, name) for code, entry in pairs if isinstance(code, str) and (name := _name_of(entry)))


def _name_of(entry: Any) -> str:
    if not isinstance(entry, dict):
        return ""
    named = (_japanese(entry.get(key)) for key in NAMING)
    return next((name for name in named if name), "")


def _japanese(value: Any) -> str:
    """A text, or the first words of a sentence that is said in several; "" of anything else."""
    said = value.get("ja") if isinstance(value, dict) else value
    return said if isinstance(said, str) else ""


def _in_words(value: Any) -> str:
    """A sentence in all its words, a line each; "" where it is said in one only."""
    if not isinstance(value, dict) or not _japanese(value):
        return ""
    told = ((info.title, value.get(name)) for name, info in SaidEntry.model_fields.items() if name != "ja")
    return "\n".join([_japanese(value), *(f"{title}: {text}" for title, text in told if text)])
