"""Places out of use: taken on the counters of bookings, given back, and never shown to parents with a reason."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_scopes import scopes_disabled

from facilities.models import Block, BlockedDay, DayCapacity, Facility
from facilities.services.blocks import NotFree, NothingToRelease, NotToBeBlocked, block_days, release_block, take_back
from facilities.services.capacity import BelowBooked, set_places
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

THURSDAY = dt.date(2026, 3, 12)
MARCH = "/facility/capacity/2026-03/"
NEW = "/facility/capacity/blocks/new/"


def block_as(by: Any, facility: Facility, wanted: dict[str, int | None], *days: dt.date, form: str = "f") -> Block:
    with tenant(facility=facility.pk):
        found = block_days(
            facility,
            wanted,
            days=days,
            why=Block.Why.CLOSED if None in wanted.values() else Block.Why.WARD,
            note="",
            form_token=form,
            by=by,
            at=clock.now(),
        )
    return found[0]


def counter(day: dt.date, place: str = "short_stay") -> tuple[int, int]:
    """Used and limit."""
    with scopes_disabled():
        row = DayCapacity.objects.get(place=place, day=day)
        assert [found for found in check() if found.what == "day"] == []
    return row.used, row.limit


def test_block__takes_its_places_on_each_day_and_writes_down_why(receptionist: Any, clinic: Facility) -> None:
    block = block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY, FRIDAY)

    assert [counter(day) for day in (WEDNESDAY, THURSDAY, FRIDAY)] == [(1, 2), (0, 2), (1, 2)]
    event = Event.objects.get(verb="block.made")
    assert (event.subject_id, event.actor_id, event.facility_id) == (block.pk, receptionist.pk, clinic.pk)
    assert event.data == {"place": "short_stay", "why": "ward", "days": ["2026-03-11", "2026-03-13"]}


def test_block__sent_twice__is_one(receptionist: Any, clinic: Facility) -> None:
    block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY)
    block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY)

    assert counter(WEDNESDAY) == (1, 2)


def test_block__of_what_is_booked__names_the_day_and_takes_nothing(
    receptionist: Any, clinic: Facility, book: Book
) -> None:
    book()

    with pytest.raises(NotFree) as refusal:
        block_as(receptionist, clinic, {"short_stay": 2, "day_service": 1}, FRIDAY, dt.date(2026, 3, 16))

    (lack,) = refusal.value.lacks
    assert (lack.place, lack.day, lack.booked, lack.limit) == ("short_stay", FRIDAY, 1, 2)
    assert counter(FRIDAY) == (1, 2)
    assert counter(FRIDAY, "day_service") == (0, 2)


def test_closing__takes_all_places_and_grows_and_shrinks_with_their_number(receptionist: Any, clinic: Facility) -> None:
    block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY, form="ward")
    closing = block_as(receptionist, clinic, {"short_stay": None}, WEDNESDAY)
    found = []
    for number in (5, 1):
        with tenant(facility=clinic.pk):
            set_places(clinic, {"short_stay": number}, days=[WEDNESDAY], by=receptionist, at=clock.now())
        found.append(counter(WEDNESDAY))
    assert found == [(5, 5), (1, 1)]

    with tenant(facility=clinic.pk):
        set_places(clinic, {"short_stay": 3}, days=[WEDNESDAY], by=receptionist, at=clock.now())
        release_block(closing, by=receptionist, at=clock.now())
    assert counter(WEDNESDAY) == (1, 3)


def test_day_that_is_closed__keeps_what_another_block_gives_back(receptionist: Any, clinic: Facility) -> None:
    ward = block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY, form="ward")
    block_as(receptionist, clinic, {"short_stay": None}, WEDNESDAY)

    with tenant(facility=clinic.pk):
        release_block(ward, by=receptionist, at=clock.now())

    assert counter(WEDNESDAY) == (2, 2)


def test_day_that_is_closed_twice__follows_its_number_whichever_closing_holds_it(
    receptionist: Any, clinic: Facility
) -> None:
    first = block_as(receptionist, clinic, {"short_stay": None}, WEDNESDAY)
    block_as(receptionist, clinic, {"short_stay": None}, WEDNESDAY, form="second")

    with tenant(facility=clinic.pk):
        release_block(first, by=receptionist, at=clock.now())
        take_back(first, WEDNESDAY, by=receptionist, at=clock.now())
        set_places(clinic, {"short_stay": 0}, days=[WEDNESDAY], by=receptionist, at=clock.now())

    assert counter(WEDNESDAY) == (0, 0)


def test_closing__of_a_day_with_a_booking__is_refused(receptionist: Any, clinic: Facility, book: Book) -> None:
    book()

    with pytest.raises(NotFree):
        block_as(receptionist, clinic, {"short_stay": None}, WEDNESDAY)


def test_lowering__below_what_is_blocked__is_refused_with_how_many(receptionist: Any, clinic: Facility) -> None:
    block_as(receptionist, clinic, {"short_stay": 2}, WEDNESDAY)

    with tenant(facility=clinic.pk), pytest.raises(BelowBooked) as refusal:
        set_places(clinic, {"short_stay": 1}, days=[WEDNESDAY], by=receptionist, at=clock.now())

    assert [(item.used, item.blocked) for item in refusal.value.shortages] == [(2, 2)]


def test_release__gives_back_some_days_or_all_and_only_once(receptionist: Any, clinic: Facility) -> None:
    block = block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY, THURSDAY, FRIDAY)

    with tenant(facility=clinic.pk):
        assert release_block(block, days=[FRIDAY], by=receptionist, at=clock.now()) == 1
        assert [counter(day) for day in (WEDNESDAY, FRIDAY)] == [(1, 2), (0, 2)]
        assert release_block(block, by=receptionist, at=clock.now()) == 2
        with pytest.raises(NothingToRelease):
            release_block(block, by=receptionist, at=clock.now())
    assert counter(WEDNESDAY) == (0, 2)


def test_take_back__is_possible_while_the_day_is_free(receptionist: Any, clinic: Facility, book: Book) -> None:
    block = block_as(receptionist, clinic, {"short_stay": 2}, WEDNESDAY, dt.date(2026, 3, 20))
    with tenant(facility=clinic.pk):
        release_block(block, by=receptionist, at=clock.now())
    book()

    with tenant(facility=clinic.pk):
        take_back(block, dt.date(2026, 3, 20), by=receptionist, at=clock.now())
        with pytest.raises(NotFree):
            take_back(block, WEDNESDAY, by=receptionist, at=clock.now())

    assert [counter(WEDNESDAY), counter(dt.date(2026, 3, 20))] == [(1, 2), (2, 2)]


def test_block__by_somebody_else_or_in_the_past_or_without_places__is_none(receptionist: Any, clinic: Facility) -> None:
    with pytest.raises(PermissionDenied):
        block_as(factories.UserFactory(), clinic, {"short_stay": 1}, WEDNESDAY)
    with pytest.raises(NotToBeBlocked):
        block_as(receptionist, clinic, {"short_stay": 1}, dt.date(2026, 3, 4))
    clinic.keeps_capacity = False
    with pytest.raises(NotToBeBlocked):
        block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY)


def test_page__takes_ticked_days_to_the_form_and_shows_them_in_the_month(desk: Client, clinic: Facility) -> None:
    to_form = desk.post(MARCH, {"d": ["2026-03-11"], "w": ["7"], "block": "1"})
    assert to_form["Location"] == f"{NEW}?days=2026-03-11,2026-03-20"  # 春分の日
    form = desk.get(to_form["Location"]).context["form"]

    sent = {"days_ticked": form["days_ticked"].value(), "place": "all", "why": "closed", "note": "改修工事"}
    answer = desk.post(NEW, {**sent, "token": form["token"].value()}, follow=True)

    assert "使わない枠にしました。" in answer.content.decode()
    shown = {cell.day.day: cell for week in desk.get(MARCH).context["page"].weeks for cell in week if cell}
    assert (shown[11].word, shown[20].word, shown[20].holiday) == ("休業", "休業", "春分の日")
    assert "改修工事" in desk.get("/facility/capacity/blocks/").content.decode()


def test_page__refuses_with_who_is_booked_and_offers_the_other_days(desk: Client, book: Book) -> None:
    book(name="小林 結衣")
    span = {
        f"{end}_day_{part}": value for end in ("first", "last") for part, value in (("year", "2026"), ("month", "3"))
    }
    sent = {**span, "first_day_day": "11", "last_day_day": "15", "place": "short_stay", "number": "2", "why": "ward"}

    html = desk.post(NEW, {**sent, "token": "x" * 22}).content.decode()

    assert "3月11日(水)の宿泊は、2室取れません。</b>2室のうち、1室に予約があります。取れるのは1室です。" in html
    assert "小林 結衣 様" in html
    assert "11日・12日・13日をのぞいて" in html
    desk.post(NEW, {**sent, "token": "x" * 22, "without": "2026-03-11,2026-03-12,2026-03-13"})
    with scopes_disabled():
        assert [row.day.day for row in BlockedDay.objects.all()] == [14, 15]


def test_page__releases_a_day_and_takes_it_back(desk: Client, receptionist: Any, clinic: Facility) -> None:
    block = block_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY, FRIDAY)
    page = f"/facility/capacity/blocks/{block.pk}/"

    assert "1日を空けました。" in desk.post(f"{page}release/", {"since": "2026-03-12"}, follow=True).content.decode()
    assert counter(FRIDAY) == (0, 2)
    assert "もう一度取りました。" in desk.post(f"{page}keep/", {"day": "2026-03-13"}, follow=True).content.decode()
    assert counter(FRIDAY) == (1, 2)


def test_block_of_another_facility__is_no_page(desk: Client, kodaira: Any) -> None:
    neighbour = Facility.objects.get(name__contains="中野")
    factories.open_places(neighbour, limit=3)
    worker = factories.StaffMembershipFactory(facility=neighbour).user
    block = block_as(worker, neighbour, {"short_stay": 1}, WEDNESDAY)

    assert desk.get(f"/facility/capacity/blocks/{block.pk}/").status_code == 404
    assert desk.post(f"/facility/capacity/blocks/{block.pk}/release/").status_code == 404
