"""連絡を受けた日時 was written down wrong: units and money follow the instant that it was, and she is told."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from applications.models import LedgerEntry, Pool
from applications.public import UnitsExhausted, take
from facilities.models import Booking, DayCapacity
from facilities.selectors import corrections
from facilities.services.attending import no_show, preview_no_show
from facilities.services.cancelling import ContactInFuture, cancel, preview
from facilities.services.correcting import NotCorrectable, correct_contact, preview_correction
from facilities.services.integrity import check
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Mail
from tests.facilities.staff.conftest import Book

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants")]

Stand = Callable[[Booking], Booking]
CALLED = dt.datetime(2026, 3, 10, 15, 59, tzinfo=clock.TOKYO)
TEN_PAST_FOUR = CALLED.replace(hour=16, minute=10)
WHY = "told_before"


@pytest.fixture
def late(book: Book, clock_at: Any, receptionist: Any) -> Booking:
    """Written down as a call of 16:10, ten minutes after the deadline: three days are gone."""
    return called(book(), receptionist, clock_at)


def called(booking: Booking, by: Any, clock_at: Any, at: dt.datetime = TEN_PAST_FOUR) -> Booking:
    clock_at.move_to(TEN_PAST_FOUR)
    return cancel(booking, contact_at=at, shown=Shown.of(preview(booking, contact_at=at)), by=by, at=clock.now())


def correct(booking: Booking, by: Any, at: dt.datetime = CALLED) -> Booking:
    shown = Shown.of(preview_correction(booking, contact_at=at))
    return correct_contact(booking, contact_at=at, why=WHY, shown=shown, by=by, at=clock.now())


def used() -> int:
    return Pool.objects.get(code="stay_and_day").used


def typed(time: str, **more: str) -> dict[str, str]:
    day = {"day_year": "R8", "day_month": "3", "day_day": "10"}
    return {**day, "time": time, "why": WHY, "corrects": "1", **more}


def test_desk__is_shown_what_it_means_and_puts_it_right(desk: Client, late: Booking, stand: Stand) -> None:
    where = f"/facility/bookings/{late.number}/cancel/"
    assert "連絡を受けた日時を直す" in desk.get(f"/facility/bookings/{late.number}/").content.decode()
    page = desk.get(where).content.decode()
    assert 'value="16:10"' in page
    assert "3日分を使ったことになっています。" in page

    asked = desk.post(where, typed("15:59")).content.decode()
    assert "この日時の連絡だと、3日分が戻ります" in asked
    assert stand(late).status == "cancelled_late"
    shown = re.search(r'name="shown" value="([^"]+)"', asked)
    assert shown
    told = desk.post(where, typed("15:59", shown=shown[1]), follow=True).content.decode()

    assert "3日分はお母さんに戻りました。" in told
    assert "ほかの職員や窓口が、先に連絡を受けていました。" in told
    booking = stand(late)
    assert (booking.status, booking.contact_at, used()) == ("cancelled_in_time", CALLED, 0)
    assert booking.closed_at == TEN_PAST_FOUR, "when it was written down first stays"
    mail = Mail.objects.get(kind="contact_corrected").text
    assert "3月10日(火) 15:59に、取り消しの連絡を受けたと、記録を直しました。" in mail
    assert "前の記録は 3月10日(火) 16:10 でした。" in mail
    event = Event.objects.get(verb="booking.contact_corrected")
    assert event.data == {"kind": "in_time", "side": "facility", "why": WHY}
    assert not check()


def test_back_again__takes_the_units_that_had_come_back(late: Booking, receptionist: Any, clock_at: Any) -> None:
    correct(late, receptionist)
    clock_at.shift(60)
    correct(late, receptionist, TEN_PAST_FOUR)

    assert (late.status, used()) == ("cancelled_late", 3)
    assert [row["was"][11:16] for row in late.consequence["corrections"]] == ["16:10", "15:59"]
    assert Mail.objects.filter(kind="contact_corrected").count() == 2
    assert {row.reason for row in LedgerEntry.objects.all()} >= {"corrected"}


def test_units_that_are_used_meanwhile__stay_used_and_nothing_happens(late: Booking, receptionist: Any) -> None:
    correct(late, receptionist)
    left = Pool.objects.get(code="stay_and_day")
    take(late.entitlement, {left.code: left.limit}, booking_number="B1", reason="requested", by=None, at=clock.now())

    with pytest.raises(UnitsExhausted):
        correct(late, receptionist, TEN_PAST_FOUR)
    assert Booking.objects.get().status == "cancelled_in_time"
    assert Mail.objects.filter(kind="contact_corrected").count() == 1


def test_a_no_show__who_had_called_is_a_cancellation_and_frees_her_places(
    book: Book, receptionist: Any, clock_at: Any, desk: Client
) -> None:
    booking = book()
    clock_at.move_to("2026-03-11T15:00:00+09:00")
    no_show(booking, shown=Shown.of(preview_no_show(booking)), by=receptionist, at=clock.now())
    clock_at.move_to("2026-03-12T09:00:00+09:00")
    assert "取り消しの連絡を受けていた" in desk.get(f"/facility/bookings/{booking.number}/").content.decode()

    correct(booking, receptionist)

    assert (booking.status, booking.contact_at, used()) == ("cancelled_in_time", CALLED, 0)
    assert not DayCapacity.objects.filter(used__gt=0).exists()
    assert "前の記録は、連絡なしでした。" in Mail.objects.get(kind="contact_corrected").text
    assert not check()


def test_what_stands_against_it__is_said_and_changes_nothing(
    book: Book, receptionist: Any, clock_at: Any, desk: Client, stand: Stand
) -> None:
    own = book()
    called(own, own.citizen, clock_at)
    assert corrections.against_correcting(own) == corrections.HERS
    page = desk.get(f"/facility/bookings/{own.number}/cancel/", follow=True).content.decode()
    assert "ご本人がこのサイトで取り消したので" in page
    assert "連絡を受けた日時を直す" not in page
    with pytest.raises(NotCorrectable):
        correct(own, receptionist)
    assert stand(own).consequence.get("corrections") is None


def test_a_request_that_was_cancelled__has_nothing_to_correct(book: Book, receptionist: Any, clock_at: Any) -> None:
    assert corrections.against_correcting(called(book(confirmed=False), receptionist, clock_at)) == corrections.FREE


def test_nobody__corrects_her_own_or_to_what_is_to_come_or_unseen(late: Booking, receptionist: Any) -> None:
    with pytest.raises(PermissionDenied):
        correct(late, late.citizen)
    with pytest.raises(ContactInFuture):
        correct(late, receptionist, TEN_PAST_FOUR + dt.timedelta(minutes=1))
    seen = Shown.of(preview_correction(late, contact_at=TEN_PAST_FOUR))
    with pytest.raises(ConsequenceChanged):
        correct_contact(late, contact_at=CALLED, why=WHY, shown=seen, by=receptionist, at=clock.now())
    assert Booking.objects.get().status == "cancelled_late"


def test_two_who_correct_at_once__one_does_and_the_other_is_told(late: Booking, receptionist: Any) -> None:
    other = Booking.objects.get(pk=late.pk)
    correct(late, receptionist)
    with pytest.raises(Overtaken):
        correct(other, receptionist, CALLED.replace(minute=58))
    assert Booking.objects.get().contact_at == CALLED


def test_the_form_of_a_cancellation_that_is_sent_twice__corrects_nothing(
    desk: Client, late: Booking, stand: Stand
) -> None:
    sent = typed("15:59", shown="in_time 0")
    del sent["corrects"]
    answer = desk.post(f"/facility/bookings/{late.number}/cancel/", sent, follow=True).content.decode()

    assert "もう取り消されているか、記録ずみです。" in answer
    assert stand(late).status == "cancelled_late"
    same = desk.post(f"/facility/bookings/{late.number}/cancel/", typed("16:10", shown="late 0")).content.decode()
    assert "いまの記録と同じ日時です。" in same
