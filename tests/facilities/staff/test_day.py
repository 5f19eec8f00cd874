"""The day's sheet, arrivals and those who did not come."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from applications.models import HouseholdClass
from eligibility.public import ProgrammeVersion
from facilities.models import Booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests.facilities.shown import shown_on
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book
from tests.plugins.rights import as_owner

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 3, 11, 9, 30, tzinfo=clock.TOKYO)

Stand = Callable[[Booking], Booking]


def numbers(answer: Any) -> dict[str, Any]:
    sheet = answer.context["sheet"]
    return {
        "arriving": sheet.arriving,
        "arrivals": [card.name for card in sheet.arrivals],
        "staying": [card.name for card in sheet.staying],
        "ending": [card.name for card in sheet.ending],
        "to_collect": sheet.to_collect,
    }


def test_sheet__tells_who_comes_who_stays_and_what_to_collect(desk: Client, book: Book, clock_at: Any) -> None:
    book(name="宿泊 さん")
    book(name="日帰り さん", service="day_service", last=WEDNESDAY)
    book(name="金曜 さん", service="day_service", first=FRIDAY, last=FRIDAY)
    clock_at.move_to(MORNING)

    answer = desk.get("/facility/")

    assert numbers(answer) == {
        "arriving": 2,
        "arrivals": ["宿泊 さん", "日帰り さん"],
        "staying": [],
        "ending": [],
        "to_collect": 12_000,
    }
    html = answer.content.decode()
    assert "5,000円 × 2泊" in html
    assert "1か月24日" in html


def test_sheet__counts_what_is_still_to_be_had_from_her_who_leaves(desk: Client, book: Book, clock_at: Any) -> None:
    booking = book(name="宿泊 さん")
    book(name="金曜 さん", service="day_service", first=FRIDAY, last=FRIDAY)
    clock_at.move_to(MORNING)
    desk.post(f"/facility/bookings/{booking.number}/arrived/")
    clock_at.move_to(MORNING + dt.timedelta(days=2))
    assert numbers(desk.get("/facility/"))["to_collect"] == 12_000
    assert numbers(desk.get("/facility/days/2026-03-12/"))["to_collect"] == 0

    desk.post(f"/facility/bookings/{booking.number}/pay/", {"use": "10000", "token": "a" * 20})

    assert numbers(desk.get("/facility/"))["to_collect"] == 2_000


def test_sheet__says_how_many_places_are_left(desk: Client, book: Book, clock_at: Any) -> None:
    book()
    clock_at.move_to(MORNING)

    places = desk.get("/facility/").context["places"]

    assert [(item.kind.label, item.left, item.kind.unit) for item in places] == [("宿泊", 1, "室"), ("日帰り", 2, "組")]


def test_arrived__moves_her_to_those_who_stay_and_names_the_amount(
    desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    booking = book(name="宿泊 さん")
    clock_at.move_to(MORNING)

    answer = desk.post(f"/facility/bookings/{booking.number}/arrived/", follow=True)

    assert stand(booking).status == Booking.Status.ATTENDED
    assert numbers(answer)["staying"] == ["宿泊 さん"]
    assert "受け取る額は 10,000円です。" in answer.content.decode()


def test_arrived__with_another_class_since_she_booked__names_the_amount_of_this_day(
    desk: Client, book: Book, clock_at: Any
) -> None:
    booking = book()
    clock_at.move_to(MORNING)
    with scopes_disabled():
        HouseholdClass.objects.create(
            household=booking.entitlement.birth.household,
            municipality=booking.municipality,
            code="tax_exempt",
            proof="tax_exemption_certificate",
            starts_on=WEDNESDAY,
        )

    answer = desk.post(f"/facility/bookings/{booking.number}/arrived/", follow=True)

    assert "受け取る額は 0円です。" in answer.content.decode()


def test_arrived__twice__says_that_it_stands_already(desk: Client, book: Book, clock_at: Any, stand: Stand) -> None:
    booking = book()
    clock_at.move_to(MORNING)
    desk.post(f"/facility/bookings/{booking.number}/arrived/")

    answer = desk.post(f"/facility/bookings/{booking.number}/arrived/", follow=True)

    assert "もう記録ずみか" in answer.content.decode()
    assert stand(booking).status == Booking.Status.ATTENDED


@pytest.mark.parametrize("deed", ["arrived", "absent"])
def test_recording__before_the_day__changes_nothing(deed: str, desk: Client, book: Book, stand: Stand) -> None:
    booking = book()

    answer = desk.post(f"/facility/bookings/{booking.number}/{deed}/", follow=True)

    assert "まだその日になっていない" in answer.content.decode()
    assert stand(booking).status == Booking.Status.CONFIRMED


def test_sheet__of_the_last_day__shows_who_leaves(desk: Client, book: Book, clock_at: Any) -> None:
    booking = book(name="宿泊 さん")
    clock_at.move_to(MORNING)
    desk.post(f"/facility/bookings/{booking.number}/arrived/")

    assert numbers(desk.get("/facility/days/2026-03-13/"))["ending"] == ["宿泊 さん"]
    assert "次は" in desk.get("/facility/").content.decode()


def test_sheet__of_a_day_to_come__shows_stays_as_if_they_had_begun(desk: Client, book: Book) -> None:
    book(name="宿泊 さん")

    answer = desk.get("/facility/days/2026-03-12/")

    assert numbers(answer)["staying"] == ["宿泊 さん"]
    assert "到着した" not in answer.content.decode()


def test_sheet__of_the_second_day__still_waits_for_who_was_not_recorded(
    desk: Client, book: Book, clock_at: Any
) -> None:
    book(name="宿泊 さん")
    clock_at.move_to(MORNING + dt.timedelta(days=1))

    assert numbers(desk.get("/facility/"))["arrivals"] == ["宿泊 さん"]


def test_sheet__of_today__asks_for_records_that_are_missing(desk: Client, book: Book, clock_at: Any) -> None:
    booking = book()
    clock_at.move_to(MORNING + dt.timedelta(days=7))

    assert "記録がまだの人" in desk.get("/facility/").content.decode()
    desk.post(f"/facility/bookings/{booking.number}/arrived/")
    assert "記録がまだの人" not in desk.get("/facility/").content.decode()


def test_sheet__without_anybody__says_so(desk: Client) -> None:
    html = desk.get("/facility/").content.decode()

    assert "到着する方はいません。" in html
    assert "泊まる方はいません。" in html


def test_absent__shows_the_consequence_before_it_records(desk: Client, book: Book, clock_at: Any, stand: Stand) -> None:
    booking = book()
    clock_at.move_to(MORNING + dt.timedelta(hours=1))

    page = desk.get(f"/facility/bookings/{booking.number}/absent/").content.decode()
    assert "連絡なく来ないと、3日分を使ったことになります" in page
    assert "お金はかかりません。" in page
    assert stand(booking).status == Booking.Status.CONFIRMED

    answer = desk.post(f"/facility/bookings/{booking.number}/absent/", {"shown": shown_on(page)}, follow=True)
    assert stand(booking).status == Booking.Status.NO_SHOW
    assert "来所なしの記録" in answer.content.decode()


@pytest.mark.parametrize(("hour", "warned"), [(9, True), (11, False)])
def test_absent__before_the_hour_of_arrival__asks_to_wait(
    hour: int, warned: bool, desk: Client, book: Book, clock_at: Any
) -> None:
    booking = book()
    clock_at.move_to(dt.datetime(2026, 3, 11, hour, tzinfo=clock.TOKYO))

    page = desk.get(f"/facility/bookings/{booking.number}/absent/").content.decode()

    assert ("到着の時刻は、まだです。" in page) is warned


def test_sheet__seen_again_and_again__is_noted_once_a_day(
    desk: Client, book: Book, receptionist: Any, clock_at: Any
) -> None:
    booking = book()
    clock_at.move_to(MORNING)
    desk.get("/facility/")
    desk.get("/facility/")
    clock_at.move_to(MORNING + dt.timedelta(days=1))
    desk.get("/facility/")

    seen = Event.objects.filter(verb="booking.read", subject_id=booking.pk)
    assert [event.actor_id for event in seen] == [receptionist.pk] * 2


def test_sheet__of_a_day_before_the_programme_began__is_an_empty_one(desk: Client) -> None:
    ProgrammeVersion.objects.update(effective_from=dt.date(2026, 3, 1))

    assert desk.get("/facility/days/2026-02-10/").status_code == 200


def test_sheet__costs_the_same_number_of_queries_for_many_guests(desk: Client, book: Book, clock_at: Any) -> None:
    clock_at.move_to(f"{WEDNESDAY}T09:00:00+09:00")
    counts = []
    for _ in range(2):
        book(first=WEDNESDAY, last=WEDNESDAY, service="day_service")
        with as_owner():
            Event._base_manager.filter(verb="booking.read").delete()  # each guest is noted anew
        with CaptureQueriesContext(connection) as queries:
            desk.get("/facility/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
