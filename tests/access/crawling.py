"""One actor's walk through all that she can open: every address with its own objects, and every link on every page."""

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tests.access.asking import ask
from tests.access.marks import MARKS
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE

LINK = re.compile(r'(?:href|src|action|hx-get)="(/[^"#]*)"')
SIDES = ("own", "foreign")
LEFT_OUT = re.compile(r"^/(static/|accounts/logout/|demo/)")


ALL = tuple(mark for mark in MARKS if mark != "file")
CENTRE_HERE = ("zushi",)
NOT_HERS = {
    ("kodaira", "anonymous"): tuple(MARKS),
    ("kodaira", "mother"): ("zushi", "another mother", "another facility"),
    ("kodaira", "another mother"): ("zushi", "mother"),
    ("kodaira", "proxy"): ("zushi", "facility", "another facility"),
    ("kodaira", "centre"): CENTRE_HERE,
    ("kodaira", "decider"): CENTRE_HERE,
    ("kodaira", "auditor"): CENTRE_HERE,
    ("kodaira", "decider elsewhere"): tuple(mark for mark in ALL if mark != "zushi"),
    ("kodaira", "facility"): ("zushi", "another facility", "file"),
    ("kodaira", "another facility"): ("zushi", "mother", "facility", "file"),
    ("kodaira", "visitor"): ("zushi", "facility", "another facility"),
    ("kodaira", "operator"): tuple(MARKS),
    ("kodaira", "disabled"): tuple(MARKS),
    ("zushi", "mother"): tuple(mark for mark in ALL if mark != "zushi"),
    ("zushi", "centre"): tuple(mark for mark in ALL if mark != "zushi"),
    ("zushi", "auditor"): tuple(mark for mark in ALL if mark != "zushi"),
    ("zushi", "facility"): tuple(mark for mark in MARKS if mark != "zushi"),
}
"""Municipality and actor → the marks that must stand nowhere. The decider of elsewhere walks Kodaira's addresses; the
other mother has been at the first facility too.
"""

OF_A_COUPON = "/facility/coupons/"
"""Whoever types its twelve figures has the mother's paper at hand, at whatever facility of her municipality."""


def words_of_others(who: tuple[str, str], path: str, text: str) -> Iterator[str]:
    """The marks on a page that somebody of a municipality opened, and that must stand on none of hers."""
    for mark in NOT_HERS.get(who, ()):
        if MARKS[mark] in text and not (mark == "mother" and path.startswith(OF_A_COUPON)):
            yield f"{' '.join(who)}: {MARKS[mark]} ({mark})"


class Crawl:
    """`seen`: path → the text that it gave; `failed`: paths that got no answer; `counts`: of each kind and status.

    It begins at every so many-th address, with what is hers and with another's; `most`: pages.
    """

    def __init__(
        self, walker: Walker, town: str, actor: str, *, most: int, every: int = 1, sides: Iterable[str] = SIDES
    ) -> None:
        self.seen: dict[str, str] = {}
        self.failed: list[str] = []
        self.counts: Counter[str] = Counter()
        starts = list(dict.fromkeys(_starts(walker, town, actor, sides)))
        self._walk(walker.session(town, actor), starts, every, most)

    def holding(self, mark: str) -> list[str]:
        return [path for path, text in self.seen.items() if mark in text]

    def _walk(self, session: str, starts: list[str], every: int, most: int) -> None:
        waiting, known = deque(starts[::every]), set(starts)
        while waiting and len(self.seen) < most:
            path = waiting.popleft()
            answer = ask("GET", path, session)
            text = text_of(answer)
            self.seen[path] = text + str(dict(answer.headers))
            self.counts[str(answer.status_code)] += 1
            if answer.status_code >= 500:
                self.failed.append(path)
            self.counts[_kind(answer)] += 1
            found = [unescape(link) for link in LINK.findall(text)] + [answer.headers.get("Location", "")]
            for link in found:
                if link.startswith("/") and link not in known and not LEFT_OUT.match(link):
                    known.add(link)
                    waiting.append(link)


def _starts(walker: Walker, town: str, actor: str, sides: Iterable[str]) -> Iterator[str]:
    """Every address that her rule lets her into, with what is hers, and with another's, which is not there."""
    for whose in sides:
        for address, line in TABLE.items():
            if line.lets_in(actor, "GET") and whose in line.whose and not LEFT_OUT.match(address):
                yield path_of(address, replace(line, town=town), walker.world, whose)


def _kind(answer: Any) -> str:
    return answer.headers.get("Content-Type", "none").partition(";")[0]


def text_of(answer: Any) -> str:
    """All that somebody can read in an answer: a page, a table, a workbook, a paper."""
    body: bytes = answer.content_read if answer.streaming else answer.content
    match _kind(answer):
        case "application/pdf":
            return _of_paper(body)
        case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
            book = load_workbook(io.BytesIO(body))
            return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
        case "image/jpeg" | "image/png":
            return ""
        case "text/csv" if b"\x82" in body[:200] and not body.startswith(b"\xef\xbb\xbf"):
            return "\n".join(" ".join(row) for row in csv.reader(io.StringIO(body.decode("cp932", "replace"))))
    return body.decode("utf-8", "replace")


def _of_paper(body: bytes) -> str:
    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    except PyPdfError:
        return ""  # a stand-in of the world, no paper
