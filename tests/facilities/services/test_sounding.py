"""Sounding out: asked of several, answered, one chosen; nothing is taken before that, and everybody hears."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from applications.models import Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Sounding, Wish
from facilities.selectors.soundings import sounding_card, with_wish
from facilities.services.arranging import arrange_sounded, turn_down
from facilities.services.booking import NotBookable
from facilities.services.sounding import AskedAlready, accept, decline, sound_out
from facilities.services.sounding_ends import expire_soundings
from facilities.services.wishing import withdraw_wish
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, midwives, one_more_midwife, wished

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

THURSDAY = WEDNESDAY + dt.timedelta(days=1)
Status = Sounding.Status


@pytest.fixture
def wish(entitlement: Entitlement) -> Wish:
    return wished(entitlement, service="midwife_visit", note="授乳のことで困っています")


@pytest.fixture
def houses(kodaira: Municipality, entitlement: Entitlement) -> list[Offering]:
    return [midwives(kodaira), one_more_midwife(kodaira)]


@pytest.fixture
def desks(houses: list[Offering]) -> list[Any]:
    return [factories.StaffMembershipFactory(facility=house.facility).user for house in houses]


def ask(wish: Wish, houses: list[Offering], *, by: Any, **changes: Any) -> list[Sounding]:
    """On 3月11日 or 12日 from 13:00, two hours, answered by the evening of the day before, unless told otherwise."""
    said: dict[str, Any] = {
        "first_days": [WEDNESDAY, THURSDAY],
        "days": 1,
        "arrival": dt.time(13),
        "hours": 2,
        "siblings": False,
        "note": "",
        "answer_by": dt.datetime(2026, 3, 10, 17, tzinfo=clock.TOKYO),
        "form_token": "sound",
        "at": clock.now(),
    }
    return sound_out(wish, houses, by=by, **{**said, **changes})


def yes(sounding: Sounding, by: Any, **changes: Any) -> Sounding:
    said: dict[str, Any] = {"day": THURSDAY, "hour": dt.time(13), "words": "", "by": by, "at": clock.now()}
    row = with_wish(Sounding.objects.filter(pk=sounding.pk)).get()
    accept(row, **{**said, **changes})
    return row


def standing(*rows: Sounding) -> list[str]:
    return [str(Sounding.objects.get(pk=row.pk).status) for row in rows]


def left(entitlement: Entitlement) -> int:
    return Pool.objects.get(entitlement=entitlement, code="midwife").left


def test_sounding__takes_nothing_until_one_yes_is_chosen_and_the_other_hears_that_it_is_not_needed(
    wish: Wish, houses: list[Offering], desks: list[Any], entitlement: Entitlement, nurse: Any, mother: Any
) -> None:
    first, second = ask(wish, houses, by=nurse)
    chosen = yes(first, desks[0])
    assert (left(entitlement), Booking.objects.count()) == (2, 0)

    booking = arrange_sounded(chosen, houses[0], by=nurse, at=clock.now())

    assert (booking.status, booking.first_day, booking.arrival) == (Booking.Status.CONFIRMED, THURSDAY, dt.time(13))
    assert (left(entitlement), Wish.objects.get().status) == (1, Wish.Status.ARRANGED)
    assert standing(first, second) == [Status.CHOSEN, Status.CLOSED]
    kinds = set(Mail.objects.values_list("kind", "to"))
    assert {("sounding_asked", desks[1].email), ("sounding_closed", desks[1].email)} <= kinds
    assert ("sounding_chosen", desks[0].email) in kinds
    assert Mail.objects.get(kind="booking_confirmed").to == mother.email
    assert not Mail.objects.filter(kind="booking_requested").exists()


def test_sounding__names_nobody_to_the_facility(wish: Wish, houses: list[Offering], nurse: Any) -> None:
    household = wish.entitlement.birth.household
    (sounding, _) = ask(wish, houses, by=nurse)

    told = str(sounding_card(with_wish(Sounding.objects.filter(pk=sounding.pk)).get()))

    assert "1か月" in told
    for marker in (household.name, household.kana, household.phone, household.address, wish.note):
        assert marker not in told


def test_choosing__by_a_second_colleague_or_of_a_changed_yes__comes_too_late(
    wish: Wish, houses: list[Offering], desks: list[Any], nurse: Any, decider: Any, entitlement: Entitlement
) -> None:
    first, second = ask(wish, houses, by=nurse)
    seen, other = yes(first, desks[0]), yes(second, desks[1])
    yes(first, desks[0], day=WEDNESDAY)  # while the centre looks at Thursday

    with pytest.raises(Overtaken):
        arrange_sounded(seen, houses[0], by=nurse, at=clock.now())
    assert (standing(first, second), left(entitlement)) == ([Status.ACCEPTED, Status.ACCEPTED], 2)

    stale = with_wish(Sounding.objects.filter(pk=first.pk)).get()
    arrange_sounded(other, houses[1], by=nurse, at=clock.now())
    with pytest.raises((TransitionNotAllowed, Overtaken)):
        arrange_sounded(stale, houses[0], by=decider, at=clock.now())
    assert (Booking.objects.count(), left(entitlement)) == (1, 1)


def test_sounding__closes_when_the_wish_is_settled_otherwise(
    wish: Wish, houses: list[Offering], desks: list[Any], nurse: Any, mother: Any
) -> None:
    rows = ask(wish, houses, by=nurse)
    arranged(wish, houses[0], by=nurse)  # the phone was quicker
    assert standing(*rows) == [Status.CLOSED, Status.CLOSED]
    with pytest.raises(TransitionNotAllowed):
        yes(rows[1], desks[1])

    again = wished(wish.entitlement, service="midwife_visit", first_days=[THURSDAY])
    rows = ask(again, houses, by=nurse, first_days=[THURSDAY], form_token="again")
    withdraw_wish(again, by=mother, at=clock.now())
    assert standing(*rows) == [Status.CLOSED, Status.CLOSED]


def test_sounding__that_nobody_answers_expires_and_may_be_asked_again(
    wish: Wish, houses: list[Offering], desks: list[Any], nurse: Any, clock_at: Any
) -> None:
    first, second = ask(wish, houses, by=nurse, answer_by=clock.now() + dt.timedelta(hours=2))
    yes(second, desks[1])
    with pytest.raises(AskedAlready):
        ask(wish, houses[:1], by=nurse, form_token="again")

    clock_at.shift(dt.timedelta(hours=2))
    expire_soundings(clock.now())
    expire_soundings(clock.now())

    assert standing(first, second) == [Status.EXPIRED, Status.ACCEPTED]
    assert standing(*ask(wish, houses[:1], by=nurse, form_token="again")) == [Status.ASKED]


def test_sounding__is_judged_before_it_is_sent_and_is_the_work_of_its_own_centre_and_desk(
    wish: Wish, houses: list[Offering], desks: list[Any], nurse: Any, mother: Any, stay: Offering
) -> None:
    with pytest.raises(NotBookable) as refusal:
        ask(wish, houses, by=nurse, first_days=[WEDNESDAY, dt.date(2026, 5, 15)])
    assert [finding.code for finding in refusal.value.findings] == ["period"]
    for by, asked in ((mother, houses), (nurse, [stay])):
        with pytest.raises(PermissionDenied):
            ask(wish, asked, by=by)

    first, second = ask(wish, houses, by=nurse)
    with pytest.raises(PermissionDenied):
        yes(second, desks[0])
    decline(first, reason="この週は学会です。", by=desks[0], at=clock.now())
    assert standing(first) == [Status.DECLINED]


def test_turning_down__tells_her_why_and_lets_her_wish_anew(
    wish: Wish, houses: list[Offering], nurse: Any, mother: Any
) -> None:
    rows = ask(wish, houses, by=nurse)

    turn_down(wish, reason="どちらの助産師も、この週は空きがありません。", by=nurse, at=clock.now())

    assert standing(*rows) == [Status.CLOSED, Status.CLOSED]
    assert Wish.objects.get().status == Wish.Status.NOT_POSSIBLE
    mail = Mail.objects.get(kind="wish_turned_down")
    assert (mail.to, "助産師" in mail.text) == (mother.email, False)
    assert wished(wish.entitlement, service="midwife_visit").status == Wish.Status.OPEN
