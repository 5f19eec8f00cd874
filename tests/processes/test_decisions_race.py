"""L1, C4: numbers stay gapless under parallel deciders, and two deciders of one application make one decision.

The control takes its numbers by `max() + 1` and must fail, or the race proves nothing.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django_scopes import scopes_disabled

from applications.letters import issue
from applications.letters.numbers import take_number
from applications.models import ISSUE_LETTER, Decision, Letter, NumberSeries
from applications.services.deciding import AlreadyDecided, approve
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Event, Job, Mail
from postpartum_portal.shared.pdf import RenderedLetter
from tests import factories
from tests.cases import FULL_GRANT, again, heard
from tests.processes.racing import each_round

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
DECIDERS = 8


def _at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Do all deeds in threads with connections of their own, begun together; answer results and exceptions."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait()
            with scopes_disabled():
                return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.fixture
def on_sqlite_only_if_a_file(db: None) -> None:
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads cannot share a database in memory")


pytestmark.append(pytest.mark.usefixtures("on_sqlite_only_if_a_file"))


def test_parallel_deciders__get_numbers_without_gap_or_double(kodaira: Any, nurse: Any, decider: Any) -> None:
    applications = [again(heard(kodaira, nurse)) for _ in range(DECIDERS)]
    asked: dict[str, Any] = {"by": decider, "at": clock.now(), "looked": True, **FULL_GRANT}
    _at_once([partial(approve, row, **asked) for row in applications])
    with scopes_disabled():
        assert sorted(Letter.objects.values_list("number", flat=True)) == list(range(1, DECIDERS + 1))


def test_a_decision_that_fails__gives_its_number_back(kodaira: Any) -> None:
    """Every other one of 32 takers is rolled back after it has its number."""

    class Changed(Exception):
        pass

    def take(number_of_taker: int) -> int:
        with transaction.atomic():
            taken = take_number(kodaira, clock.today(), "decision").number
            if number_of_taker % 2:
                raise Changed
        return taken

    results: list[Any] = []
    for _ in range(4):
        results += _at_once([lambda n=n: take(n) for n in range(DECIDERS)])  # type: ignore[misc]
    kept = [result for result in results if isinstance(result, int)]
    assert sorted(kept) == list(range(1, 2 * DECIDERS + 1))
    assert NumberSeries.objects.get(series="decision").last == 2 * DECIDERS


def test_one_letter_run_eight_times_at_once__is_issued_once(
    kodaira: Any, nurse: Any, decider: Any, media: Path, monkeypatch: Any
) -> None:
    """W3. Whoever comes second finds the job taken; whoever was overtaken writes nothing."""
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(content.number.encode(), (), 1))
    with scopes_disabled():
        approve(again(heard(kodaira, nurse)), by=decider, at=clock.now(), **FULL_GRANT)
    job = Job.objects.get(kind=ISSUE_LETTER)
    ran = _at_once([lambda: runner.run(job.pk)] * DECIDERS)
    assert sorted(ran) == [False] * (DECIDERS - 1) + [True]
    with scopes_disabled():
        letter = Letter.objects.get()
    assert (media / letter.storage_name).read_text() == letter.label
    assert Mail.objects.count() == Event.objects.filter(verb="letter.issued").count() == 1


def test_control__the_highest_number_plus_one_is_given_twice(kodaira: Any) -> None:
    """SQLite lets one writer in at a time, so only PostgreSQL shows it."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    everybody_has_read = threading.Barrier(DECIDERS)

    def number_by_max() -> int:
        with transaction.atomic():
            last = Letter.objects.aggregate(last=Max("number"))["last"] or 0
            everybody_has_read.wait()
            Letter.objects.create(
                municipality=kodaira,
                kind=Letter.Kind.APPROVAL,
                subject_kind=Letter.Subject.APPLICATION,
                subject_id=threading.get_ident() % 2**31,
                fiscal_year=2025,
                series="decision",
                number=last + 1,
                snapshot={},
            )
        return int(last + 1)

    results = _at_once([number_by_max] * DECIDERS)
    assert sum(isinstance(result, IntegrityError) for result in results) == DECIDERS - 1


@each_round
def test_two_deciders_at_once__one_wins_and_the_other_is_told_who(kodaira: Any, nurse: Any, round_: int) -> None:
    application = heard(kodaira, nurse)
    people = [factories.MembershipFactory(municipality=kodaira, role="decider").user for _ in range(2)]
    screens = [(person, again(application)) for person in people]
    results = _at_once(
        [lambda p=p, row=row: approve(row, by=p, at=clock.now(), **FULL_GRANT) for p, row in screens]  # type: ignore[misc]
    )

    (decision,) = [result for result in results if isinstance(result, Decision)]
    (told,) = [result for result in results if isinstance(result, AlreadyDecided)]
    assert told.decision == decision
    with scopes_disabled():
        assert Letter.objects.count() == NumberSeries.objects.get(series="decision").last == 1
