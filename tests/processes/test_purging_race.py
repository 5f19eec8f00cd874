"""D3: two workers at one time erase each record once. The control must fail."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from applications.models import Erasure
from eligibility.engine import Record
from eligibility.public import Municipality
from facilities.services import purging
from postpartum_portal.shared import clock
from tests.erasing.a_life import a_life
from tests.processes.racing import race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
LATER = dt.datetime(2033, 4, 1, 3, tzinfo=clock.TOKYO)


def erased_by_two(kodaira: Municipality, clinic: Any) -> tuple[list[Any], Counter[str]]:
    kodaira.retention = dict.fromkeys(Record, 1)
    kodaira.save()
    a_life(kodaira, clinic)
    answers = race([lambda: purging.purge(kodaira, at=LATER)] * 2, municipality=kodaira.pk)
    with scopes_disabled():
        return answers, Counter(Erasure.objects.values_list("record", flat=True))


def test_two_workers__erase_each_record_once(kodaira: Municipality, clinic: Any, media: Path) -> None:
    answers, marks = erased_by_two(kodaira, clinic)
    assert answers == [True, True]
    assert set(marks.values()) == {1}
    assert len(marks) == len(Record)  # all but the refusal, and the month
    with scopes_disabled():
        assert not Erasure.objects.filter(done_at=None).exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__without_looking_for_the_mark__some_are_erased_twice(
    kodaira: Municipality, clinic: Any, media: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(purging, "_done", lambda _mark: False)
    _, marks = erased_by_two(kodaira, clinic)
    assert max(marks.values()) > 1
