"""K11 and K14 on every way to a visit: no year-end, no vaccination day, and no longer than the programme allows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Offering, Preparation, Sounding, Wish
from facilities.selectors.moving import moving_of
from facilities.selectors.soundings import with_wish
from facilities.services.answering import confirm
from facilities.services.arranging import arrange_sounded
from facilities.services.arranging_visits import VisitRefused, arrange_visits
from facilities.services.booking import NotBookable
from facilities.services.sounding import accept, sound_out
from facilities.services.wishing import WishRefused
from postpartum_portal.shared import clock
from tests import factories
from tests.facilities.arranging import arranged, midwives, prepared, supporters, wished

pytestmark = pytest.mark.django_db

FREE_DAY, VACCINATION, ORDINARY, YEAR_END = (dt.date(2026, 12, day) for day in (21, 22, 23, 30))
TEN = dt.time(10)
Way = Callable[..., list[str]]


@pytest.fixture
def in_december(clock_at: Any) -> None:
    clock_at.move_to("2026-12-14T10:00:00+09:00")


@pytest.fixture
def family(in_december: None, kodaira: Municipality, mother: Any, _in_kodaira: None) -> Entitlement:
    """A child of three months in the last days of the year."""
    return factories.EntitlementFactory(
        municipality=kodaira,
        birth__household__citizen=mother,
        birth__born_on=dt.date(2026, 9, 10),
        birth__due_date=dt.date(2026, 9, 10),
    )


def a_wish(family: Entitlement, day: dt.date = FREE_DAY, service: str = "midwife_visit") -> Wish:
    return wished(family, service=service, first_days=[day], vaccination_days=[VACCINATION])


def by_her_wish(family: Entitlement, day: dt.date, hours: int, nurse: Any) -> None:
    a_wish(family, day)


def by_the_centre(family: Entitlement, day: dt.date, hours: int, nurse: Any) -> None:
    midwife = midwives(family.municipality)
    arranged(a_wish(family), midwife, by=nurse, first_day=day, arrival=TEN, hours=Decimal(hours))


def by_sounding(family: Entitlement, day: dt.date, hours: int, nurse: Any) -> None:
    _asked(family, midwives(family.municipality), day, hours, nurse)


def by_a_yes_for_another_day(family: Entitlement, day: dt.date, hours: int, nurse: Any) -> None:
    midwife = midwives(family.municipality)
    worker = factories.StaffMembershipFactory(facility=midwife.facility).user
    sounding = _asked(family, midwife, FREE_DAY, hours, nurse)
    accept(sounding, day=day, hour=TEN, words="", by=worker, at=clock.now())
    arrange_sounded(sounding, midwife, by=nurse, at=clock.now())


def by_the_visit_before(family: Entitlement, day: dt.date, hours: int, nurse: Any) -> None:
    supporter = supporters(family.municipality)
    row = prepared(a_wish(family, service="supporter_visit"), supporter, by=nurse)
    assert isinstance(row, Preparation)
    asked: dict[str, Any] = {"hours": Decimal(hours), "note": "", "form_token": "visits", "by": nurse}
    arrange_visits(row, supporter, visits=[(day, TEN)], at=clock.now(), **asked)


def by_a_move(family: Entitlement, day: dt.date, hours: int, nurse: Any) -> None:
    """What moving an arranged visit would mean: of its length too."""
    midwife = midwives(family.municipality)
    worker = factories.StaffMembershipFactory(facility=midwife.facility).user
    booking = confirm(arranged(a_wish(family), midwife, by=nurse, first_day=FREE_DAY), by=worker, at=clock.now())
    booking.hours = Decimal(hours)
    moving = moving_of(booking, midwife)
    moved = replace(moving.rules.use, first_day=day, last_day=day, start_time=TEN)
    shift = moving.shift(moved, clock.now(), on=clock.today())
    if shift.refusals:
        raise NotBookable(shift.refusals)


WAYS = [by_her_wish, by_the_centre, by_sounding, by_a_yes_for_another_day, by_the_visit_before, by_a_move]


ASKED = [
    (YEAR_END, 2, "closed_season"),  # K11
    (VACCINATION, 2, "vaccination_day"),  # K14
    (ORDINARY, 3, "duration"),  # two hours for one child
    (ORDINARY, 2, ""),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_visit__by_every_way__keeps_to_the_days_and_the_length(way: Way, family: Entitlement, nurse: Any) -> None:
    asked = [item for item in ASKED if way is not by_her_wish or item[2] != "duration"]  # a wish says no length

    assert [_refused(way, family, day, hours, nurse) for day, hours, _code in asked] == [
        [code] if code else [] for _day, _hours, code in asked
    ]


def _asked(family: Entitlement, midwife: Offering, day: dt.date, hours: int, nurse: Any) -> Sounding:
    """From 10:00 on."""
    said: dict[str, Any] = {"first_days": [day], "days": 1, "arrival": TEN, "hours": Decimal(hours), "note": ""}
    answer_by = dt.datetime(2026, 12, 18, 17, tzinfo=clock.TOKYO)
    terms: dict[str, Any] = {"siblings": False, "answer_by": answer_by, "form_token": "sound"}
    (row,) = sound_out(a_wish(family), [midwife], **said, **terms, by=nurse, at=clock.now())
    return with_wish(Sounding.objects.filter(pk=row.pk)).get()


def _refused(way: Way, family: Entitlement, day: dt.date, hours: int, nurse: Any) -> list[str]:
    """The codes of what speaks against it; whatever was written is taken back."""
    codes = []
    with transaction.atomic():
        try:
            way(family, day, hours, nurse)
        except (NotBookable, WishRefused, VisitRefused) as refused:
            codes = [finding.code for finding in refused.findings]
        transaction.set_rollback(True)
    return codes
