"""マイページ: the one next thing follows from where she stands."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Application, Letter
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from postpartum_portal.shared import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(mother: Any, kodaira: Municipality) -> Any:
    """Reads her page as it stands when it is called."""
    client = Client()

    def read() -> str:
        client.force_login(mother)
        response = client.get(reverse("pages:my_page", args=["kodaira"]))
        assert response.status_code == 200
        return response.content.decode()

    return read


def entitle(kodaira: Municipality, mother: Any, **changes: Any) -> Any:
    return factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother, **changes)


def book(entitlement: Any, facility: Facility, **changes: Any) -> Any:
    quote = {"lines": [], "total": 10000, "class": "general", "version": 1}
    return factories.BookingFactory(
        municipality=entitlement.municipality, entitlement=entitlement, facility=facility, quote=quote, **changes
    )


def test_my_page__of_a_newcomer__begins_with_applying(page: Any) -> None:
    assert "申請をはじめる" in page()


def test_my_page__with_a_draft__goes_on_with_it(page: Any, kodaira: Municipality, mother: Any) -> None:
    factories.ScopedFactory._create(Application, municipality=kodaira, citizen=mother)

    assert "続きから入力する" in page()


def test_my_page__while_waiting__says_for_what(page: Any, kodaira: Municipality, mother: Any) -> None:
    application = factories.ApplicationFactory(
        municipality=kodaira, birth__household__citizen=mother, birth__expected=True
    )

    shown = page()

    assert "センターからの電話を待っています" in shown
    assert application.number in shown


def test_my_page__once_approved__waits_for_the_birth(page: Any, kodaira: Municipality, mother: Any) -> None:
    entitle(kodaira, mother, birth__expected=True)

    shown = page()

    assert "生まれた日を届け出る" in shown
    assert "出産予定日" in shown
    assert "予約する" not in shown


def test_my_page__once_born__offers_booking(page: Any, kodaira: Municipality, mother: Any) -> None:
    entitle(kodaira, mother)

    shown = page()

    assert "5月14日(木)まで使えます。" in shown
    assert "最後の日まで、あと70日" in shown
    assert "次に使えるのは、宿泊型は5泊6日まで、日帰り型は5日まで。" in shown


def test_my_page__after_the_last_day__says_so(page: Any, kodaira: Municipality, mother: Any, clock_at: Any) -> None:
    entitle(kodaira, mother)
    clock_at.move_to("2026-05-15T09:00:00+09:00")

    assert "使える最後の日は5月14日(木)でした。" in page()


def test_my_page__after_a_loss__asks_for_nothing(page: Any, kodaira: Municipality, mother: Any) -> None:
    entitle(kodaira, mother, birth__outcome="lost", birth__born_on=None, birth__ended_on=dt.date(2026, 2, 1))

    shown = page()

    assert "いつでもお電話ください" in shown
    assert "赤ちゃんが生まれたら" not in shown
    assert "生まれた日" not in shown


def test_my_page__with_a_booking__puts_it_first_with_its_deadline(
    page: Any, kodaira: Municipality, mother: Any, clinic: Facility
) -> None:
    book(entitle(kodaira, mother, used={"stay_and_day": 3}), clinic, status="confirmed")

    shown = page()

    assert "3月10日(火) 16:00 より前" in shown
    assert "当日 10,000円を施設に払います" in shown
    assert 'aria-label="7日のうち、予約ずみ3日、のこり4日"' in shown


def test_my_page__with_a_letter__shows_whether_it_was_read(page: Any, kodaira: Municipality, mother: Any) -> None:
    factories.ScopedFactory._create(
        Letter,
        municipality=kodaira,
        citizen=mother,
        kind="approval",
        subject_kind="application",
        subject_id=1,
        fiscal_year=2025,
        series="decision",
        number=123,
        label="7小健母第123号",
        status="issued",
        snapshot={},
        storage_name="letters/x.pdf",
        sha256="0" * 64,
        issued_at=clock.now(),
    )

    shown = page()

    assert "7小健母第123号" in shown
    assert "まだ読んでいません" in shown


def test_my_page__shows_nothing_of_another_mother(page: Any, kodaira: Municipality, clinic: Facility) -> None:
    other = factories.UserFactory()
    book(entitle(kodaira, other), clinic, status="confirmed")

    shown = page()

    assert "ジュンレディース" not in shown
    assert "申請をはじめる" in shown


def test_my_page__without_sign_in__leads_to_it(kodaira: Municipality) -> None:
    response = Client().get(reverse("pages:my_page", args=["kodaira"]))

    assert response.status_code == 302
    assert reverse("account_login") in response.headers["Location"]


def read_as(mother: Any, slug: str) -> str:
    client = Client()
    client.force_login(mother)
    return client.get(reverse("pages:my_page", args=[slug])).content.decode()


def test_my_page__where_the_centre_arranges__leads_to_telling_wishes(kumagaya: Municipality, mother: Any) -> None:
    entitle(kumagaya, mother)

    shown = read_as(mother, "kumagaya")

    assert "希望の日を伝える" in shown
    assert "4月14日(火)まで使えます。センターが日程を調整して、お知らせします。" in shown
    assert "申請できた日" not in shown, "the page has a word for it and no day"


def test_my_page__names_the_year_of_a_last_day_in_another_one(okayama: Municipality, mother: Any) -> None:
    entitle(okayama, mother)

    assert "令和9年1月14日(木)まで使えます。" in read_as(mother, "okayama")


def test_my_page__with_a_use_without_hours__says_what_the_page_says(
    okayama: Municipality, mother: Any, clinic: Facility
) -> None:
    day = {"first_day": dt.date(2026, 3, 11), "last_day": dt.date(2026, 3, 11), "units": {"stay_and_day": 1}}
    book(entitle(okayama, mother), clinic, status="confirmed", service="day_service", **day)

    shown = read_as(mother, "okayama")

    assert "時間は施設ごとに違います・当日 10,000円" in shown
    assert "期限は公表されていません。" in shown


def test_my_page__says_that_a_price_is_without_tax(zushi: Municipality, mother: Any, clinic: Facility) -> None:
    day = {"first_day": dt.date(2026, 4, 20), "last_day": dt.date(2026, 4, 20), "units": {"all": 1}}
    book(entitle(zushi, mother), clinic, status="confirmed", service="day_service", **day)

    assert "当日 10,000円(税抜)を施設に払います" in read_as(mother, "zushi")


def test_my_page__says_how_many_reduced_uses_are_left(kawasaki: Municipality, mother: Any) -> None:
    entitle(kawasaki, mother)

    assert "2,500円減免 あと5回" in read_as(mother, "kawasaki")


def test_my_page__marks_a_booking_of_a_child_that_is_too_old_for_its_facility(
    page: Any, kodaira: Municipality, mother: Any, clinic: Facility
) -> None:
    """The programme takes her until 5月14日; this clinic takes children under one month."""
    book(entitle(kodaira, mother), clinic)
    assert "使える期間の外" not in page()

    with scopes_disabled():
        Offering.objects.filter(facility=clinic).update(age_under=1, age_unit="months", age_title="生後1か月未満")

    assert "使える期間の外" in page()


def test_my_page__never_calls_what_is_over_the_next_thing(
    page: Any, kodaira: Municipality, mother: Any, clinic: Facility, clock_at: Any
) -> None:
    """The stay is from 11 March, 10:00, to 13 March, 16:00; then it waits in the list for the clinic's record."""
    entitlement = entitle(kodaira, mother, used={"stay_and_day": 6})
    past = book(entitlement, clinic, status="confirmed")
    coming = book(
        entitlement, clinic, status="confirmed", first_day=dt.date(2026, 3, 20), last_day=dt.date(2026, 3, 22)
    )
    clock_at.move_to("2026-03-11T09:59:00+09:00")
    assert f"/bookings/{past.number}/cancel/" in page()

    clock_at.move_to("2026-03-13T15:59:00+09:00")
    begun = page()
    assert "利用が始まっています" in begun
    assert f"/bookings/{past.number}/cancel/" not in begun

    clock_at.move_to("2026-03-13T16:01:00+09:00")
    shown = page()

    assert f"/bookings/{past.number}/cancel/" not in shown
    assert f"/bookings/{coming.number}/cancel/" in shown
    assert shown.count("記録を待っています") == 1


