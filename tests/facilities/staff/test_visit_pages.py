"""The pages of whoever visits: where and when, days off, and another hour in two presses."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.forms.staff.visits import SpansField
from facilities.models import Booking, VisitBreak, VisitPlan
from facilities.services.answering import confirm
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, midwives, wished
from tests.facilities.visiting import visits_on

NINE, TWELVE, ONE, FIVE = dt.time(9), dt.time(12), dt.time(13), dt.time(17)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", ()),
        ("9:00〜17:00", ((NINE, FIVE),)),
        ("９時～１７時", ((NINE, FIVE),)),
        ("9-12, 13-17", ((NINE, TWELVE), (ONE, FIVE))),
        ("13時から17時まで、9:00~12:00", ((NINE, TWELVE), (ONE, FIVE))),
        ("17:00〜9:00", None),
        ("9:00〜13:00、12:00〜17:00", None),
        ("午前", None),
        ("25:00〜26:00", None),
    ],
)
def test_spans__are_read_as_people_type_them(typed: str, spans: Any) -> None:
    if spans is None:
        with pytest.raises(ValidationError):
            SpansField().clean(typed)
    else:
        assert SpansField().clean(typed) == spans


OFF = {"break-first_day_year": "2026", "break-first_day_month": "3", "break-first_day_day": "11"}


@pytest.fixture
def visited(kodaira: Municipality, entitlement: Entitlement, nurse: Any, client: Client) -> Booking:
    """3月11日 from 13:00, two hours; the midwife is signed in."""
    midwife = midwives(kodaira)
    worker = factories.StaffMembershipFactory(facility=midwife.facility).user
    client.force_login(worker)
    wish = wished(entitlement, service="midwife_visit")
    return confirm(arranged(wish, midwife, by=nurse), by=worker, at=clock.now())


@pytest.mark.django_db
def test_settings__keep_what_is_said_and_days_off_warn_of_visits_that_are_arranged(
    visited: Booking, client: Client
) -> None:
    where = reverse("facility:visits")
    week = {f"day_{number}": "" for number in range(7)} | {"day_2": "9:00〜12:00、13:00〜17:00"}
    assert "訪問の地域と時間" in client.get(reverse("facility:settings")).content.decode()

    said = {**week, "areas": "小平市\n国分寺市", "at_once": "1", "travel_minutes": "30"}
    client.post(where, said)
    page = client.post(where, {**said, **OFF, "add_break": "1"}, follow=True).content.decode()

    plan, row = VisitPlan.objects.get(), VisitBreak.objects.get()
    assert (plan.areas, plan.travel_minutes) == (["小平市", "国分寺市"], 30)
    assert plan.spans_on(WEDNESDAY) == ((NINE, TWELVE), (ONE, FIVE))
    assert "この間に、決まった訪問や依頼が1件あります。" in page
    client.post(reverse("facility:remove_visit_break", args=[row.pk]), said)
    assert not VisitBreak.objects.exists()
    assert Event.objects.filter(verb="visits.set").count() == 1, "what was not changed is not said again"


@pytest.mark.django_db
@pytest.mark.parametrize("button", [{}, {"add_break": "1"}], ids=["save", "day off"])
def test_settings__keep_what_was_typed_in_both_parts_whatever_is_pressed(
    visited: Booking, client: Client, button: dict[str, str]
) -> None:
    where = reverse("facility:visits")
    said = {"areas": "小平市", "day_2": "9時から12時まで", "at_once": "1", "travel_minutes": "30"}

    page = client.post(where, {**said, **OFF, "day_3": "昼から", **button}).content.decode()
    assert 'value="昼から"' in page
    assert 'value="11"' in page.partition("break-first_day_day")[2].partition(">")[0]
    assert not VisitPlan.objects.exists()
    assert not VisitBreak.objects.exists()

    client.post(where, {**said, **OFF, **button})
    assert VisitPlan.objects.get().spans_on(WEDNESDAY) == ((NINE, TWELVE),)
    assert VisitBreak.objects.get().first_day == WEDNESDAY


@pytest.mark.django_db
def test_settings__with_nothing_typed_ask_for_what_the_button_is_for(visited: Booking, client: Client) -> None:
    where = reverse("facility:visits")
    empty = {"areas": visited.facility.area, "at_once": "1", "travel_minutes": "0", "break-first_day_year": "2026"}

    assert "訪問する曜日の時間を、1つは入力してください。" in client.post(where, empty).content.decode()
    asked = client.post(where, {**empty, "add_break": "1"}).content.decode()
    assert "訪問する曜日の時間を、1つは" not in asked
    assert "1か所を直してください" in asked
    client.post(where, {**empty, **OFF, "add_break": "1"})
    assert VisitBreak.objects.exists()
    assert not VisitPlan.objects.exists()


@pytest.mark.django_db
def test_hour__is_changed_by_one_press_and_beyond_ones_own_hours_by_two(visited: Booking, client: Client) -> None:
    visits_on(visited.facility, days=(2,))
    where = reverse("facility:hour", args=[visited.number])
    page = client.get(where).content.decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    assert "14:00" in page
    assert "11:00<small>(時間外)</small>" in page

    asked = client.post(where, {"arrival": "11:00:00", "typed": "", "token": token})
    assert "それでもこの時刻にする" in asked.content.decode()
    client.post(where, {"arrival": "11:00:00", "typed": "", "token": token, "beyond": "1"})

    assert Booking.objects.get(pk=visited.pk).arrival == dt.time(11)


@pytest.mark.django_db
def test_centre__sees_who_visits_on_the_wished_day_and_why_the_others_do_not(
    kodaira: Municipality, entitlement: Entitlement, nurse: Any
) -> None:
    midwife = midwives(kodaira)
    visits_on(midwife.facility, days=(4,))
    wish = wished(entitlement, service="midwife_visit")
    centre = Client()
    centre.force_login(nurse)

    for view in ("arrange", "sound"):
        page = centre.get(reverse(f"facilities:{view}", args=["kodaira", wish.pk])).content.decode()
        assert "訪問できる人" in page
        assert "3月11日(水)は訪問できない日です。訪問する曜日は金です。" in page


@pytest.mark.django_db
def test_day__of_who_only_visits_speaks_of_visits_and_of_nobody_who_stays(visited: Booking, client: Client) -> None:
    page = client.get(reverse("facility:day", args=[visited.first_day])).content.decode()

    assert "<h2>訪問 " in page
    assert "泊ま" not in page
    assert "訪問はありません" in client.get(reverse("facility:today")).content.decode()
