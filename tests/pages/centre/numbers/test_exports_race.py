"""A table that is asked for by several at the same instant: of one person's presses one is made."""

import datetime as dt
from dataclasses import replace
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import asking
from postpartum_portal.shared.exports.registry import table_of
from postpartum_portal.shared.models import Export, Job
from postpartum_portal.shared.span import Span
from tests.facilities.at_once import needs_real_threads
from tests.processes.racing import race

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]
CLIENTS = 4


def asks(town: Municipality, who: Any) -> int:
    span = Span(dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    said = {"purpose": "月の報告のため", "municipality_id": town.pk, "role": "centre"}
    return asking.ask("applications", "csv", span=span, by_id=who.pk, at=clock.now(), **said).pk  # type: ignore[arg-type]


def test_the_same_table__asked_for_at_once__is_one_file_to_which_all_are_led(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    answers = race(
        [partial(asks, kodaira, nurse)] * CLIENTS + [partial(asks, kodaira, decider)], municipality=kodaira.pk
    )

    assert len({*answers[:CLIENTS]}) == 1, answers
    with scopes_disabled():
        assert Export.objects.count() == Job.objects.filter(kind=asking.WRITE_EXPORT).count() == 2


def test_control__without_waiting_for_each_other__there_are_two(
    kodaira: Municipality, nurse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Barrier(2, timeout=10)

    def after_both_have_looked(sheet: str) -> Any:
        table = table_of(sheet)

        def rows(export: Export) -> Any:
            looked.wait()
            return table.rows(export)

        return replace(table, rows=rows)

    monkeypatch.setattr(asking, "_one_at_a_time", lambda _: None)
    monkeypatch.setattr(asking, "table_of", after_both_have_looked)
    race([partial(asks, kodaira, nurse)] * 2, municipality=kodaira.pk)

    with scopes_disabled():
        assert Export.objects.count() == 2
