"""The centre's list and a case page with 100,000 applications behind them, against 1,000; 300 are open in either.

Each figure is one page: `list` a state, `search` what is typed among all cases, `among_open` the same in すすめる. The
pages are asked for by a member of staff, in turns from two scratch databases of one PostgreSQL server (DATABASE_URL
names it), which are taken away again. Filling them takes two minutes, most of the run.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Membership, User

from .databases import copy_of, enter, scratch_database
from .rounds import Figure

SMALL, LARGE, OPEN = 1_000, 100_000, 300
LIST = ("open", "new", "call", "again", "back", "decide", "returned", "paper", "today")
SEARCH = ("やま", "さ", "ゆ", "ﾕｳ", "山", "高", "090-0000", "090-0000-0777", "S0-0042")
"""Each fills a page in either database, or finds the same one case: what differs is only what lies behind. Readings of
family and of given names, names in both spellings of a character, phones, a number."""
AMONG_OPEN = ("やま", "高")
CEILING = 1.3
TURNS = 15
URL = "/kodaira/centre/"
CASE = f"{URL}cases/S0-0999/"  # the last but one of the open ones


class Town:
    """One of the two databases, and a decider who looks at its pages."""

    def __init__(self, name: str) -> None:
        self.name = name
        enter(name)
        self.client = Client()
        self.client.force_login(User.objects.get(memberships__municipality__slug="kodaira"))

    def seconds(self, url: str, asked: Mapping[str, str]) -> float:
        """Of one answer; the one before it fills the caches and notes whose names were seen."""
        enter(self.name)
        self.client.get(url, asked)
        started = perf_counter()
        answer = self.client.get(url, asked)
        took = perf_counter() - started
        assert answer.status_code == 200, answer
        return took


def measure() -> Iterator[Figure]:
    with _towns() as (small, large):
        for name, url, asked in _pages():
            yield Figure(name, _ratio(small, large, url, asked), f"x (at most {CEILING})")


def _pages() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Each page's name, address and query."""
    yield from ((f"list.{state}", URL, {"state": state}) for state in LIST)
    yield from ((f"search.{words}", URL, {"q": words}) for words in SEARCH)
    yield from ((f"among_open.{words}", URL, {"q": words, "state": "open"}) for words in AMONG_OPEN)
    yield "case", CASE, {}


def _ratio(small: Town, large: Town, url: str, asked: Mapping[str, str]) -> float:
    """Of the quickest turns: whatever else runs on the machine only adds to a turn."""
    turns = [(large.seconds(url, asked), small.seconds(url, asked)) for _ in range(TURNS)]
    return min(turn[0] for turn in turns) / min(turn[1] for turn in turns)


@contextmanager
def _towns() -> Iterator[tuple[Town, Town]]:
    """The small one is filled first; the large one is a copy of it that is filled on, with decided cases only."""
    with scratch_database("worklist") as name:
        call_command("load_programmes", verbosity=0)
        decider = User.objects.create_user("decider@example.jp", display_name="田中")
        Membership.objects.create(user=decider, municipality=Municipality.objects.get(slug="kodaira"), role="decider")
        _fill(SMALL, OPEN)
        with copy_of(name) as copy:
            small, large = Town(name), Town(copy)
            _fill(LARGE - SMALL, 0)
            yield small, large


def _fill(applications: int, open_ones: int) -> None:
    call_command("seed_scale", municipality="kodaira", applications=applications, open_ones=open_ones, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
