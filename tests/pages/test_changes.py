"""変更届 at the pages: what follows is told before the button, and holds after it."""

import datetime as dt
import itertools
from typing import Any

import pytest

from applications.models import Application, ChangeNotice, Household, HouseholdClass
from applications.public import entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from facilities.public import cancel, confirm, preview, request_booking
from facilities.services.shown import Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.cases import handed_in
from tests.eligibility.engine.test_booking_who import BABY_WORDS
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

MARCH, TOKENS = dt.date(2026, 3, 11), itertools.count()


@pytest.fixture
def approved(kodaira: Municipality) -> Application:
    """Everything granted for a child born on 1月15日: until 5月14日. Today is 3月5日."""
    application: Application = handed_in(kodaira, status="approved", birth__expected=False)
    factories.EntitlementFactory(municipality=kodaira, birth=application.birth)
    return application


@pytest.fixture
def mother(approved: Application) -> Person:
    return Person(approved.citizen)


@pytest.fixture
def stay(approved: Application, clinic: Facility, receptionist: Any) -> Booking:
    """Three days from 3月11日, confirmed, for 10,000 yen."""
    return book(approved, clinic, receptionist, MARCH)


def book(approved: Application, clinic: Facility, receptionist: Any, first: dt.date) -> Booking:
    assert approved.citizen
    entitlement = entitlement_of(approved.citizen, approved.municipality)
    assert entitlement
    booking = request_booking(
        entitlement,
        Offering.objects.select_related("facility", "contract").get(facility=clinic, service="short_stay"),
        first_day=first,
        last_day=first + dt.timedelta(days=2),
        arrival=dt.time(10),
        note="",
        form_token=f"form-{next(TOKENS)}",
        by=approved.citizen,
        at=clock.now(),
    )
    return confirm(booking, by=receptionist, at=clock.now())


def again(booking: Booking) -> Booking:
    rows = Booking.objects.select_related("facility", "municipality", "citizen", "entitlement__birth")
    return rows.select_related("entitlement__programme_version").get(pk=booking.pk)


def of_class(approved: Application, code: str, proof: str) -> None:
    assert approved.birth
    HouseholdClass.objects.all().delete()
    HouseholdClass.objects.create(
        municipality=approved.municipality,
        citizen=approved.citizen,
        household=approved.birth.household,
        code=code,
        proof=proof,
        starts_on=dt.date(2025, 4, 1),
    )


# how she is reached


def test_list__shows_what_is_on_file_and_leads_to_each(mother: Person) -> None:
    mother.opens("/kodaira/my/")
    mother.follows("氏名・住所などの変更、転出")
    mother.sees("髙橋 美咲(たかはし みさき)", "〒187-0043", "090-0000-0002", "髙橋 健 夫", "転出しない")
    mother.follows("直す(電話番号)")
    mother.sees("電話番号が変わったとき", "いま", "090-0000-0002")


def test_name__tells_what_facilities_and_letters_show_before_it_is_reported(mother: Person, stay: Booking) -> None:
    mother.opens("/kodaira/my/changes/name/")
    mother.writes("新しい氏名", "山田 美咲")
    mother.writes("ふりがな", "ヤマダ ミサキ")
    mother.presses("どう変わるかを見る")

    mother.sees("これから出る通知書には、新しい氏名を載せます", "次の予約では、新しい氏名が予約先に見えます", "3月11日")
    assert not ChangeNotice.objects.exists()

    mother.presses("この内容で届け出る")
    mother.sees("変更届を受け取りました", "山田 美咲(やまだ みさき)", "届け出ずみ")
    assert Household.objects.get().name == "山田 美咲"


def test_address__is_shown_to_no_facility_that_she_goes_to(mother: Person, stay: Booking) -> None:
    mother.opens("/kodaira/my/changes/address/")
    mother.sees("市外へ引っ越すときは、転出を届け出てください")
    mother.writes("新しい郵便番号", "1870001")
    mother.writes("新しい住所", "小平市大沼町9-9")
    mother.presses("どう変わるかを見る")
    mother.sees("新しい住所を載せます", "〒187-0001 小平市大沼町9-9")
    mother.misses("予約先に見えます")


