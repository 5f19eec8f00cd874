"""Other days in place of those asked for: kept for her, taken by one press, given back by themselves."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from facilities.models import Booking, DayCapacity, Hold, Move, Offering
from facilities.public import DayFull, cancel, confirm, decline
from facilities.services.integrity import check
from facilities.services.suggesting import LAPSE_SUGGESTIONS, NotSuggested, OtherDays, suggest_days
from facilities.services.suggestion_answers import refuse_suggestions, take_suggestion
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Job, Mail
from tests.facilities.conftest import Ask
from tests.facilities.moves import TEN, day, held_days, now_of, used
from tests.facilities.shown import FREE
from tests.facilities.waiting import run_jobs

pytestmark = pytest.mark.django_db

Suggest = Callable[..., tuple[Hold, ...]]
WHY = "この日は、ほかの予約でいっぱいになりました。"


@pytest.fixture
def suggest(stay: Offering, receptionist: Any) -> Suggest:
    """The desk answers by stays from these days of March on."""

    def suggested(booking: Booking, *firsts: int, **exceptions: Any) -> tuple[Hold, ...]:
        choices = [OtherDays(day(first), TEN) for first in firsts]
        said = {"reason": WHY, "form_token": "form", "by": receptionist, "at": clock.now(), **exceptions}
        return suggest_days(booking, stay, choices, **said)

    return suggested


def test_suggest__keeps_other_days_and_her_units_and_gives_her_own_days_back(ask: Ask, suggest: Suggest) -> None:
    holds = suggest(ask(), 12, 20)

    booking = Booking.objects.get()
    assert (booking.status, booking.place, booking.first_day) == ("suggested", "", day(11))
    assert (held_days(), used()) == ([12, 13, 14, 20, 21, 22], 3)
    assert {hold.expires_at for hold in holds} == {clock.now() + dt.timedelta(hours=48)}
    told = Mail.objects.get(kind="booking_suggested").text
    assert WHY in told
    assert "3月20日(金)から3月22日(日)まで 10:00" in told
    assert check() == []


def test_suggest__the_same_form_twice__suggests_once(ask: Ask, suggest: Suggest) -> None:
    booking = ask()
    assert suggest(booking, 20) == suggest(now_of(booking), 20)
    assert Hold.objects.count() == 1


def test_suggest__days_of_tomorrow__may_be_chosen_until_they_begin(ask: Ask, suggest: Suggest, clock_at: Any) -> None:
    booking = ask(first_day=day(16), last_day=day(18))
    clock_at.move_to(dt.datetime(2026, 3, 13, 9, tzinfo=clock.TOKYO))
    (hold,) = suggest(booking, 14)
    assert hold.expires_at == dt.datetime(2026, 3, 14, tzinfo=clock.TOKYO)


def test_suggest__days_against_a_rule_or_without_a_place__changes_nothing(
    ask: Ask, suggest: Suggest, mother: Any
) -> None:
    booking = ask()
    with pytest.raises(NotSuggested) as refused:
        suggest(booking, 20, 1)
    assert [bool(found) for found in refused.value.findings] == [False, True]
    DayCapacity.objects.filter(day=day(21)).update(limit=0)
    with pytest.raises(DayFull) as full:
        suggest(now_of(booking), 12, 20)
    assert full.value.days == (day(21),)
    with pytest.raises(PermissionDenied):
        suggest(now_of(booking), 12, by=mother)
    assert (now_of(booking).status, held_days()) == ("requested", [11, 12, 13])


@pytest.mark.parametrize("kept", [True, False], ids=["places", "no places"])
def test_take__puts_the_booking_on_those_days__confirmed_at_once(
    ask: Ask, suggest: Suggest, stay: Offering, mother: Any, kept: bool
) -> None:
    if not kept:
        DayCapacity.objects.all().delete()
        stay.facility.keeps_capacity = False
        stay.facility.save()
    booking = ask()
    _, chosen = suggest(booking, 12, 20)

    for _ in range(2):  # pressed twice
        stands, hold = now_of(booking), Hold.objects.get(pk=chosen.pk)
        take_suggestion(stands, hold, stay, by=mother, at=clock.now())

    stands = now_of(booking)
    assert (stands.status, stands.first_day, stands.last_day) == ("confirmed", day(20), day(22))
    assert (stands.decline_reason, bool(stands.place)) == ("", kept)
    assert (held_days(), used()) == ([20, 21, 22] if kept else [], 3)
    assert sorted(Hold.objects.values_list("status", flat=True)) == ["entered", "released"]
    assert Move.objects.get().status == "accepted"
    assert "3月19日(木) 16:00 より前" in Mail.objects.get(kind="booking_confirmed").text
    assert Mail.objects.filter(kind="suggestions_answered").count() == 1
    assert check() == []


def test_no_choice_in_time__closes_the_request_and_gives_all_back(
    ask: Ask, suggest: Suggest, stay: Offering, mother: Any, clock_at: Any
) -> None:
    booking = ask()
    (hold,) = suggest(booking, 20)
    clock_at.move_to(hold.expires_at)
    with pytest.raises(Overtaken):  # the instant itself is too late, whether or not the job has run
        take_suggestion(now_of(booking), hold, stay, by=mother, at=clock.now())

    run_jobs(LAPSE_SUGGESTIONS)

    assert Job.objects.get(kind=LAPSE_SUGGESTIONS).status == Job.Status.DONE
    assert (now_of(booking).status, now_of(booking).decline_reason) == ("declined", WHY)
    assert (held_days(), used()) == ([], 0)
    assert Mail.objects.filter(kind="booking_suggestions_lapsed").count() == 1
    assert Mail.objects.filter(kind="suggestions_answered").count() == 1
    assert check() == []


@pytest.mark.parametrize("ending", ["refused", "withdrawn by the desk", "cancelled"])
def test_every_other_ending__gives_all_back(
    ask: Ask, suggest: Suggest, receptionist: Any, mother: Any, ending: str
) -> None:
    booking = ask()
    suggest(booking, 12, 20)
    stands, now = now_of(booking), clock.now()

    if ending == "refused":
        refuse_suggestions(stands, by=mother, at=now)
    elif ending == "cancelled":
        cancel(stands, contact_at=now, shown=FREE, by=mother, at=now)
    else:
        decline(stands, reason="受けられなくなりました。", by=receptionist, at=now)

    assert now_of(booking).status == ("cancelled_in_time" if ending == "cancelled" else "declined")
    assert (held_days(), used()) == ([], 0)
    assert check() == []


def test_while_she_may_choose__the_days_asked_for_cannot_be_confirmed(
    ask: Ask, suggest: Suggest, receptionist: Any
) -> None:
    booking = ask()
    seen = now_of(booking)
    suggest(booking, 20)
    with pytest.raises(Overtaken):
        confirm(seen, by=receptionist, at=clock.now())
