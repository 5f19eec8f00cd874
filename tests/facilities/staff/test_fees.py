"""キャンセル料: a facility sets what the programme leaves to it, receives or waives what is owed; all sides see it."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from eligibility.public import Municipality
from facilities.models import Booking, FeeWaiver, OfferingAmount, Payment, StaffMembership
from facilities.selectors.money_desk import Due, desk_of
from facilities.selectors.owed_fees import owed_fee
from facilities.services.amounts import StartsInPast, enter_amount
from facilities.services.cancelling import cancel, preview
from facilities.services.correcting import NotCorrectable, correct_contact, preview_correction
from facilities.services.paying import NothingOwed, pay
from facilities.services.shown import Shown
from facilities.services.waiving import undo_waiver, waive_fee
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import factories
from tests.facilities.moves import move_to
from tests.facilities.walking import MAY_CHILD, Family, desk, family, kept, mails, offering
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june", "all_tenants")]
LATE = "2026-06-09T10:00:00+09:00"
KEY = "short_stay.late_fee"


@pytest.fixture
def household(zushi: Municipality, in_june: None) -> Family:
    return family(zushi, **MAY_CHILD)


def stay(household: Family, day: str = "2026-06-10") -> Booking:
    return household.books("short_stay", day, days=2, arrival="09:00:00")


def dues(booking: Booking) -> dict[Payment.Kind, Due]:
    return {due.kind: due for due in desk_of(Booking.objects.get(pk=booking.pk)).dues}


def pays(client: Client, page: str, **typed: str) -> Any:
    return client.post(page, {"token": client.get(page).context["form"]["token"].value(), **typed})


def manager(municipality: Municipality) -> User:
    place = offering(municipality, "short_stay").facility
    return factories.StaffMembershipFactory(facility=place, manages=True, user__display_name="院長").user


def enter(municipality: Municipality, by: User, amount: int = 3000, **more: Any) -> None:
    said: dict[str, Any] = {"starts_on": dt.date(2026, 6, 1), "by_facility": True, "at": clock.now(), **more}
    enter_amount(offering(municipality, "short_stay"), KEY, amount=amount, by=by, **said)


def test_the_facility_s_own_fee__is_told_before_she_books_and_cancels_and_to_both_sides(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    by, place = manager(zushi), offering(zushi, "short_stay")
    client = Client()
    client.force_login(by)
    before = household.looks_at("short_stay", "2026-06-10", days=2)
    assert "について入力された額です" not in before

    form = {"amount": "3,000", "starts_on_year": "2026", "starts_on_month": "6", "starts_on_day": "1", "note": ""}
    client.post(f"/facility/settings/fees/{place.pk}/{KEY}/", form)

    page = household.looks_at("short_stay", "2026-06-10", days=2)
    assert "3,000円" in page
    assert f"{place.facility.name}について入力された額です" in page
    booking = stay(household)
    clock_at.move_to(LATE)
    assert "3,000円がかかります" in household.reads("cancel", booking.number)
    receipt = household.cancels(booking, "late")
    assert f"{place.facility.name}に払う額" in receipt
    assert f"払い先は、{place.facility.name}です。" in mails(household, "booking_cancelled")[0]
    client.force_login(by)  # the clock has run on
    said = "施設の院長さんが"
    assert said in client.get("/facility/settings/fees/").content.decode()
    decider = factories.MembershipFactory(municipality=zushi, role="decider").user
    centre = Client()
    centre.force_login(decider)
    assert said in centre.get("/zushi/centre/amounts/").content.decode()


def test_an_amount_entered_later__changes_no_consequence_that_was_recorded(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    by = manager(zushi)
    booking = stay(household)
    clock_at.move_to(LATE)
    household.cancels(booking, "late")
    recorded = kept(household)[3]

    enter(zushi, by, 5000, at=clock.now())

    assert kept(household)[3] == recorded
    assert recorded["who_knows"] == "facility"
    with pytest.raises(StartsInPast):
        enter(zushi, by, 1, at=clock.now())


def test_a_fee__is_entered_only_by_who_manages_and_a_price_by_no_facility(zushi: Municipality) -> None:
    by, place = manager(zushi), offering(zushi, "short_stay")
    colleague = factories.StaffMembershipFactory(facility=place.facility).user
    elsewhere = factories.StaffMembershipFactory(facility=offering(zushi, "home_visit").facility, manages=True).user
    assert StaffMembership.objects.get(user=elsewhere).facility != place.facility

    for person in (colleague, elsewhere):
        with pytest.raises(PermissionDenied):
            enter(zushi, person)
    with pytest.raises(PermissionDenied):
        enter_amount(
            place, "short_stay.price", amount=1, starts_on=clock.today(), by_facility=True, by=by, at=clock.now()
        )
    with pytest.raises(PermissionDenied):
        enter_amount(place, KEY, amount=1, starts_on=clock.today(), by=by, at=clock.now())
    assert not OfferingAmount.objects.exclude(entered_by=None).exists()


def test_a_fee__is_owed_until_it_is_received_and_she_sees_that_it_was(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    by = manager(zushi)
    enter(zushi, by)
    booking = stay(household)
    clock_at.move_to(LATE)
    assert owed_fee(booking) is None
    household.cancels(booking, "late")
    client, name = desk(booking), household.entitlement.birth.household.name
    assert f"{name} 様" in client.get("/facility/owed/").content.decode().partition("受け取ったもの")[0]
    assert "まだ受け取られていません" in household.reads("booking", booking.number)

    booking = household.last()
    fee = Payment.Kind.CANCEL_FEE
    pay(booking, kind=fee, label="キャンセル料", amount=3000, form_token="x", by=by, at=clock.now())

    assert "が受け取りました" in household.reads("booking", booking.number)
    assert "受け取っていないキャンセル料はありません" in client.get("/facility/owed/").content.decode()
    with pytest.raises(NothingOwed):
        waive_fee(booking, reason="もう受け取った", by=by, at=clock.now())


def test_a_late_move_s_fee__is_received_at_the_desk_s_page_of_a_booking_that_goes_on(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    by = manager(zushi)
    enter(zushi, by)
    booking = stay(household)
    clock_at.move_to(LATE)
    days = (dt.date(2026, 6, 16), dt.date(2026, 6, 17))
    said: dict[str, Any] = {"arrival": dt.time(9), "by": household.mother, "at": clock.now()}
    move = move_to(booking, offering(zushi, "short_stay"), *days, **said)
    client, page = desk(booking), f"/facility/bookings/{booking.number}/pay/"
    assert client.get(page).status_code == 302  # nothing is owed yet
    client.post(f"/facility/moves/{move.number}/accept/")

    asked = text(client.get(page))
    assert "6月10日(水)〜11日(木)を6月16日(火)〜17日(水)に変えた分" in asked
    assert text(str(move.consequence["fact"])) in asked
    assert "利用料" not in asked.partition("<main")[2]
    clock_at.move_to("2026-06-16T09:30:00+09:00")
    client.post(f"/facility/bookings/{booking.number}/arrived/")

    owed = dues(booking)
    assert owed[Payment.Kind.CANCEL_FEE].left == 3000
    answer = pays(client, page, cancel_fee="3,000", use=str(owed[Payment.Kind.USE].left))

    receipt = text(client.get(answer.headers["Location"]))
    assert "取り消しの料金(宿泊型" in receipt
    assert "3,000円" in receipt
    assert [row.receipt for row in Payment.objects.all()] == [f"{booking.number}-R1"] * 2
    assert not any(due.left or due.over for due in dues(booking).values())
    assert "受け取っていないキャンセル料はありません" in client.get("/facility/owed/").content.decode()


def test_a_fee__is_received_only_as_far_as_it_is_owed_and_waived_on_the_same_page(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    enter(zushi, manager(zushi))
    booking = stay(household)
    clock_at.move_to(LATE)
    household.cancels(booking, "late")
    client, page = desk(booking), f"/facility/bookings/{booking.number}/pay/"

    assert "3,000円です。多くは受け取れません" in text(pays(client, page, cancel_fee="3001"))
    assert "受け取った額を入力してください" in text(pays(client, page, cancel_fee=""))
    pays(client, page, cancel_fee="1000")
    client.post(f"/facility/owed/{booking.number}/waive/", {"reason": "急な事情のため"})

    settled = text(client.get(page))
    assert "1,000円は受け取りずみ・理由:急な事情のため" in settled
    assert 'name="cancel_fee"' not in client.get(page).content.decode()
    assert dues(household.last())[Payment.Kind.CANCEL_FEE].left == 0


def test_a_waiver__says_why_to_her_and_may_be_taken_back(zushi: Municipality, household: Family, clock_at: Any) -> None:
    by = manager(zushi)
    enter(zushi, by)
    booking = stay(household)
    clock_at.move_to(LATE)
    household.cancels(booking, "late")
    booking, client = household.last(), desk(booking)
    stranger = factories.StaffMembershipFactory(facility=offering(zushi, "home_visit").facility).user
    with pytest.raises(PermissionDenied):
        waive_fee(booking, reason="よその人", by=stranger, at=clock.now())

    client.post(f"/facility/owed/{booking.number}/waive/", {"reason": "急な事情のため"})

    page = household.reads("booking", booking.number)
    assert "払わなくて大丈夫です" in page
    assert "急な事情のため" in page
    mail = mails(household, "fee_waived")[0]
    assert f"{booking.facility.name}は、取り消しの料金 3,000円を受け取らないことにしました。" in mail
    assert "理由: 急な事情のため" in mail
    assert f"/zushi/my/bookings/{booking.number}/" in mail
    assert kept(household)[1] == {"all": 2}
    assert FeeWaiver.objects.get().citizen_id == household.mother.pk
    with pytest.raises(NothingOwed):
        waive_fee(booking, reason="もういちど", by=by, at=clock.now())

    undo_waiver(FeeWaiver.objects.get(), by=by, at=clock.now())
    owed = owed_fee(booking)
    assert owed
    assert owed.left == 3000
    assert "取り消しの料金 3,000円を、やはり受け取ることにしました。" in mails(household, "fee_asked_again")[0]
    waive_fee(booking, reason="やはり、いただきません", by=by, at=clock.now())
    assert len(mails(household, "fee_waived")) == 2  # each is told, none twice


def test_a_call_typed_in__names_on_the_receipt_which_side_wrote_it_down(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    from_facility, other = stay(household), family(zushi, **MAY_CHILD)
    from_centre = stay(other, "2026-06-20")
    clock_at.move_to("2026-06-08T16:10:00+09:00")
    nurse = factories.MembershipFactory(municipality=zushi, role="centre").user
    worker = factories.StaffMembershipFactory(facility=from_facility.facility).user
    called = clock.now() - dt.timedelta(minutes=11)

    said = []
    for person, booking, home in [(worker, from_facility, household), (nurse, from_centre, other)]:
        shown = Shown.of(preview(booking, contact_at=called))
        cancel(booking, contact_at=called, shown=shown, by=person, at=clock.now())
        said.append(home.reads("booking", booking.number))

    assert [home.last().status for home in (household, other)] == ["cancelled_in_time"] * 2
    assert f"連絡を、{from_facility.facility.name}が記録しました。" in said[0]
    assert "連絡を、センターが記録しました。" in said[1]
    assert all("15:59" in page and "16:10" in page for page in said)


def test_a_call_that_was_written_down_wrong__is_corrected_before_money_is_received_and_after_it_is_taken_back(
    zushi: Municipality, household: Family, clock_at: Any
) -> None:
    by = manager(zushi)
    enter(zushi, by)
    booking = stay(household)
    clock_at.move_to(LATE)
    noted = clock.now()
    cancel(booking, contact_at=noted, shown=Shown.of(preview(booking, contact_at=noted)), by=by, at=noted)
    booking = Booking.objects.get(pk=booking.pk)
    in_time = noted - dt.timedelta(days=2)
    shown = Shown.of(preview_correction(booking, contact_at=in_time))
    said: dict[str, Any] = {"contact_at": in_time, "why": "typed", "shown": shown, "by": by}

    waiver = waive_fee(booking, reason="災害のため", by=by, at=clock.now())
    with pytest.raises(NotCorrectable, match="money"):
        correct_contact(booking, **said, at=clock.now())
    undo_waiver(waiver, by=by, at=clock.now())
    assert owed_fee(Booking.objects.get(pk=booking.pk)) is not None

    correct_contact(booking, **said, at=clock.now())
    assert owed_fee(Booking.objects.get(pk=booking.pk)) is None
    told = mails(household, "contact_corrected")[0]
    assert "6月7日(日) 10:00に、取り消しの連絡を受けたと、記録を直しました。" in told
    assert "直した理由: 入力をまちがえました。" in told
    assert "前の記録は 6月9日(火) 10:00 でした。" in household.reads("booking", booking.number)