def test_unchanged__is_told_and_not_reported(mother: Person) -> None:
    mother.opens("/kodaira/my/changes/emergency/")
    mother.presses("どう変わるかを見る")
    mother.sees("いまと同じです")
    mother.writes("緊急連絡先の電話番号", "")
    mother.presses("どう変わるかを見る")
    mother.sees("氏名と電話番号は、両方入力してください")


def test_pages__are_for_those_who_have_applied(kodaira: Municipality) -> None:
    newcomer = Person(factories.UserFactory())
    newcomer.opens("/kodaira/my/changes/phone/")
    assert newcomer.address == "/kodaira/my/"
    assert Person(factories.UserFactory()).client.get("/kodaira/my/changes/").status_code == 302


def test_kind__that_no_programme_knows_is_not_found(mother: Person) -> None:
    mother.client.force_login(mother.user)
    assert mother.client.get("/kodaira/my/changes/anything/").status_code == 404


# the class


def test_class__that_pays_more_tells_each_price_and_changes_it(
    approved: Application, mother: Person, clinic: Facility, receptionist: Any
) -> None:
    of_class(approved, "tax_exempt", "tax_exemption_certificate")
    early, late = (book(approved, clinic, receptionist, day) for day in (MARCH, dt.date(2026, 4, 7)))
    assert [again(row).quote["total"] for row in (early, late)] == [0, 0]

    mother.opens("/kodaira/my/changes/household_class/")
    mother.chooses("どちらでもない")
    mother.writes_day("いつから", "2026.4.1")
    mother.presses("どう変わるかを見る")
    mother.sees("4月1日(水)からの利用は", "4月7日の宿泊型は、0円から10,000円になります。")
    mother.misses("3月11日の宿泊型は")
    mother.presses("この内容で届け出る")

    assert [again(row).quote["total"] for row in (early, late)] == [0, 10_000]
    (mail,) = Mail.objects.filter(kind="bookings_repriced")
    assert "届け出ていただいた世帯の区分により" in mail.text
    mother.sees("4月1日(水)から")


def test_class__that_pays_less_leads_to_its_certificate(mother: Person, stay: Booking) -> None:
    mother.opens("/kodaira/my/changes/household_class/")
    mother.chooses("住民税(均等割)が非課税の世帯")
    mother.writes_day("いつから", "R8.3.5")
    mother.presses("どう変わるかを見る")
    mother.sees(
        "世帯全員分の非課税証明書をセンターが確かめると、3月5日(木)から「住民税非課税世帯(均等割)」の額になります。",
        "それまでは「一般」の料金です",
        "世帯全員分の非課税証明書を確かめたあとの予約の料金",
        "3月11日の宿泊型は、10,000円から0円になります。",
    )
    mother.presses("この内容で届け出る")
    mother.sees("世帯全員分の非課税証明書", "証明書を出す")
    assert again(stay).quote["total"] == 10_000
    mother.follows("証明書を出す")
    mother.sees("証明書を出す", "世帯全員分の非課税証明書")


# moving away


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


# the centre


def test_centre__finds_the_notice_in_its_list_until_somebody_has_looked(
    approved: Application, mother: Person, nurse: Any
) -> None:
    mother.opens("/kodaira/my/changes/phone/")
    mother.writes("新しい電話番号", "０９０９９９９００００")
    mother.presses("どう変わるかを見る")
    mother.presses("この内容で届け出る")

    mother.opens("/kodaira/my/changes/address/")
    mother.writes("新しい住所", "小平市大沼町9-9")
    mother.presses("どう変わるかを見る")
    mother.presses("この内容で届け出る")

    desk = Person(nurse)
    desk.opens("/kodaira/centre/")
    desk.sees("変更届を確かめる", "電話番号")
    desk.misses("090-0000-0002", "090-9999-0000", "大沼町")
    desk.opens(f"/kodaira/centre/cases/{approved.number}/")
    desk.sees("090-0000-0002→090-9999-0000", "住所〒187-0043 小平市大沼町9-9")
    assert desk.reads().count("学園東町") == 1, "the old address stands in the notice alone"
    desk.presses("確かめた(電話番号)")
    desk.sees("変更届(電話番号)を確かめました")
    desk.presses("確かめた(住所)")
    desk.opens("/kodaira/centre/")
    desk.misses("変更届を確かめる")
    mother.opens("/kodaira/my/changes/")
    mother.sees("センターが確かめました")
