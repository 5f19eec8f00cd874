"""D3: records go on the day after their last one, whole and once; what is open, unpaid or contestable stays."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Application, Document, Erasure, Household, Letter, Message, Pool
from applications.selectors import numbers as application_numbers
from applications.services.holding import hold_household
from eligibility.engine import Record, kept_until
from facilities.erasing import coarse
from facilities.models import Booking, CareRecord, FeeWaiver, MonthLine, MonthReport
from facilities.selectors import keeping
from facilities.selectors.numbers import OLDER_FROM, people, uses
from facilities.services import purging
from facilities.services.integrity import check
from facilities.services.purging import purge
from postpartum_portal.shared import clock
from postpartum_portal.shared.failpoints import FailpointReached
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.span import Span
from tests.erasing.a_life import Life, a_life

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
BOTH_YEARS = Span(dt.date(2025, 4, 1), dt.date(2027, 3, 31))
AFTER_ONE_YEAR = dt.datetime(2028, 4, 1, 3, tzinfo=clock.TOKYO)
"""Revoked on 2026-03-13, the child's last day of use 2026-05-14: closed in 令和8年度 at the latest."""


@pytest.fixture
def life(kodaira: Any, clinic: Any, media: Path) -> Life:
    kodaira.retention = dict.fromkeys(Record, 1)
    kodaira.save()
    life = a_life(kodaira, clinic)
    MonthReport.objects.update(paid_on=dt.date(2026, 3, 31))
    return life


def purged(life: Life, at: dt.datetime) -> list[str]:
    before = set(Erasure.objects.values_list("pk", flat=True))
    purge(life.town, at=at)
    return sorted(Erasure.objects.exclude(pk__in=before).values_list("record", flat=True))


EVERYTHING = sorted(["sheet", *(record for record in Record if record != Record.REFUSAL)])


def test_everything__goes_on_the_first_day_after_its_last_one_and_not_before(life: Life, clock_at: Any) -> None:
    closed = keeping.closing_of(life.household, on=clock.today())
    last = kept_until(closed.closed_on, 1)
    on_it, after = (dt.datetime.combine(last + dt.timedelta(days=n), dt.time(3), clock.TOKYO) for n in (0, 1))
    clock_at.move_to(on_it)
    assert set(purged(life, on_it)) <= {"sheet"}, "its own year, of the day on which it was paid"
    clock_at.move_to(after)
    assert {*purged(life, after), "sheet"} == set(EVERYTHING)
    assert purged(life, after) == [], "once"
    assert Event.objects.filter(verb="record.erased").count() == len(EVERYTHING)
    told = Event.objects.filter(verb="record.erased").order_by("pk").last()
    assert told is not None
    assert told.data["rows"] > 0


def test_where_no_time_is_set__nothing_is_ever_erased(life: Life, clock_at: Any) -> None:
    life.town.retention = {}
    life.town.save()
    clock_at.move_to("2090-01-01T03:00:00+09:00")
    assert purged(life, clock.now()) == []
    assert list(keeping.due_ones(life.town, on=clock.today())) == []


def test_each_record__has_a_time_of_its_own(life: Life, clock_at: Any) -> None:
    life.town.retention = {Record.MESSAGE: 1, Record.APPLICATION: 5}
    life.town.save()
    clock_at.move_to(AFTER_ONE_YEAR)
    assert purged(life, clock.now()) == [Record.MESSAGE]
    assert not Message.objects.exists()
    assert Household.objects.get(pk=life.household.pk).name == life.household.name
    clock_at.move_to(AFTER_ONE_YEAR.replace(year=2032))
    assert purged(life, clock.now()) == [Record.APPLICATION]


def test_what_rests_on_it__stays__figures_counters_ledger_register(life: Life, clock_at: Any) -> None:
    def figures() -> list[Any]:
        applied = [
            getattr(application_numbers, of)(BOTH_YEARS) for of in ("received", "waited", "grounds", "pool_uses")
        ]
        return [*applied, sorted(map(repr, uses(BOTH_YEARS))), sorted(map(repr, people(BOTH_YEARS)))]

    almost = dt.date(2026, 5, 10)  # born on January 15: younger than four months by five days
    Booking.objects.filter(pk=life.booking.pk).update(first_day=almost, last_day=almost)
    before, numbers = figures(), list(Letter.objects.values_list("series", "number", "label"))
    pools = sorted(Pool.objects.values_list("code", "limit", "used"))
    clock_at.move_to(AFTER_ONE_YEAR)
    assert purged(life, clock.now()) == EVERYTHING

    assert figures() == before
    assert list(Letter.objects.values_list("series", "number", "label")) == numbers
    assert sorted(Pool.objects.values_list("code", "limit", "used")) == pools
    assert check() == []
    assert MonthLine.objects.get().price == 1
    assert type(life.entitlement.birth).objects.get().born_on == dt.date(2026, 1, 11)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)), st.lists(st.integers(0, 400), max_size=5))
