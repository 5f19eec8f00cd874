"""The month of places: what it shows, what it sets, what it refuses and offers instead."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from facilities.models import Booking, DayCapacity, Facility
from facilities.services.integrity import check
from facilities.views.staff.month_page import Cell
from tests import factories
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book

pytestmark = pytest.mark.django_db

MARCH = "/facility/capacity/2026-03/"
APRIL = "/facility/capacity/2026-04/"

Limits = Callable[..., dict[str, tuple[int, int]]]


@pytest.fixture
def limits(clinic: Facility) -> Limits:
    """Day → places for stays and for days."""

    def read(*days: str) -> dict[str, tuple[int, int]]:
        with scopes_disabled():
            rows = DayCapacity.objects.filter(facility=clinic, day__in=days)
            found = {(row.day.isoformat(), row.place): row.limit for row in rows}
        return {day: (found[day, "short_stay"], found[day, "day_service"]) for day in days}

    return read


@pytest.fixture
def unset(clinic: Facility) -> Facility:
    """The clinic before it has ever set a place."""
    with scopes_disabled():
        DayCapacity.objects.all().delete()
    clinic.keeps_capacity = False
    clinic.save(update_fields=["keeps_capacity"])
    return clinic


def cells(answer: Any) -> dict[int, Cell]:
    return {cell.day.day: cell for week in answer.context["page"].weeks for cell in week if cell}


def test_month__shows_booked_and_free_places(desk: Client, book: Book) -> None:
    book()

    shown = cells(desk.get(MARCH))

    assert shown[11].spoken == "3月11日(水) 宿泊 2室のうち1が予約ずみ、日帰り 2組のうち0が予約ずみ"
    assert [(len(tally.booked), len(tally.free), tally.left) for tally in shown[11].tallies] == [
        (1, 1, "1"),
        (0, 2, "2"),
    ]
    assert not shown[4].may_set
    assert shown[5].may_set


def test_month__leads_to_its_neighbours(desk: Client) -> None:
    html = desk.get("/facility/capacity/").content.decode()

    assert 'href="/facility/capacity/2026-02/"' in html
    assert f'href="{APRIL}"' in html


def test_month__that_has_passed__can_only_be_looked_at(desk: Client) -> None:
    html = desk.get("/facility/capacity/2026-02/").content.decode()

    assert "過ぎた月です" in html
    assert 'name="d"' not in html


def test_places__are_set_for_ticked_days_and_weekdays(desk: Client, limits: Limits) -> None:
    form = {"d": ["2026-04-03"], "w": ["1"], "place_short_stay": "３室", "place_day_service": ""}

    answer = desk.post(APRIL, form, follow=True)

    assert "5日に反映しました。" in answer.content.decode()
    assert limits("2026-04-03", "2026-04-07", "2026-04-28", "2026-04-08") == {
        "2026-04-03": (3, 2),
        "2026-04-07": (3, 2),
        "2026-04-28": (3, 2),
        "2026-04-08": (2, 2),
    }


def test_places__of_a_weekday__leave_days_that_have_passed(desk: Client, limits: Limits) -> None:
    desk.post(MARCH, {"w": ["2"], "place_short_stay": "1"})

    with scopes_disabled():
        assert not DayCapacity.objects.filter(day=dt.date(2026, 3, 4)).exists()
    assert limits("2026-03-11") == {"2026-03-11": (1, 2)}


def test_day__is_closed_for_all_kinds(desk: Client, limits: Limits) -> None:
    desk.post(APRIL, {"d": ["2026-04-29"], "closed": "on"})

    assert limits("2026-04-29") == {"2026-04-29": (0, 0)}
    assert cells(desk.get(APRIL))[29].word == "休み"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"place_short_stay": "1"}, "日を選んでください。"),
        ({"d": ["2026-04-03"]}, "数を入力するか、休みにしてください。"),
        ({"d": ["2026-04-03"], "place_short_stay": "100"}, "0から99までの数字で入力してください。"),
        ({"d": ["2026-05-03"], "place_short_stay": "1"}, "日を選び直してください。"),
    ],
)
def test_places__that_cannot_be_set__say_what_to_do(
    form: dict[str, Any], sentence: str, desk: Client, limits: Limits
) -> None:
    assert sentence in desk.post(APRIL, form).content.decode()
    assert limits("2026-04-03") == {"2026-04-03": (2, 2)}


def test_places__below_what_is_booked__name_who_is_affected_and_change_nothing(
    desk: Client, book: Book, limits: Limits
) -> None:
    book(name="小林 結衣")
    book(name="鈴木 里奈", first=FRIDAY, last=FRIDAY + dt.timedelta(days=1))

    answer = desk.post(MARCH, {"d": ["2026-03-13", "2026-03-20"], "place_short_stay": "1"})

    html = answer.content.decode()
    assert "3月13日(金)の宿泊は、1室に減らせません。</b>2室に予約があります。" in html
    assert "小林 結衣 様" in html
    assert "鈴木 里奈 様" in html
    assert "13日は2室より減らせません。" in html
    assert "13日をのぞいて" in html
    assert 'name="without" value="2026-03-13"' in html
    assert cells(answer)[13].refused
    assert limits("2026-03-13", "2026-03-20") == {"2026-03-13": (2, 2), "2026-03-20": (2, 2)}


def test_places__without_the_refused_day__are_set_for_the_others(desk: Client, book: Book, limits: Limits) -> None:
    book()
    form = {"d": ["2026-03-13", "2026-03-20"], "place_short_stay": "0", "without": "2026-03-13"}

    desk.post(MARCH, form)

    assert limits("2026-03-13", "2026-03-20") == {"2026-03-13": (2, 2), "2026-03-20": (0, 2)}


def test_closing__the_only_ticked_day_with_a_booking__offers_no_rest(desk: Client, book: Book) -> None:
    book(service="day_service", last=WEDNESDAY)

    html = desk.post(MARCH, {"d": ["2026-03-11"], "closed": "on"}).content.decode()

    assert "3月11日(水)の日帰りは、休みにできません。" in html
    assert "をのぞいて" not in html


def test_first_setting__makes_the_facility_keep_places_and_counts_earlier_bookings(
    desk: Client, unset: Facility, book: Book, limits: Limits
) -> None:
    book()
    assert "空きは、まだ設定していません。" in desk.get(MARCH).content.decode()
    assert [tally.figures for tally in cells(desk.get(MARCH))[11].tallies] == ["1件"]

    desk.post(MARCH, {"d": ["2026-03-11"], "place_short_stay": "3", "place_day_service": "0"})

    unset.refresh_from_db()
    assert unset.keeps_capacity
    with scopes_disabled():
        days = DayCapacity.objects.filter(place="short_stay").values_list("day", "used", "limit")
        assert [(day.day, used, limit) for day, used, limit in days] == [(11, 1, 3), (12, 1, 1), (13, 1, 1)]
        assert check() == []


def test_first_setting__needs_every_number(desk: Client, unset: Facility) -> None:
    html = desk.post(MARCH, {"d": ["2026-03-11"], "place_short_stay": "3"}).content.decode()

    assert "はじめての設定では、すべての数を入力してください。" in html


def test_first_setting__below_earlier_bookings__is_refused_and_leaves_everything(
    desk: Client, unset: Facility, book: Book
) -> None:
    booking = book()

    html = desk.post(MARCH, {"d": ["2026-03-11"], "closed": "on"}).content.decode()

    assert "休みにできません。" in html
    with scopes_disabled():
        assert Booking.objects.get(pk=booking.pk).place == ""
        assert not DayCapacity.objects.exists()
    unset.refresh_from_db()
    assert not unset.keeps_capacity


def test_month__of_who_only_visits__has_nothing_to_set(client: Client, kodaira: Any) -> None:
    kirara = Facility.objects.get(name__contains="きらら")
    client.force_login(factories.StaffMembershipFactory(facility=kirara).user)

    assert "空きを設定するサービスはありません。" in client.get("/facility/capacity/").content.decode()


def test_more_places_than_a_cell_can_draw__are_told_in_figures(desk: Client, book: Book, clinic: Facility) -> None:
    with scopes_disabled():
        DayCapacity.objects.filter(place="short_stay").update(limit=12)
    book()

    assert cells(desk.get(MARCH))[11].tallies[0].figures == "1/12"
