"""The audit trail with a million events behind it: its pages against bare SQL, then sealing and checking all of it.

A page is asked for by a decider, about the mother and the colleague with most rows: the first of this fiscal year and
its last. The ceiling is the index scan that finds as many rows from the same end, in the same turn. It works in a
scratch database of the PostgreSQL server that DATABASE_URL names. Filling it takes a minute, the chain another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django_scopes import scopes_disabled
from psycopg import sql

from applications.models import Household
from eligibility.public import Municipality
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.pages.access_log import ROWS_A_PAGE as ROWS_OF_HERS
from postpartum_portal.pages.centre.audit.views import ROWS_A_PAGE
from postpartum_portal.shared import audit, clock
from postpartum_portal.shared.models import Event, EventSeal

from .databases import scratch_database
from .rounds import Figure

EVENTS, FAMILIES, STAFF = 1_000_000, 10_000, 30
LOOKED_AT_MOST = 4_000
"""Events about one family, whose case went on for years; of the others each has some ninety."""
TURNS, LONGEST_SECONDS = 20, 2.0
TRAIL = "/kodaira/centre/office/audit"


@dataclass(frozen=True, slots=True)
class Page:
    """`column` and `key`: by which of the log's indexes its rows are found; `most`: rows on a page."""

    name: str
    client: Client
    address: str
    column: str
    key: int
    most: int


def measure() -> Iterator[Figure]:
    with scratch_database("audit"), scopes_disabled():
        town, decider = _fill()
        yield Figure("events", Event.objects.count(), "rows", places=0)
        for page in _pages(town, decider):
            yield from _of_page(page)
        yield from _of_the_chain()


def _of_page(page: Page) -> Iterator[Figure]:
    """Both ends of it; what the ceiling finds is what stands on the page."""
    rows = Event.objects.filter(**{page.column: page.key}).count()
    yield Figure(f"{page.name}.rows", rows, "of five years", places=0)
    for end, query, order in (("first", "", "DESC"), ("last", "&page=last", "ASC")):
        bare = _bare(page, order)

        def answered(query: str = query) -> None:
            answer = page.client.get(f"{page.address}?{query}")
            assert answer.status_code == 200, answer

        _seconds(answered), _seconds(bare)
        turns = [(_seconds(answered), _seconds(bare)) for _ in range(TURNS)]
        ours = sorted(turn[0] for turn in turns)
        name = f"{page.name}.{end}"
        yield Figure(f"{name}.p50", median(ours), "s", places=3, promised=f"below {LONGEST_SECONDS:.0f}")
        yield Figure(f"{name}.p95", quantiles(ours, n=20)[-1], "s", places=3, promised=f"below {LONGEST_SECONDS:.0f}")
        yield Figure(f"{name}.vs_sql", median(turn[0] / turn[1] for turn in turns), "x", places=0)


def _bare(page: Page, order: str) -> Callable[[], object]:
    """The rows at one end, by the index alone."""
    text = sql.SQL("SELECT * FROM shared_event WHERE {} = %s ORDER BY at {order}, id {order} LIMIT %s").format(
        sql.Identifier(page.column), order=sql.SQL(order)
    )

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(text, [page.key, page.most])
            return cursor.fetchall()

    return run


def _of_the_chain() -> Iterator[Figure]:
    """All events sealed, then recomputed; what either holds in memory at most."""
    _forget_peak()
    started = perf_counter()
    sealed = audit.seal(at=clock.now())
    yield Figure("seal.throughput", sealed / (perf_counter() - started), "events/s", places=0)
    yield Figure("seal.peak", _peak(), "MB, all of the process", places=0)
    _forget_peak()
    started = perf_counter()
    found = list(audit.findings())
    yield Figure("check.time", perf_counter() - started, "s", places=0)
    yield Figure("check.peak", _peak(), "MB, all of the process", places=0)
    yield Figure("check.found", len(found), "findings", places=0, promised="0")
    yield Figure("check.seals", EventSeal.objects.count(), "seals", places=0)


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Since it was forgotten, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _pages(town: Municipality, decider: User) -> Iterator[Page]:
    """This fiscal year's trail of whoever has most rows in it."""
    household = Household.objects.filter(municipality=town).order_by("pk")[0]
    mother = User.objects.get(pk=household.citizen_id or 0)
    busiest = Membership.objects.filter(municipality=town).order_by("pk")[1]
    ours, hers = Client(), Client()
    ours.force_login(decider)
    hers.force_login(mother)
    yield Page("person", ours, f"{TRAIL}/people/{household.pk}/", "citizen_id", mother.pk, ROWS_A_PAGE)
    yield Page("account", ours, f"{TRAIL}/accounts/{busiest.pk}/", "actor_id", busiest.user_id, ROWS_A_PAGE)
    yield Page("own_log", hers, "/kodaira/my/access/", "citizen_id", mother.pk, ROWS_OF_HERS)


def _fill() -> tuple[Municipality, User]:
    """Five years of an office: the most eager of its staff writes every eighth event, and looks are most of all."""
    call_command("load_programmes", verbosity=0)
    town = Municipality.objects.get(slug="kodaira")
    staff = [User.objects.create_user(f"staff{number}@example.jp", display_name="職員") for number in range(STAFF)]
    for user in staff:
        Membership.objects.create(user=user, municipality=town, role="decider")
    call_command("seed_scale", municipality="kodaira", applications=FAMILIES, open_ones=100, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute((Path(__file__).parent / "audit.sql").read_text(), {
            "events": EVENTS, "most": LOOKED_AT_MOST, "town": town.pk, "now": clock.now(),
            "days": "1825 days", "staff": [user.pk for user in staff[1:]],
        })  # fmt: skip
        cursor.execute("VACUUM ANALYZE")
    return town, staff[0]