def test_a_coarse_birthday__gives_each_use_the_same_age_in_months(born: dt.date, after: list[int]) -> None:
    def older(born_on: dt.date, day: dt.date) -> bool:
        months = (day.year - born_on.year) * 12 + day.month - born_on.month - (day.day < born_on.day)
        return months >= OLDER_FROM

    days = [born + dt.timedelta(days=number) for number in after]
    told = coarse(born, days)
    assert (told.year, told.month) == (born.year, born.month)
    assert [older(told, day) for day in days] == [older(born, day) for day in days]


HELD = {
    keeping.LIVE: lambda life: Booking.objects.filter(pk=life.booking.pk).update(status="confirmed"),
    keeping.OWED: lambda life: (
        FeeWaiver.objects.update(undone_at=clock.now(), undone_by=life.staff),
        Booking.objects.filter(pk=life.booking.pk).update(status="cancelled_late", contact_at=clock.now())
        and Booking.objects.filter(pk=life.booking.pk).update(consequence={"total": 3000, "lines": []}),
    ),
    keeping.UNSETTLED: lambda life: MonthReport.objects.update(status="submitted"),
    "審査が終わっていない申請があります": lambda life: Application.objects.filter(pk=life.application.pk).update(
        status="screening"
    ),
    "作成中の通知書があります": lambda life: Letter.objects.update(status="queued"),
}


@pytest.mark.parametrize("reason", HELD)
def test_what_is_not_over__holds_the_case_back_and_is_named(life: Life, clock_at: Any, reason: str) -> None:
    HELD[reason](life)
    clock_at.move_to(AFTER_ONE_YEAR)
    assert set(purged(life, clock.now())) <= {"sheet"}
    held = [due for due in keeping.due_ones(life.town, on=clock.today()) if due.subject_kind == "household"]
    assert held
    assert all(reason in due.held for due in held)


def test_the_dry_run__lists_ids_days_and_reasons_and_names_nobody(life: Life, clock_at: Any) -> None:
    clock_at.move_to(AFTER_ONE_YEAR)
    out = StringIO()
    call_command("purge", "--dry-run", "--municipality", "kodaira", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(EVERYTHING)
    assert life.household.name not in out.getvalue()
    assert all("over" in line for line in lines)
    assert Erasure.objects.count() == 0
    call_command("purge", stdout=out)
    assert Erasure.objects.count() == len(EVERYTHING)


@pytest.mark.parametrize("point", ["before_commit", "before_files", "after_file", "after_files"])
def test_a_run_that_dies__is_finished_by_the_next_and_leaves_no_file(
    life: Life, clock_at: Any, settings: Any, media: Path, point: str
) -> None:
    clock_at.move_to(AFTER_ONE_YEAR)
    settings.FAILPOINTS = {f"erasing.{point}": "raise"}
    with pytest.raises(FailpointReached):
        purge(life.town, at=clock.now())
    settings.FAILPOINTS = {}

    purge(life.town, at=clock.now())

    assert not Erasure.objects.filter(done_at=None).exists()
    assert not Document.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert sorted(Erasure.objects.values_list("record", flat=True)) == EVERYTHING


def test_control__a_mark_without_its_files_leaves_them_for_good(
    life: Life, clock_at: Any, settings: Any, media: Path
) -> None:
    clock_at.move_to(AFTER_ONE_YEAR)
    settings.FAILPOINTS = {"erasing.before_files": "raise"}
    with pytest.raises(FailpointReached):
        purge(life.town, at=clock.now())
    settings.FAILPOINTS = {}
    Erasure.objects.update(files=[])

    purge(life.town, at=clock.now())

    assert [path for path in media.rglob("*") if path.is_file()]
    assert not CareRecord.objects.exists()


def booked_meanwhile(life: Life, monkeypatch: Any) -> None:
    """She books between the moment in which her case was found over and the one in which it is held."""
    hold = hold_household

    def late(household: Household) -> Household:
        Booking.objects.filter(pk=life.booking.pk).update(status="confirmed")
        return hold(household)

    monkeypatch.setattr(purging, "hold_household", late)


def test_who_books_while_the_job_runs__keeps_her_records(life: Life, clock_at: Any, monkeypatch: Any) -> None:
    clock_at.move_to(AFTER_ONE_YEAR)
    booked_meanwhile(life, monkeypatch)
    assert purged(life, clock.now()) == ["sheet"]
    assert Household.objects.get(pk=life.household.pk).name == life.household.name


def test_control__without_judging_again_under_the_lock__her_records_are_gone(
    life: Life, clock_at: Any, monkeypatch: Any
) -> None:
    clock_at.move_to(AFTER_ONE_YEAR)
    booked_meanwhile(life, monkeypatch)
    monkeypatch.setattr(purging, "_still", lambda *_: True)
    assert purged(life, clock.now()) == EVERYTHING
