"""Each of the five: what a late cancellation means is said first, in that town's own rules, and both keep a slip."""

import datetime as dt
from dataclasses import dataclass

import pytest

from tests.conftest import Published
from tests.facilities.walking import sample_facilities
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import DESK, PHONE
from .conftest import Meet
from .steps import booking, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/facilities goes the same way over HTTP, to the second

MOTHER = "sakura@example.jp"
FIRST, LAST = dt.date(2026, 6, 10), dt.date(2026, 6, 11)


@dataclass(frozen=True)
class Late:
    """When she cancels a stay of two days from 6月10日, what the page says first, and what the button is called."""

    at: str
    says: tuple[str, ...]
    button: str


TOWNS = {
    "kodaira": Late("06-09 16:00", ("2日分を使ったことになります", "お金はかかりません"), "2日分を使ったことにして"),
    "kumagaya": Late("06-08 17:01", ("6月8日(月) 17:00", "公表されていません"), "期限を過ぎて取り消す"),
    "kawasaki": Late("06-09 12:00", ("6月9日(火) 12:00", "公表されていません"), "期限を過ぎて取り消す"),
    "zushi": Late("06-08 16:01", ("2日分を使ったことになります", "公表されていません"), "2日分を使ったことにして"),
    "okayama": Late("06-09 20:00", ("施設へお問い合わせください",), "取り消"),
}


@pytest.mark.parametrize("slug", TOWNS)
def test_late_cancel(portal: Portal, published: Published, meet: Meet, slug: str) -> None:
    late = TOWNS[slug]
    portal.move_clock_to("2026-06-01 10:00")
    town = published(slug)
    sample_facilities()
    family = booked.mother_of(town, MOTHER, born=dt.date(2026, 5, 1))
    stay = booked.an_arranged_stay if slug == "kumagaya" else booked.a_stay
    booked_stay = stay(family, FIRST, LAST)
    mother, receptionist = meet("late-mother", PHONE, town=slug), meet("late-receptionist", DESK)
    colleague = given.facility_colleague(booked_stay.facility, "uketsuke@example.jp")

    portal.move_clock_to(f"2026-{late.at}")
    signing_in.signs_in(mother, portal.mailbox, email=MOTHER, path=f"/{slug}/my/")
    booking.cancels(mother, booked_stay.number, consequence=late.says, button=late.button)
    portal.mailbox.take(MOTHER, "取り消しの控え")

    page = f"/facility/bookings/{booked_stay.number}/"
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path=page)
    receptionist.sees("取り消しの控え", "連絡を受けた", late.at.split()[1])
