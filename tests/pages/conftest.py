"""みほん市, whose rules came as two files, and a mother there."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from eligibility.public import Municipality
from tests.eligibility.sixth import FOLDER
from tests.facilities.walking import Family, family

TODAY = "2026-04-13T10:00:00+09:00"
BORN = {"born_on": dt.date(2026, 2, 10), "due_date": dt.date(2026, 2, 10)}


@pytest.fixture
def mihon(clock_at: Any) -> Municipality:
    clock_at.move_to(TODAY)
    call_command("load_programmes", FOLDER, verbosity=0)
    return Municipality.objects.get(slug="mihon")


@pytest.fixture
def household(mihon: Municipality) -> Family:
    """Everything granted, in the class that pays all."""
    return family(mihon, **BORN)
