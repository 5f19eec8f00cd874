"""Kinds of place joined and parted: guests, blocks and the line move over, and no room is ever given twice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.test import Client
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilities.models import Block, BlockedDay, Booking, DayCapacity, Facility, Hold, Offering, Pattern
from facilities.services.blocks import NotFree, NothingToRelease, block_days, release_block
from facilities.services.booking import DayFull, NotBookable
from facilities.services.capacity import BelowBooked, set_places
from facilities.services.holding import hold_days, release_hold
from facilities.services.integrity import check
from facilities.services.sharing import NotToBeParted, NotToBeShared, part_places, share_places
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .conftest import FRIDAY, WEDNESDAY, Book

pytestmark = [pytest.mark.django_db]

THURSDAY = dt.date(2026, 3, 12)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("share", "part", "book", "book", "cancel", "block", "close", "release", "paint")),
        st.booleans(),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    min_size=10,
    max_size=25,
)
given_steps: Callable[..., Any] = given(steps=STEPS)
REFUSED = (BelowBooked, DayFull, NotBookable, NotFree, NothingToRelease, NotToBeShared, NotToBeParted)


def test_share__guests_of_both_take_the_places_of_one(clinic: Facility, receptionist: Any, book: Book) -> None:
    stay, day = book(), book(service="day_service", first=FRIDAY, last=FRIDAY)
    with scopes_disabled():
        left = DayCapacity.objects.get(place="short_stay", day=FRIDAY).left
        Pattern.objects.create(facility=clinic, place="day_service", numbers=[1] * 8)
        share_places(clinic, "day_service", into="short_stay", by=receptionist, at=clock.now())

        assert {row.place for row in Booking.objects.filter(pk__in=[stay.pk, day.pk])} == {"short_stay"}
        assert DayCapacity.objects.get(place="short_stay", day=FRIDAY).left == left - 1
        assert not DayCapacity.objects.filter(place="day_service", day__gte=clock.today()).exists()
        assert not Pattern.objects.exists()
        assert check() == []


def test_share__is_refused_on_days_on_which_both_do_not_fit(clinic: Facility, receptionist: Any, book: Book) -> None:
    book()
    book(service="day_service", first=THURSDAY, last=THURSDAY)
    with scopes_disabled():
        set_places(clinic, {"short_stay": 1}, days=[THURSDAY], by=receptionist, at=clock.now())
        with pytest.raises(BelowBooked) as refused:
            share_places(clinic, "day_service", into="short_stay", by=receptionist, at=clock.now())

        assert [(lack.day, lack.wanted, lack.used) for lack in refused.value.shortages] == [(THURSDAY, 1, 2)]
        assert Offering.objects.filter(facility=clinic, place="day_service").exists()
        assert check() == []


def test_a_stay_under_way__moves_with_all_its_days_and_comes_back(
    clinic: Facility, receptionist: Any, book: Book, clock_at: Any
) -> None:
    stay = book()
    clock_at.move_to(dt.datetime(2026, 3, 12, 3, tzinfo=dt.UTC))
    with scopes_disabled():
        share_places(clinic, "short_stay", into="day_service", by=receptionist, at=clock.now())
        assert DayCapacity.objects.get(place="day_service", day=WEDNESDAY).used == 1
        assert DayCapacity.objects.get(place="short_stay", day=WEDNESDAY).used == 0
        assert check() == []
        offering = Offering.objects.get(facility=clinic, service="short_stay")
        part_places(clinic, [offering], places=1, by=receptionist, at=clock.now())

        assert Booking.objects.get(pk=stay.pk).place == "short_stay"
        assert DayCapacity.objects.get(place="short_stay", day=FRIDAY).left == 0
        assert check() == []


class Desk:
    """A facility that joins and parts its two kinds while callers and wards take places."""

    def __init__(self, clinic: Facility, by: Any) -> None:
        self.clinic, self.by, self.turn = clinic, by, 0

    def do(self, deed: str, first: bool, day: int, number: int) -> None:
        self.turn += 1
        service = "short_stay" if first else "day_service"
        offering = Offering.objects.select_related("facility", "contract").get(facility=self.clinic, service=service)
        try:
            with transaction.atomic():
                getattr(self, deed)(offering, WEDNESDAY + dt.timedelta(days=day), number)
        except REFUSED:
            return

    def share(self, offering: Offering, day: dt.date, number: int) -> None:
        places = Offering.objects.filter(facility=self.clinic, service__in=["short_stay", "day_service"])
        other = places.exclude(pk=offering.pk).get()
        share_places(self.clinic, offering.place, into=other.place, by=self.by, at=clock.now())

    def part(self, offering: Offering, day: dt.date, number: int) -> None:
        part_places(self.clinic, [offering], places=number, by=self.by, at=clock.now())

    def book(self, offering: Offering, day: dt.date, number: int) -> None:
        last = day + dt.timedelta(days=1 + number if offering.service == "short_stay" else 0)
        said: dict[str, Any] = {"arrival": None, "form_token": f"hold-{self.turn}", "by": self.by, "at": clock.now()}
        hold_days(offering, first_day=day, last_day=last, **said)

    def cancel(self, offering: Offering, day: dt.date, number: int) -> None:
        if hold := Hold.objects.filter(status="open").order_by("pk").first():
            release_hold(hold, by=self.by, at=clock.now())

    def block(self, offering: Offering, day: dt.date, number: int) -> None:
        self._block(offering, day, max(1, number))

    def close(self, offering: Offering, day: dt.date, number: int) -> None:
        self._block(offering, day, None)

    def release(self, offering: Offering, day: dt.date, number: int) -> None:
        if found := BlockedDay.objects.filter(released_at=None).select_related("block__facility").order_by("pk").last():
            release_block(found.block, by=self.by, at=clock.now())

    def paint(self, offering: Offering, day: dt.date, number: int) -> None:
        set_places(self.clinic, {offering.place: number}, days=[day], by=self.by, at=clock.now())

    def _block(self, offering: Offering, day: dt.date, number: int | None) -> None:
        said: dict[str, Any] = {"why": Block.Why.OTHER, "note": "", "form_token": f"block-{self.turn}"}
        block_days(self.clinic, {offering.place: number}, days=[day], **said, by=self.by, at=clock.now())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_steps
def test_counters__equal_a_recount_after_any_deeds(
    clinic: Facility, receptionist: Any, steps: list[tuple[str, bool, int, int]]
) -> None:
    with scopes_disabled(), transaction.atomic(), tenant(facility=clinic.pk):
        desk = Desk(clinic, receptionist)
        for step in steps:
            desk.do(*step)
        wrong = [str(found) for found in check() if found.what == "day"]
        whole = BlockedDay.objects.filter(whole=True, released_at=None)
        open_though_closed = [
            row for row in whole if DayCapacity.objects.filter(place=row.place, day=row.day, used__lt=F("limit"))
        ]
        transaction.set_rollback(True)
    assert wrong == []
    assert open_though_closed == []


def test_page__shows_what_it_means_before_it_is_done(
    desk: Client, clinic: Facility, receptionist: Any, book: Book
) -> None:
    book()
    book(service="day_service", first=THURSDAY, last=THURSDAY)
    assert "同じ部屋を使うサービス" in desk.get("/facility/capacity/rules/").content.decode()
    asked = {"kind": "day_service", "into": "short_stay"}
    shown = desk.get("/facility/capacity/rules/rooms/", asked)
    assert "まだ何も変えていません" in shown.content.decode()

    done = desk.post("/facility/capacity/rules/rooms/", asked, follow=True)
    assert "同じ部屋を使います" in done.content.decode()
    with scopes_disabled():
        offering = Offering.objects.get(facility=clinic, service="day_service")
        assert offering.place == "short_stay"
    room = "/facility/capacity/rules/rooms/short_stay/"
    few = desk.post(room, {"services": [offering.pk], "places": "0"})
    assert "3月12日" in few.content.decode()
    desk.post(room, {"services": [offering.pk], "places": "1"})
    with scopes_disabled():
        assert Offering.objects.get(pk=offering.pk).place == "day_service"
        assert check() == []
