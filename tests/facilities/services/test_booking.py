"""Asking for a use: rules, counters, doubles."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import LedgerEntry, Pool
from applications.public import Entitlement
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.public import DayFull, NotBookable
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WEDNESDAY, FRIDAY = dt.date(2026, 3, 11), dt.date(2026, 3, 13)


def used(entitlement: Entitlement) -> dict[str, int]:
    return {pool.code: pool.used for pool in Pool.objects.filter(entitlement=entitlement) if pool.used}


def taken(facility: Facility, place: str) -> list[int]:
    days = DayCapacity.objects.filter(facility=facility, place=place, day__range=(WEDNESDAY, FRIDAY))
    return [day.used for day in days]


def test_request__takes_units_and_a_place_on_each_day(ask: Ask, entitlement: Entitlement, stay: Offering) -> None:
    booking = ask()

    assert booking.status == Booking.Status.REQUESTED
    assert booking.units == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert used(entitlement) == booking.units
    assert taken(stay.facility, stay.place) == [1, 1, 1]


def test_request__keeps_the_quote_that_was_shown(ask: Ask) -> None:
    quote = ask().quote

    assert [line["amount"] for line in quote["lines"]] == [5000, 5000]
    assert (quote["total"], quote["class"]) == (10000, "general")


def test_request__writes_ledger_event_and_mail_in_one_go(ask: Ask, mother: Any) -> None:
    booking = ask()

    entries = LedgerEntry.objects.filter(booking_number=booking.number)
    assert {entry.pool.code: entry.units for entry in entries} == booking.units
    assert Event.objects.get(verb="booking.requested").subject_id == booking.pk
    mail = Mail.objects.get(kind="booking_requested")
    assert mail.to == mother.email
    assert "3月11日(水)から3月13日(金)まで" in mail.text
    assert "3月10日(火) 16:00 より前に取り消すと" in mail.text


def test_request__after_its_deadline__promises_no_units_back(ask: Ask) -> None:
    deadline = dt.datetime(2026, 3, 10, 16, tzinfo=clock.TOKYO)
    ask(at=deadline)

    text = Mail.objects.get(kind="booking_requested").text
    assert "取り消しの期限(3月10日(火) 16:00 より前)は過ぎています。" in text
    assert "戻ります" not in text


def test_request__for_an_hour_that_is_over__is_refused(ask: Ask, entitlement: Entitlement) -> None:
    with pytest.raises(NotBookable) as over:
        ask(at=dt.datetime(2026, 3, 11, 10, tzinfo=clock.TOKYO))

    assert [item.code for item in over.value.findings] == ["not_past"]
    assert used(entitlement) == {}


def test_request__sent_twice__is_one_booking(ask: Ask, entitlement: Entitlement) -> None:
    first, second = ask(form_token="same"), ask(form_token="same")

    assert first == second
    assert used(entitlement) == first.units


@pytest.mark.parametrize(
    ("nights", "code", "sentence"),
    [
        (
            6,
            "limit_stay_nights",
            "6泊7日は予約できません。宿泊型の泊数が 6泊 > 5泊 になります。のこりは5泊です。5泊6日なら予約できます。",
        ),
        (7, "limit_stay_and_day", "5泊6日なら予約できます。"),
    ],
)
def test_request__beyond_the_limit__says_why(ask: Ask, nights: int, code: str, sentence: str) -> None:
    with pytest.raises(NotBookable) as refusal:
        ask(last_day=WEDNESDAY + dt.timedelta(days=nights))

    found = {finding.code: finding.fact for finding in refusal.value.findings}
    assert sentence in found[code]


def test_request__past_the_last_day__says_until_when(ask: Ask) -> None:
    with pytest.raises(NotBookable) as refusal:
        ask(first_day=dt.date(2026, 5, 13), last_day=dt.date(2026, 5, 15))

    assert [finding.code for finding in refusal.value.findings] == ["period"]
    assert "使える最後の日は5月14日(木)です" in refusal.value.findings[0].fact


def test_request__before_the_birth_is_recorded__is_refused(ask: Ask, entitlement: Entitlement) -> None:
    birth = entitlement.birth
    birth.outcome, birth.born_on, birth.due_date = "expected", None, dt.date(2026, 1, 15)
    birth.save()

    with pytest.raises(NotBookable) as refusal:
        ask()

    assert [finding.code for finding in refusal.value.findings] == ["birth_recorded"]


def test_request__when_one_day_is_full__takes_nothing(ask: Ask, entitlement: Entitlement, stay: Offering) -> None:
    DayCapacity.objects.filter(place=stay.place, day=FRIDAY).update(used=2)

    with pytest.raises(DayFull) as refusal:
        ask()

    assert refusal.value.days == (FRIDAY,)
    assert used(entitlement) == {}
    assert taken(stay.facility, stay.place) == [0, 0, 2]
    assert not LedgerEntry.objects.exists()


def test_request__for_the_last_place__names_only_the_days_that_are_full(ask: Ask, stay: Offering) -> None:
    DayCapacity.objects.filter(place=stay.place, day=WEDNESDAY).update(used=1)
    DayCapacity.objects.filter(place=stay.place, day=FRIDAY).delete()

    with pytest.raises(DayFull) as refusal:
        ask()

    assert refusal.value.days == (FRIDAY,)


def test_request__where_no_capacity_is_kept__moves_no_day(ask: Ask, stay: Offering) -> None:
    stay.facility.keeps_capacity = False
    DayCapacity.objects.all().delete()

    assert ask().place == ""


def test_request__on_a_day_already_booked__is_refused(ask: Ask, day_use: Offering) -> None:
    ask()

    with pytest.raises(NotBookable) as refusal:
        ask(offering=day_use, first_day=FRIDAY, last_day=FRIDAY)

    assert [finding.code for finding in refusal.value.findings] == ["one_use_per_day"]


def test_request__for_another_mother__is_denied(ask: Ask) -> None:
    with pytest.raises(PermissionDenied):
        ask(by=factories.UserFactory())


def test_request__for_a_service_that_the_centre_arranges__is_denied(ask: Ask, stay: Offering) -> None:
    visit = Offering(facility=stay.facility, municipality_id=stay.municipality_id, service="midwife_visit", place="v")

    with pytest.raises(PermissionDenied):
        ask(offering=visit, last_day=WEDNESDAY)


def test_request__by_the_centre__books_for_the_mother(ask: Ask, nurse: Any, mother: Any) -> None:
    assert ask(by=nurse).citizen == mother


def test_request__needs_at_most_16_statements__for_any_number_of_days(ask: Ask) -> None:
    """All that is sent, beginning and commit included; the second and the third find earlier bookings of hers."""

    def statements(first: dt.date, days: int) -> int:
        with CaptureQueriesContext(connection) as sent:
            ask(first_day=first, last_day=first + dt.timedelta(days=days - 1))
        return len(sent)

    Pool.objects.update(limit=20)
    needed = {days: statements(WEDNESDAY + dt.timedelta(days=7 * days), days) for days in (2, 3, 7)}

    assert len(set(needed.values())) == 1, needed
    assert needed[2] <= 16