def test_booking__that_is_over__cannot_be_cancelled_from_its_page(
    kodaira: Municipality, mother: Any, clinic: Facility, clock_at: Any
) -> None:
    past = book(entitle(kodaira, mother), clinic, status="confirmed")
    clock_at.move_to("2026-03-14T09:00:00+09:00")
    client = Client()
    client.force_login(mother)

    shown = client.get(reverse("facilities:booking", args=["kodaira", past.number])).content.decode()
    listed = client.get(reverse("facilities:bookings", args=["kodaira"])).content.decode()

    assert "利用の日は過ぎました。施設が記録すると、このページが変わります。" in shown
    assert "取り消す" not in shown
    assert "10,000円" in shown
    assert "これからの予約はありません" in listed
    assert "記録を待っています" in listed


def test_my_page__says_behind_every_amount_that_it_is_a_sample_or_without_tax(
    zushi: Municipality, mother: Any, clinic: Facility
) -> None:
    """In the next thing and in the list of what was used."""
    entitlement = entitle(zushi, mother)
    line = {"label": "料金(見本の額)", "arithmetic": "", "amount": 10000, "sample": True}
    quote = {"lines": [line], "total": 10000, "class": "general", "version": 1}
    for status, day in (("attended", 2), ("confirmed", 20)):
        days = {"first_day": dt.date(2026, 4, day), "last_day": dt.date(2026, 4, day), "units": {"all": 1}}
        booking = book(entitlement, clinic, status=status, service="day_service", **days)
        with scopes_disabled():
            Booking.objects.filter(pk=booking.pk).update(quote=quote)

    shown = read_as(mother, "zushi")

    assert "当日 10,000円(税抜・見本の額)を施設に払います" in shown
    assert f"{clinic.name}・10,000円(税抜・見本の額)" in shown
