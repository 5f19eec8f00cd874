"""A page whose form holds again what was typed in it, whoever drew it: no view has to know that a session ended."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.utils.html import escape

Boxes = Mapping[str, Sequence[str]]
Change = tuple[int, int, str]
"""From, to, and what stands there instead."""

CHOSEN = ("checkbox", "radio")
NOT_TYPED = ("hidden", "submit", "button", "image", "reset", "file", "password")
WORD = r"""(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?"""


@dataclass
class _Form:
    """`marks`: what nobody types, by which two forms to one address differ; `around`: the `details` that it lies in,
    or that lie in it.
    """

    action: str
    around: list[tuple[int, str]]
    marks: set[tuple[str, str]] = field(default_factory=set)
    typed: list[tuple[str, int, int, str, dict[str, str | None]]] = field(default_factory=list)
    """Name, from, to, tag, attributes: of a textarea what stands between its tags."""

    def alike(self, boxes: Boxes) -> int:
        names = {name for name, *_, has in self.typed if has.get("type") not in CHOSEN}
        agree = [value in boxes.get(name, ()) for name, value in self.marks] + [name in boxes for name in names]
        return 2 * sum(agree) - len(agree)


class _Page(HTMLParser):
    def __init__(self, page: str, path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.path, self.top = page, path, 0
        self.found: list[_Form] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self._form: _Form | None = None
        self._details: list[tuple[int, str]] = []
        self._select = ""
        self._text: tuple[str, int] | None = None
        self._in_main = False
        self.feed(page)

    @property
    def here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has, whole = dict(attrs), self.get_starttag_text() or ""
        if self._in_main and not self.top:
            self.top = self.here + len(whole)
        self._in_main = self._in_main or tag == "main"
        if tag == "details":
            self._details.append((self.here, whole))
            if self._form is not None:
                self._form.around.append((self.here, whole))
        if tag == "form" and (has.get("method") or "").lower() == "post":
            action = urlsplit(urljoin(self.path, has.get("action") or "")).path
            self._form = _Form(action, list(self._details))
            self.found.append(self._form)
        if self._form is not None:
            self._box(self._form, tag, has, whole)

    def _box(self, form: _Form, tag: str, has: dict[str, str | None], whole: str) -> None:
        name = has.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.typed.append((self._select, self.here, self.here + len(whole), tag, has))
        elif tag == "textarea":
            self._text = (name, self.here + len(whole))
        elif tag == "input" and name and (has.get("type") or "text") not in NOT_TYPED:
            form.typed.append((name, self.here, self.here + len(whole), tag, has))
        elif name and (tag == "button" or has.get("type") in ("hidden", "submit")):
            form.marks.add((name, has.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text and self._form is not None:
            name, begins = self._text
            self._form.typed.append((name, begins, self.here, tag, {}))
            self._text = None
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag == "details" and self._details:
            self._details.pop()


def filled_in(page: str, path: str, action: str, boxes: Boxes, told: str) -> str | None:
    """The page of this path with the boxes in its form that is sent to `action`, and `told` on top; None without one.

    Of several such forms it is the one whose hidden fields and buttons agree with what was sent. Hidden fields stay as
    they are: they say what the page shows now.
    """
    read = _Page(page, path)
    forms = [form for form in read.found if form.action == action]
    if not forms:
        return None
    form = max(forms, key=lambda one: one.alike(boxes))
    changes: list[Change] = [(read.top, read.top, told)]
    changes += [(at, at + len(tag), _with(tag, "open")) for at, tag in form.around]
    left = {name: list(values) for name, values in boxes.items()}
    for name, begins, ends, tag, has in form.typed:
        if (new := _typed(page[begins:ends], tag, has, left.get(name, []))) is not None:
            changes.append((begins, ends, new))
    return _changed(page, changes)


def _typed(old: str, tag: str, has: Mapping[str, str | None], values: list[str]) -> str | None:
    """What stands there with the values of its name, of which a box of words takes the first that is left."""
    if tag == "option":
        return _with(old, "selected", only=(has.get("value") or "") in values) if values else None
    if has.get("type") in CHOSEN:
        return _with(old, "checked", only=(has.get("value") or "on") in values)
    if not values:
        return None
    typed = escape(values.pop(0))
    return f"\n{typed}" if tag == "textarea" else _with(old, f'value="{typed}"')


def _with(tag: str, attribute: str, *, only: bool = True) -> str:
    """The tag with this attribute once, or without it."""
    bare = re.sub(rf"\s{attribute.partition('=')[0]}{WORD}(?=[\s/>])", "", tag)
    end = re.search(r"\s*/?>$", bare)
    return f"{bare[: end.start()]} {attribute}{end[0]}" if only and end else bare


def _changed(page: str, changes: Iterable[Change]) -> str:
    parts, done = [], 0
    for begins, ends, new in sorted(changes):
        parts += [page[done:begins], new]
        done = ends
    return "".join([*parts, page[done:]])
