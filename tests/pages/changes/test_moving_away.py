"""転出 at the pages: the last day, the bookings after it, and the way back as long as it lies ahead."""

import datetime as dt
from typing import Any

import pytest

from applications.models import Application, ChangeNotice
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from facilities.public import cancel, preview
from facilities.services.shown import Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.cases import handed_in
from tests.eligibility.engine.test_booking_who import BABY_WORDS
from tests.walks.person import Person

from .given import MARCH, again, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def moves(mother: Person, day: str) -> None:
    mother.opens("/kodaira/my/changes/moving_away/")
    mother.writes_day("転出する日", day)
    mother.presses("どう変わるかを見る")


def test_move__tells_the_last_day_and_the_bookings_after_it(mother: Person, stay: Booking) -> None:
    moves(mother, "2026.3.12")
    mother.sees(
        "令和8年5月14日(木)",
        "転出の日が3月12日なので、その日まで",
        "承認はこの日で終わります",
        "転出のあとの予約は、「要調整」になります",
        "3月11日(水)〜13日(金)",
        "引っ越し先の市区町村に申請します",
        "電話で聞けます",
    )
    assert not ChangeNotice.objects.exists()

    mother.presses("令和8年3月12日(木)に転出することを届け出る")

    assert again(stay).status == "confirmed"
    assert Event.objects.get(verb="booking.left_outside").subject_id == stay.pk
    assert Mail.objects.filter(kind="booking_outside").count() == 1
    mother.opens(f"/kodaira/my/bookings/{stay.number}/")
    mother.sees("使える期間の外")
    mother.opens("/kodaira/my/")
    mother.sees("次の予定", "いつ取り消しても、お金はかかりません")
    mother.misses("日数が戻る取り消しは")


def test_move__lets_what_lies_after_it_be_cancelled_free_and_not_be_booked(
    approved: Application, mother: Person, stay: Booking, clock_at: Any, clinic: Facility
) -> None:
    moves(mother, "2026.3.12")
    mother.presses("令和8年3月12日")
    clock_at.move_to("2026-03-10T18:00:00+09:00")  # after the deadline of the day before

    shown = preview(again(stay), contact_at=clock.now())
    cancel(again(stay), contact_at=clock.now(), shown=Shown.of(shown), by=mother.user, at=clock.now())

    assert again(stay).status == "cancelled_in_time"
    offering = Offering.objects.get(facility=clinic, service="day_service")
    mother.opens(f"/kodaira/my/book/{offering.pk}/?day=2026-03-13")
    assert not mother.is_offered("3月13日")
    assert mother.is_offered("3月12日")


def test_move__is_taken_back_while_it_lies_ahead(mother: Person, stay: Booking) -> None:
    moves(mother, "2026.3.12")
    mother.presses("令和8年3月12日")
    mother.follows("直す(転出)")
    mother.presses("転出しないことになった")
    mother.sees("転出の届け出を取り消します", "令和8年5月14日(木)")
    mother.presses("転出しないことを届け出る")
    mother.sees("転出しない")
    mother.opens(f"/kodaira/my/bookings/{stay.number}/")
    mother.misses("使える期間の外")


def test_move_taken_back__says_what_stays_cancelled_to_her_and_the_centre(
    approved: Application, mother: Person, nurse: Any, stay: Booking, clock_at: Any
) -> None:
    moves(mother, "2026.3.10")
    mother.presses("令和8年3月10日")
    clock_at.move_to("2026-03-10T18:00:00+09:00")  # after the deadline of the day before
    shown = preview(again(stay), contact_at=clock.now())
    cancel(again(stay), contact_at=clock.now(), shown=Shown.of(shown), by=mother.user, at=clock.now())

    mother.opens("/kodaira/my/changes/moving_away/")
    mother.presses("転出しないことになった")
    mother.sees("取り消した予約(3月11日(水)〜13日(金) ", "は、取り消したままです。お金はかかりません。")
    centre = Person(nurse)
    centre.opens(f"/kodaira/centre/cases/{approved.number}/")
    centre.misses("転出の届け出が取り消されました")
    mother.presses("転出しないことを届け出る")

    assert Mail.objects.filter(kind="change_received").count() == 2
    centre.opens(f"/kodaira/centre/cases/{approved.number}/")
    centre.sees("転出の届け出が取り消されました", "3月11日(水)〜13日(金)")


def test_move__told_again_where_it_means_something_else_by_now(
    approved: Application, mother: Person, clinic: Facility, receptionist: Any
) -> None:
    moves(mother, "2026.3.12")
    book(approved, clinic, receptionist, MARCH)
    mother.presses("令和8年3月12日")
    mother.sees("まだ届け出ていません", "3月11日(水)〜13日(金)")
    assert not ChangeNotice.objects.exists()


def test_move__before_the_decision_says_what_an_approval_would_give(kodaira: Municipality) -> None:
    mother = Person(handed_in(kodaira).citizen)
    moves(mother, "2026.5.10")
    mother.sees("申請が承認されても、使えるのは令和8年5月10日(日)までです")
    mother.misses("承認はこの日で終わります")


def test_pages__after_a_loss_speak_of_no_child(kodaira: Municipality) -> None:
    lost: dict[str, Any] = {"outcome": "lost", "ended_on": dt.date(2026, 2, 20), "born_on": None}
    application = handed_in(
        kodaira, status="approved", **{f"birth__{name}": value for name, value in lost.items()}, birth__expected=False
    )
    factories.EntitlementFactory(municipality=kodaira, birth=application.birth)
    mother = Person(application.citizen)
    for page in ("", "name/", "household_class/", "moving_away/"):
        mother.opens(f"/kodaira/my/changes/{page}")
        mother.misses(*BABY_WORDS)
    moves(mother, "2026.3.12")
    mother.sees("転出の日が3月12日")
    mother.misses(*BABY_WORDS)
    mother.follows("こころの相談ができるところ")
    mother.misses(*BABY_WORDS)
