"""Every address that takes a form × a body with odd values: a page that keeps what was typed, or a redirect."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.utils.html import escape

from tests.access.rules.outcomes import Line
from tests.access.world import World

from . import corpus
from .asking import PAGES, Asker, Forms, Reading, Sent, arriving, read, rotated

pytestmark = [pytest.mark.both_databases]
DEEDS = {"act", "do", "deed"}
"""Names that choose what is done: with an odd one nothing is."""
LONGEST_KEPT = 4_000
"""Letters that a page gives back; a draft keeps no more."""
Values = Sequence[tuple[str, str]]


class Posts:
    """`bodies`: what stands in the forms of all pages, and which boxes are of words, by the path that they go to."""

    def __init__(self, asker: Asker) -> None:
        self.asker, self.wrong = asker, list[str]()
        self.bodies: dict[str, tuple[Sent, set[str]]] = {}
        self.hidden: set[str] = set()
        self.taking = self.boxes = self.pages = self.kept = 0
        for _, line, path in asker.lines:
            page = Forms(asker.page(path, line), path)
            self.hidden |= page.hidden
            for method, action, boxes, typed in page.found:
                if method == "post":
                    self.bodies.setdefault(action.partition("?")[0], (boxes, typed))

    def walk(self, values: Values, each: int, *, one_by_one: bool = False) -> list[str]:
        for at, (address, line, path) in enumerate(self.asker.lines):
            body, typed = self.meant_well(line, path)
            reading = self.names_read(address, line, path, body)
            boxes, unseen = sorted({*body} - DEEDS), sorted(reading.names - {*body} - DEEDS - {"csrfmiddlewaretoken"})
            if not boxes + unseen:
                continue
            self.taking, self.boxes = self.taking + 1, self.boxes + len(boxes + unseen)
            pressed = {**body, **{name: ["1"] for name in reading.buttons - reading.names}}
            self.sends(f"{address} all pressed, NUL", line, path, pressed, boxes + unseen, set(), corpus.NUL)
            filled_in = [box for box in boxes if box not in self.hidden] or boxes or unseen
            for name, value in rotated(values, at, each):
                self.sends(f"{address} all boxes, {name}", line, path, body, filled_in, typed, value)
            for box in boxes + unseen if one_by_one else ():
                for name, value in values:
                    self.sends(f"{address} {box}, {name}", line, path, body, [box], typed, value)
        print(*self.wrong, sep="\n")  # noqa: T201
        print("every form sent:", connection.vendor, self.taking, "addresses", self.boxes, "boxes", end=" ")  # noqa: T201
        print(len(values), "values", self.asker.requests, "requests", self.pages, "pages", self.kept, "kept")  # noqa: T201
        return self.wrong

    def meant_well(self, line: Line, path: str) -> tuple[Sent, set[str]]:
        """A body in order, and which of its boxes are of words."""
        boxes, typed = self.bodies.get(path, ({}, set()))
        own = self.asker.world.of(line.town, "own")
        known = {name: own[said[1:]] if str(said)[:1] == "@" else said for name, said in line.sends.items()}
        return {**{name: [str(said)] for name, said in known.items()}, **boxes}, typed

    def names_read(self, address: str, line: Line, path: str, body: Sent) -> Reading:
        """What the view looks up when it gets the body as it is: also what stands in no form."""
        with read() as reading:
            answer = self.asker.posts(path, line, body or {"anything": ["1"]})
        if answer.status_code >= 500:
            self.wrong.append(f"{address} as it stands: {reading.broken}")
        return reading

    def sends(
        self, what: str, line: Line, path: str, body: Sent, boxes: list[str], typed: set[str], value: str
    ) -> None:
        with read() as reading:
            answer = self.asker.posts(path, line, {**body, **{box: [arriving(value)] for box in boxes}})
        if answer.status_code >= 500:
            self.wrong.append(f"{what}: {reading.broken}")
        elif answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            self.reads(what, answer.content.decode(), typed & {*boxes}, value)

    def reads(self, what: str, page: str, typed: set[str], value: str) -> None:
        """A form that comes back says what is wrong, and keeps what stood in its boxes."""
        self.pages += 1
        self.wrong += [f"{what}: markup is drawn"] * (corpus.MARKUP["script"] in page)
        if 'class="err"' not in page or not typed or not 1 < len(value.strip()) < LONGEST_KEPT or corpus.LONE in value:
            return
        stands = escape(value.strip().replace("\r\n", "\n")) in page.replace("\r\n", "\n")
        self.kept += stands
        self.wrong += [f"{what}: what was typed is lost"] * (not stands)


def test_every_form__answers_odd_values(world: World) -> None:
    asker = Asker(world)
    asker.lines = asker.lines[2 if connection.vendor == "sqlite" else 0 :: 4]  # together each second
    posts = Posts(asker)
    assert not posts.walk(corpus.QUICK_VALUES, 1)
    assert posts.taking > len(asker.lines) // 3
    assert posts.kept > 5


@pytest.mark.soak
def test_every_box_of_every_form__is_answered_whatever_stands_in_it(world: World) -> None:
    assert not Posts(Asker(world)).walk(corpus.QUICK_VALUES, 5, one_by_one=True)


def test_control__a_form_without_cleaning_is_seen(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.input.careless"
    asker = Asker(world)
    asker.lines = [("/careless/", asker.lines[0][1], "/careless/")]
    PAGES.pop("/careless/", None)
    wrong = Posts(asker).walk(corpus.QUICK_VALUES, 3)
    assert connection.vendor == "sqlite" or any("NUL" in line for line in wrong)
