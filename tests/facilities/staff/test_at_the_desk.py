"""Whoever stands at the desk: found, checked in, taken back, paid and given a receipt."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from applications.models import Pool
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Move, Offering, Payment
from facilities.services.integrity import check
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.moves import move_to
from tests.facilities.shown import shown_on
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 3, 11, 10, 5, tzinfo=clock.TOKYO)
Stand = Callable[[Booking], Booking]


@pytest.fixture
def arrived(desk: Client, book: Book, clock_at: Any) -> Booking:
    booking = book(name="髙橋 美咲", kana="たかはし みさき", phone="090-1234-5678")
    book(name="別の 人", kana="べつの ひと", phone="080-0000-0000", service="day_service", last=WEDNESDAY)
    clock_at.move_to(MORNING)
    desk.post(f"/facility/bookings/{booking.number}/arrived/")
    return booking


@pytest.mark.parametrize("who", ["高橋", "タカハシ", "ﾀｶﾊｼ", "５６７８", "number"])
def test_find__opens_her_booking_by_what_is_heard_or_shown(desk: Client, arrived: Booking, who: str) -> None:
    said = arrived.number[-9:] if who == "number" else who

    answer = desk.post("/facility/find/", {"who": said})

    assert answer.headers["Location"] == f"/facility/bookings/{arrived.number}/"


def test_find__tells_nothing_of_another_facility(arrived: Booking, client: Client) -> None:
    neighbour = Facility.objects.get(name__contains="中野")
    client.force_login(factories.StaffMembershipFactory(facility=neighbour).user)

    assert not client.post("/facility/find/", {"who": "高橋"}).context["cards"]


def test_qr__of_her_page__leads_to_the_check_in_of_a_signed_in_desk_alone(
    desk: Client, book: Book, clock_at: Any, kodaira: Municipality
) -> None:
    booking, hers, stranger = book(), Client(), Client()
    hers.force_login(mother_of(booking))
    page = hers.get(f"/kodaira/my/bookings/{booking.number}/")
    clock_at.move_to(MORNING)
    address = f"/facility/bookings/{booking.number}/"

    assert page.context["qr"] is not None
    assert stranger.get(address).status_code == 302
    assert hers.get(address).status_code == 404
    assert f"{address}arrived/" in desk.get(address).content.decode()


def test_undo__on_the_same_day__expects_her_again_and_moves_no_counter(
    desk: Client, arrived: Booking, stand: Stand
) -> None:
    desk.post(f"/facility/bookings/{arrived.number}/undo/")

    stands = stand(arrived)
    assert (stands.status, stands.attended_at, stands.closed_at) == (Booking.Status.CONFIRMED, None, None)
    with scopes_disabled():
        assert Pool.objects.get(entitlement=arrived.entitlement, code="stay").used == 3
        assert Event.objects.filter(verb="booking.record_undone").count() == 1


def test_undo__of_an_arrival_that_ended_a_move__says_that_the_move_stays_ended(
    desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    booking = book()
    with tenant(municipality=booking.municipality_id):
        stay = Offering.objects.select_related("facility", "contract").get(
            facility=booking.facility, service="short_stay"
        )
        move = move_to(booking, stay, FRIDAY, FRIDAY + dt.timedelta(days=2), by=booking.citizen, at=clock.now())
    clock_at.move_to(MORNING)
    where = f"/facility/bookings/{booking.number}/"
    desk.post(f"{where}arrived/")
    assert "記録を取り消しても戻りません" in desk.get(where).content.decode()

    answer = desk.post(f"{where}undo/", follow=True).content.decode()

    assert "日の変更の依頼は、取り下げになったままです。" in answer
    assert stand(booking).first_day == WEDNESDAY
    with scopes_disabled():
        assert Move.objects.get(pk=move.pk).status == Move.Status.WITHDRAWN
        assert check() == []


@pytest.mark.parametrize("since", ["paid", "another day"])
def test_undo__of_what_stands__changes_nothing(
    desk: Client, arrived: Booking, stand: Stand, clock_at: Any, since: str
) -> None:
    if since == "paid":
        pay(desk, arrived, use="10000")
    else:
        clock_at.move_to(MORNING + dt.timedelta(days=1))

    answer = desk.post(f"/facility/bookings/{arrived.number}/undo/", follow=True)

    assert stand(arrived).status == Booking.Status.ATTENDED
    assert "もう取り消せません" in answer.content.decode()
    assert not answer.context["undoable"]


def test_undo__of_a_no_show__tells_her_and_may_be_recorded_anew(
    desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    booking = book()
    clock_at.move_to(MORNING)
    absent = f"/facility/bookings/{booking.number}/absent/"
    desk.post(absent, {"shown": shown_on(desk.get(absent).content.decode())})

    desk.post(f"/facility/bookings/{booking.number}/undo/")

    assert (stand(booking).status, stand(booking).consequence) == (Booking.Status.CONFIRMED, {})
    desk.post(absent, {"shown": shown_on(desk.get(absent).content.decode())})
    kinds = ["booking_no_show", "booking_record_undone", "booking_no_show"]
    told = Mail.objects.filter(to=mother_of(booking).email, kind__in=kinds).order_by("pk")
    assert [mail.kind for mail in told] == kinds


def test_pay__makes_one_receipt_that_both_sides_read(desk: Client, arrived: Booking) -> None:
    answer = pay(desk, arrived, use="10,000", item_1="おむつ", yen_1="３００")

    number = f"{arrived.number}-R1"
    assert answer.headers["Location"] == f"/facility/bookings/{arrived.number}/receipts/{number}/"
    hers = Client()
    hers.force_login(mother_of(arrived))
    papers = [
        desk.get(answer.headers["Location"]),
        hers.get(f"/kodaira/my/bookings/{arrived.number}/receipts/{number}/"),
    ]
    for paper in papers:
        html = paper.content.decode()
        assert all(
            word in html for word in ("10,300円", "おむつ", "髙橋 美咲 様", "ジュンレディースクリニック小平", number)
        )


def test_pay__more_than_is_left__says_what_is(desk: Client, arrived: Booking) -> None:
    pay(desk, arrived, use="4000")

    answer = pay(desk, arrived, use="7000")

    assert "まだ受け取っていない額は6,000円です" in answer.content.decode()
    with scopes_disabled():
        assert Payment.objects.count() == 1


@pytest.mark.parametrize("yen", ["", "0"])
def test_pay__an_item_without_an_amount__is_asked_about_and_not_dropped(
    yen: str, desk: Client, arrived: Booking
) -> None:
    answer = pay(desk, arrived, use="4000", item_1="おむつ", yen_1=yen).content.decode()

    assert "額を入力してください。" in answer
    assert 'value="おむつ"' in answer
    with scopes_disabled():
        assert not Payment.objects.exists()


def test_receipt__handed_out_again__is_marked(desk: Client, arrived: Booking) -> None:
    where = pay(desk, arrived, use="10000").headers["Location"]

    marks = [
        '<span class="tag">再発行</span>' in desk.post(f"{where}issue/", follow=True).content.decode() for _ in range(2)
    ]

    assert marks == [False, True]


def test_void__needs_a_reason_and_leaves_the_price_to_be_paid(desk: Client, arrived: Booking) -> None:
    where = pay(desk, arrived, use="10000").headers["Location"]
    assert desk.post(f"{where}void/", {"reason": ""}).status_code == 200

    desk.post(f"{where}void/", {"reason": "打ちまちがい"})

    desk_now = desk.get(f"/facility/bookings/{arrived.number}/pay/").context["desk"]
    assert (desk_now.left, desk_now.receipts[0].void_reason) == (10_000, "打ちまちがい")


def pay(desk: Client, booking: Booking, **typed: str) -> Any:
    where = f"/facility/bookings/{booking.number}/pay/"
    token = desk.get(where).context["form"]["token"].value()
    return desk.post(where, {"token": token, **typed})


def test_paper__lists_who_is_here_on_each_day_by_the_hour(desk: Client, book: Book, clock_at: Any) -> None:
    book(name="宿泊 さん")
    book(name="日帰り さん", service="day_service", last=WEDNESDAY)
    clock_at.move_to(MORNING)

    week = desk.get("/facility/days/2026-03-11/week/").context["plans"]

    lines = {plan.day.day: [(line.card.name, line.what) for line in plan.lines] for plan in week}
    assert lines[11] == [("宿泊 さん", "到着 10:00"), ("日帰り さん", "到着 10:00、16:00 まで")]
    assert (lines[12], lines[13]) == ([("宿泊 さん", "滞在")], [("宿泊 さん", "終わり 16:00 まで")])
    assert not any(lines[day] for day in (14, 15, 16, 17))
    assert desk.get("/facility/days/2026-03-11/print/").status_code == 200


def test_paper__of_a_later_day__says_what_is_still_to_be_received(desk: Client, arrived: Booking) -> None:
    def sheet() -> str:
        return desk.get(f"/facility/days/{arrived.last_day}/print/").content.decode()

    assert "□ 受け取った" in sheet()

    pay(desk, arrived, use="10000")

    assert "□ 受け取った" not in sheet()
    assert "受け取りずみ" in sheet()


def mother_of(booking: Booking) -> User:
    assert booking.citizen is not None
    return booking.citizen
