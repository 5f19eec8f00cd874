"""D4: whoever of the staff is shown a person leaves a read of it in the event log, on every page that there is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils.html import escape
from django_scopes import scopes_disabled

from applications.models import Household
from eligibility.public import Municipality
from postpartum_portal.pages.access_words import READS
from postpartum_portal.pages.centre.audit.trail import told
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.models import Event
from tests.access.asking import ask_and_keep
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import Line
from tests.plugins.counted import Counted

STAFF = ("centre", "decider", "auditor", "facility", "visitor")
SPARED = {
    "/demo/": "a page of the demo, which production does not have",
    "/<slug:slug>/centre/proxies/<int:pk>/": "proxy.read names what was written for her: there is no case of hers yet",
}
"""Address → why a person may be shown there without a read."""


class Reads:
    """Who stands on a page, and of whom the log says that this account has read of today."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.counts = walker, Counter[str]()
        with scopes_disabled():
            self.people: dict[str, set[int]] = defaultdict(set)
            for row in Household.objects.select_related("citizen"):
                for mark in _marks(row):
                    self.people[mark].add(row.pk)  # one family may be there twice: on paper, and by herself
            # Not in the middle of a word: aki@… is not misaki@….
            self.any_mark = re.compile(rf"(?<![\w.+-])(?:{'|'.join(map(re.escape, self.people))})")
            self.towns = {town.slug: town.pk for town in Municipality.objects.all()}

    def unrecorded(self, table: Iterable[tuple[str, Line]], *, thorough: bool) -> Iterator[str]:
        for address, line in table:
            if address not in SPARED:
                let_in = [actor for actor in STAFF if line.lets_in(actor, "GET")]
                for actor in let_in if thorough else let_in[:1]:
                    yield from self._asked(address, line, actor)

    def _asked(self, address: str, line: Line, actor: str) -> Iterator[str]:
        path = path_of(address, line, self.walker.world, "own")
        session = self.walker.session(line.town, actor)
        with transaction.atomic():
            answer = ask_and_keep("GET", path, session)
            shown = self._shown_in(answer)
            who = self.walker.world.people[line.town][actor]
            noted = self._noted_by(who, self.towns[line.town]) if shown else set()
            transaction.set_rollback(True)
        self.counts["pages"] += 1
        self.counts["marks"] += len(shown)
        yield from (f"{actor} at {path}: {mark}" for mark in shown if not self.people[mark] & noted)

    def _shown_in(self, answer: Any) -> list[str]:
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/"):
            return []
        text = (answer.content_read if answer.streaming else answer.content).decode()
        return sorted(set(self.any_mark.findall(text)))

    def _noted_by(self, actor: int | None, town: int) -> set[int]:
        morning = clock.now().astimezone(clock.TOKYO).replace(hour=0, minute=0)  # once a day is enough
        verbs = [verb for verb in Event.objects.values_list("verb", flat=True).distinct() if _is_read(verb)]
        rows = Event.objects.filter(actor_id=actor, at__gte=morning, verb__in=verbs)
        with scopes_disabled():
            return {home.pk for home in told(list(rows), town)[1]}


def _is_read(verb: str) -> bool:
    return verb in READS or verb.endswith("_read")


def _marks(row: Household) -> set[str]:
    phone = {row.phone} if row.phone else set()
    mail = {row.citizen.email} if row.citizen else set()
    return {str(escape(mark)) for mark in {row.name, row.kana, *phone, *mail} if mark}


@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["one", "all"])
def test_every_page__leaves_a_read_of_whom_it_shows(walker: Walker, thorough: bool, counted: Counted) -> None:
    """By one of the staff that a page is open to; the soak by each of them."""
    reads = Reads(walker)
    unrecorded = list(reads.unrecorded(TABLE.items(), thorough=thorough))
    counted("reads", f"{reads.counts['pages']} pages, {reads.counts['marks']} names and numbers of people on them")

    assert unrecorded == [], "\n".join(unrecorded)
    assert reads.counts["marks"] > 100


def test_control__pages_that_note_nothing_are_named(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "record_reads", lambda *_, **__: None)
    address = "/<slug:slug>/centre/office/stopped/"
    reads = Reads(walker)

    assert list(reads.unrecorded([(address, TABLE[address])], thorough=False))
