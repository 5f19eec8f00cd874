"""By phone first: the code that becomes a booking, the digits that find a request, and what she reads otherwise."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality, programme_of, version_on
from facilities.forms.citizen.dates import AskForm
from facilities.models import Booking, Facility, Hold, Offering
from facilities.services.holding import hold_days, release_hold
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories

pytestmark = pytest.mark.django_db

CODE = "/kodaira/my/book/code/"
WEDNESDAY, FRIDAY = dt.date(2026, 3, 11), dt.date(2026, 3, 13)


@pytest.fixture
def hold(stay: Offering, receptionist: Any) -> Hold:
    return hold_days(
        stay, first_day=WEDNESDAY, last_day=FRIDAY, arrival=None, form_token="t", by=receptionist, at=clock.now()
    )


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def told(browser: Client, code: str, **said: Any) -> str:
    return browser.post(CODE, {"code": code, **said}).content.decode()


def test_code__shows_the_price_and_what_is_left__and_books_when_confirmed(
    signed_in: Client, entitlement: Entitlement, hold: Hold
) -> None:
    half_heard = f"{hold.code[:3]}ー{hold.code[3:]}"
    page = told(signed_in, half_heard)

    assert "ジュンレディースクリニック小平" in page
    assert "10,000円" in page
    assert "<b>あと6日 → 3日</b>" in page
    assert "きょう 10:15 まで" in page
    assert not Booking.objects.exists()

    answer = signed_in.post(CODE, {"code": hold.code, "arrival": "10:00:00", "note": "卵を食べません", "confirm": "1"})

    booking = Booking.objects.get()
    assert answer["Location"] == reverse("facilities:booking", args=["kodaira", booking.number])
    assert (booking.status, booking.note) == (Booking.Status.CONFIRMED, "卵を食べません")
    assert signed_in.post(CODE, {"code": hold.code})["Location"] == answer["Location"], "typed again it leads there"


def test_code__before_the_birth_is_recorded__leads_to_what_is_missing(
    signed_in: Client, entitlement: Entitlement, hold: Hold
) -> None:
    birth = entitlement.birth
    birth.outcome, birth.born_on, birth.due_date = "expected", None, dt.date(2026, 4, 30)
    birth.save()

    page = signed_in.post(CODE, {"code": hold.code}, follow=True).content.decode()

    assert "生まれた日を届け出る" in page
    assert "施設に電話して、日を変えられるか" not in page


def test_code__that_leads_nowhere__says_why_and_what_to_do(
    signed_in: Client, entitlement: Entitlement, hold: Hold, receptionist: Any, clock_at: Any
) -> None:
    wrong = f"{(int(hold.code) + 1) % 10**6:06}"
    assert "予約コードを入力してください" in told(signed_in, "")
    assert "6けたで入力してください" in told(signed_in, "123")
    assert "このコードの仮予約はありません" in told(signed_in, wrong)

    clock_at.shift(dt.timedelta(minutes=15))
    page = told(signed_in, hold.code)
    assert "このコードの期限は切れました" in page
    assert "施設に電話して、もう一度コードを聞いてください" in page

    release_hold(hold, by=receptionist, at=clock.now())
    assert "施設が取りやめました" in told(signed_in, hold.code)


def test_code__after_five_wrong_ones__asks_to_wait(signed_in: Client, entitlement: Entitlement, hold: Hold) -> None:
    for _ in range(5):
        told(signed_in, f"{(int(hold.code) + 1) % 10**6:06}")

    assert "ちがうコードが何回か続きました" in told(signed_in, hold.code)


def test_code__of_another_who_was_first(signed_in: Client, entitlement: Entitlement, hold: Hold) -> None:
    other = Client()
    other.force_login(factories.EntitlementFactory(municipality=entitlement.municipality).citizen)
    other.post(CODE, {"code": hold.code, "arrival": "10:00:00", "confirm": "1"})

    assert "このコードは、もう使われています" in told(signed_in, hold.code)


def test_code__of_a_service_or_day_that_is_not_hers__is_refused_by_the_rules(
    signed_in: Client, entitlement: Entitlement, hold: Hold, stay: Offering
) -> None:
    with tenant(municipality=entitlement.municipality_id):
        factories.BookingFactory(
            municipality=entitlement.municipality, entitlement=entitlement, facility=stay.facility, status="confirmed"
        )

    page = told(signed_in, hold.code)

    assert "この日は予約できません" in page
    assert "3月11日(水)は予約できません" in page


@pytest.fixture
def okayama_desk(okayama: Municipality) -> Iterator[tuple[Municipality, Facility, Entitlement]]:
    with tenant(municipality=okayama.pk):
        facility = Facility.objects.create(code="mihon", name="見本の施設")
        made = factories.EntitlementFactory(municipality=okayama)
        found = entitlement_of(made.citizen, okayama)
        assert found is not None
        yield okayama, facility, found


def test_request__after_a_call__is_found_by_the_digits_on_her_screen(
    okayama_desk: tuple[Municipality, Facility, Entitlement], clock_at: Any
) -> None:
    town, facility, entitlement = okayama_desk
    booking = factories.BookingFactory(
        municipality=town,
        entitlement=entitlement,
        facility=facility,
        number="4821-7305-6614",
        status="requested",
        quote={"lines": [{"label": "宿泊型", "arithmetic": "", "amount": 0}], "total": 0},
    )
    mother, desk = Client(), Client()
    assert entitlement.citizen is not None
    mother.force_login(entitlement.citizen)
    desk.force_login(factories.StaffMembershipFactory(facility=facility).user)

    assert "056-614" in read(mother, reverse("facilities:booking", args=[town.slug, booking.number]))
    assert desk.post("/facility/requests/spoken/", {"code": "056 614"})["Location"].endswith(f"{booking.number}/")
    assert (
        "この番号の依頼は、いまはありません"
        in desk.post("/facility/requests/spoken/", {"code": "999999"}).content.decode()
    )

    clock_at.shift(dt.timedelta(minutes=15))
    assert "056-614" not in read(mother, reverse("facilities:booking", args=[town.slug, booking.number]))
    assert "いまはありません" in desk.post("/facility/requests/spoken/", {"code": "056614"}).content.decode()


def test_call_without_a_code__goes_to_the_facility_with_her_words(okayama: Municipality) -> None:
    terms = programme_of(version_on(okayama, clock.today())).terms
    said = {"day": "2026-03-20", "days": "1", "token": "a" * 20, "provisional": "on", "note": "二階です"}

    def note(**more: str) -> str:
        asked = AskForm({**said, **more}, service=terms.service("home_visit"), rules=terms.booking, children=1)
        assert asked.is_valid(), asked.errors
        return str(asked.cleaned_data["note"])

    assert note() == "電話で仮予約ずみ。二階です"
    assert note(called="きのう、田中さん") == "電話で仮予約ずみ(きのう、田中さん)。二階です"
    form: Any = AskForm(said, service=terms.service("home_visit"), rules=terms.booking, children=1)
    longest = form.fields["note"].limit
    assert len(note(called="田" * 40, note="あ" * longest)) <= 200, "what a booking can keep"
