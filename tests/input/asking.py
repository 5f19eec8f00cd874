"""Every address as somebody who may use it, with whatever she sends; which names a view reads of it, and what broke."""

import re
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.http import QueryDict

from tests.access.asking import REACHED, ask, session_of
from tests.access.matrix import path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import ACTORS, Line
from tests.access.world import World

Sent = dict[str, list[Any]]
LIKELY = ("mother", "decider", "centre", "facility")
"""Who asks for a page that several may see."""


@dataclass
class Reading:
    """Names that were looked up in what was sent, `buttons` only for being there; exceptions that got out of a view."""

    names: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


class Seen(QueryDict):
    """What was sent, that notes what is looked up in it."""

    reading = Reading()

    def __getitem__(self, key: str) -> Any:
        self.reading.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.reading.buttons.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        self.reading.names.add(key)
        return super().getlist(key, default)


@contextmanager
def read() -> Iterator[Reading]:
    """While it lasts, requests note what is read of them."""
    reading = Reading()
    queries: Any = WSGIRequest.GET
    load: Any = WSGIRequest._load_post_and_files

    def noted(found: QueryDict) -> Seen:
        seen = Seen("", mutable=True, encoding=found.encoding)
        seen.reading = reading
        for name, values in found.lists():
            seen.setlist(name, values)
        seen._mutable = False
        return seen

    def load_noted(self: Any) -> None:
        load(self)
        self._post = noted(self._post)

    def broke(**_: Any) -> None:
        kind, error, where = sys.exc_info()
        frames = traceback.extract_tb(where)
        own = [frame for frame in frames if "/.venv/" not in frame.filename] or list(frames)
        reading.broken.append(
            f"{kind.__name__ if kind else ''}: {str(error)[:200]} at {own[-1].filename}:{own[-1].lineno}"
        )

    got_request_exception.connect(broke)
    WSGIRequest.GET = property(lambda self: self.__dict__.setdefault("_noted", noted(queries.func(self))))  # type: ignore[assignment]
    WSGIRequest._load_post_and_files = load_noted  # type: ignore[method-assign]
    try:
        yield reading
    finally:
        got_request_exception.disconnect(broke)
        WSGIRequest.GET, WSGIRequest._load_post_and_files = queries, load  # type: ignore[method-assign]


class Forms(HTMLParser):
    """The forms of a page: how and where each goes, what stands in its boxes, and which of them are of words.

    `hidden`: names of boxes that nobody fills in.
    """

    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.path, self.found = path, list[tuple[str, str, Sent, set[str]]]()
        self._name, self.hidden = "", set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        has = dict(attrs)
        name = has.get("name") or ""
        if tag == "form":
            action = has.get("action") or self.path
            self.found.append(((has.get("method") or "get").lower(), action, defaultdict(list), set()))
        if not self.found:
            return
        _, _, boxes, typed = self.found[-1]
        if tag == "option" and self._name and "selected" in has:
            boxes[self._name].append(has.get("value") or "")
        if not name or name == "csrfmiddlewaretoken":
            return
        kind = has.get("type", "text") if tag == "input" else tag
        if tag in ("select", "textarea"):
            self._name = name
        if kind in ("text", "tel", "email", "search", "textarea"):
            typed.add(name)
        if kind in ("radio", "checkbox"):
            boxes[name] += [has.get("value") or "on"] * ("checked" in has or (kind == "radio" and not boxes[name]))
        elif kind == "button":
            boxes.setdefault(name, [has.get("value") or ""])  # as if the first was pressed
        elif kind not in ("file", "select", "submit"):
            boxes[name].append(has.get("value") or "")
        self.hidden |= {name} if kind in ("hidden", "button") else set()

    def handle_data(self, data: str) -> None:
        if self._name and self.found and self._name in self.found[-1][3]:
            self.found[-1][2][self._name] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._name = ""


PAGES: dict[str, str] = {}
"""What stood at an address of the world, which is the same in every test of a session."""


class Asker:
    """One browser for each actor and town. `lines`: address, its rule, the path to an object of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.requests = world, 0
        self._sessions: dict[tuple[str, str], str] = {}
        self.lines = [
            (address, line, path_of(address, line, world, "own"))
            for address, line in TABLE.items()
            if not address.startswith("/demo/")
        ]

    def gets(self, path: str, line: Line, query: Mapping[str, Any] | None = None, **headers: str) -> Any:
        sent = f"{path}?{urlencode(query, doseq=True)}" if query else path
        return self._asks("GET", sent, line, None, headers)

    def page(self, path: str, line: Line) -> str:
        """What stands there; "" where nothing can be looked at."""
        if path not in PAGES:
            keep_page(path, self.gets(path, line))
        return PAGES[path]

    def posts(self, path: str, line: Line, body: Mapping[str, Any], **headers: str) -> Any:
        return self._asks("POST", path, line, dict(body), headers)

    def session(self, line: Line, method: str) -> str:
        actor = who_may(line, method)
        if (line.town, actor) not in self._sessions:
            self._sessions[line.town, actor] = session_of(self.world.people[line.town][actor])
        return self._sessions[line.town, actor]

    def _asks(self, method: str, path: str, line: Line, body: Any, headers: Mapping[str, str]) -> Any:
        self.requests += 1
        return ask(method, path, self.session(line, method), body, **headers)


def keep_page(path: str, answer: Any) -> None:
    readable = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
    PAGES[path] = answer.content.decode() if readable else ""


def who_may(line: Line, method: str) -> str:
    """Somebody who reaches an object of her own there."""
    may = [actor for actor in ACTORS if line.expected(actor, "own", method) == REACHED]
    return next((actor for actor in LIKELY if actor in may), may[0] if may else "centre")


def arriving(value: str) -> str | bytes:
    """As a browser's bytes may be: half a character is none of UTF-8."""
    return value.encode("utf-8", "surrogatepass") if re.search("[\ud800-\udfff]", value) else value


def rotated(values: Sequence[tuple[str, str]], at: int, number: int) -> list[tuple[str, str]]:
    """Of the values `number`, others for each address, so that together all are sent."""
    return [values[(at * number + step) % len(values)] for step in range(number)]
