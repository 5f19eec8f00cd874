"""A month from the last use to the next month's correction, over the services that both sides call."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, ContractPrice, MonthLine, MonthReport
from facilities.selectors.month_sheet import MonthSheet
from facilities.services.cancelling import cancel, preview
from facilities.services.correcting import correct_contact, preview_correction
from facilities.services.month_sending import NotReady, SheetChanged, send_month
from facilities.services.month_withdrawing import LookedAt, withdraw_month
from facilities.services.paying import void_payment
from facilities.services.shown import Shown
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import pass_transition
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.month_end.conftest import APRIL, MARCH, Come, Send, settle

pytestmark = pytest.mark.django_db

Sheet = Callable[..., MonthSheet]
Contract = Callable[..., ContractPrice]


def codes(sheet: MonthSheet) -> set[str]:
    return {item.code for item in sheet.differences}


def frozen(report: MonthReport) -> list[dict[str, Any]]:
    with scopes_disabled():
        return [dict(row) for row in MonthLine.objects.filter(report=report).order_by("pk").values()]


def move(report: MonthReport, transition: str, **changes: Any) -> MonthReport:
    """What the centre does."""
    with scopes_disabled():
        found = MonthReport.objects.get(pk=report.pk)
        pass_transition(getattr(found, transition), **changes)
    return found


def test_month__claims_the_contracts_price_less_what_was_collected(
    contract: Contract, come: Come, send: Send, sheet: Sheet, clock_at: Any
) -> None:
    contract(30_000)
    contract(2_000, kind="multiples")
    one, twins = come(), come(children=2)
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    draft = sheet()
    assert not draft.differences
    assert [card.note for card in draft.cards] == ["30,000円×3日。", "30,000円×3日、多胎加算2,000円×3日。"]

    report = send()

    paid = one.quote["total"] + twins.quote["total"]
    assert (report.price, report.collected, report.public_share) == (186_000, paid, 186_000 - paid)
    assert [line["price"] for line in frozen(report)] == [90_000, 96_000]
    assert sheet().cards == draft.cards
    assert (report.number, report.revision, report.status) == (1, 1, "submitted")
    assert sheet(APRIL).rows == []


def test_month__is_not_sent_before_it_is_over_nor_otherwise_than_seen_nor_twice(
    contract: Contract, come: Come, send: Send, sheet: Sheet, clock_at: Any, receptionist: User, kodaira: Municipality
) -> None:
    contract(30_000)
    booking = come(paid=False)
    with pytest.raises(NotReady):
        send()
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    seen = sheet().seen
    with tenant(facility=booking.facility_id):
        settle(booking, by=receptionist, amount=1_000)
        with pytest.raises(SheetChanged):
            send_month(booking.facility, kodaira, MARCH, seen=seen, by=receptionist, at=clock.now())
    send()
    with pytest.raises(TransitionNotAllowed):
        send()


def test_month__without_the_contracts_price_or_with_an_arrival_unrecorded_cannot_be_sent(
    contract: Contract, come: Come, book: Any, send: Send, sheet: Sheet, clock_at: Any
) -> None:
    book(first=dt.date(2026, 3, 20), last=dt.date(2026, 3, 21))
    come()
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    assert {item.code for item in sheet().blocking} == {"unrecorded", "no_price"}
    assert (sheet().total, sheet().cards[0].price) == (None, None)
    with pytest.raises(NotReady):
        send()
    contract(30_000)
    assert {item.code for item in sheet().blocking} == {"unrecorded"}


def test_differences__say_what_was_received_otherwise_and_block_what_would_be_negative(
    contract: Contract, come: Come, sheet: Sheet, clock_at: Any, receptionist: User
) -> None:
    contract(30_000)
    unpaid, less, cheap = come(paid=False), come(paid=False), come(service="day_service", last=dt.date(2026, 3, 11))
    with tenant(facility=less.facility_id):
        settle(less, by=receptionist, amount=1_000)
    contract(1, service="day_service", per="use")
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    found = {(item.number, item.code, item.blocking) for item in sheet().differences}
    assert found == {
        (unpaid.number, "unpaid", False),
        (less.number, "other_sum", False),
        (cheap.number, "overpaid", True),
    }


def test_late_cancellation__without_a_contract_amount_is_listed_and_not_claimed(
    contract: Contract, book: Any, come: Come, send: Send, sheet: Sheet, clock_at: Any
) -> None:
    contract(30_000)
    late = book()
    come()
    with scopes_disabled():
        Booking.objects.filter(pk=late.pk).update(
            status="cancelled_late",
            contact_at=clock.now(),
            closed_at=clock.now(),
            consequence={"total": 0, "lines": [], "counted": {}},
        )
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    card = next(card for card in sheet().cards if card.number == late.number)
    assert (card.price, card.public_share, card.note) == (None, None, "契約に定めがないので請求に含めません。")
    assert codes(sheet()) == {"not_in_contract"}
    report = send()
    assert report.price == 90_000

    move(report, "accept", accepted_at=clock.now())
    contract(5_000, kind="late_cancel", per="use")
    clock_at.move_to("2026-05-01T09:00:00+09:00")
    (correction,) = sheet(APRIL).cards
    assert (correction.number, correction.price, correction.public_share) == (late.number, 5_000, 5_000)


def test_month__returned_and_sent_again_then_accepted_is_frozen_and_corrected_by_the_next(
    contract: Contract, come: Come, send: Send, sheet: Sheet, clock_at: Any, receptionist: User
) -> None:
    contract(30_000)
    booking = come(paid=False)
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    report = send()
    move(report, "send_back", returned_at=clock.now(), return_reason="受け取った額を確かめてください。")
    with tenant(facility=booking.facility_id):
        payment = settle(booking, by=receptionist, amount=1_000)
    report = send(answer="直しました。")
    assert (report.number, report.revision, report.collected, report.answer) == (1, 2, 1_000, "直しました。")
    move(report, "accept", accepted_at=clock.now())
    before = frozen(report)

    clock_at.move_to("2026-05-01T09:00:00+09:00")
    with tenant(facility=booking.facility_id):
        void_payment(payment, reason="打ちまちがい", by=receptionist, at=clock.now())
    assert codes(sheet(APRIL)) == {"correction"}
    later = send(APRIL)

    due = booking.quote["total"]
    assert (later.number, later.price, later.public_share) == (2, 0, 1_000 - due)
    assert frozen(report) == before
    assert frozen(later)[0]["corrects_id"] == before[0]["id"]
    move(later, "accept", accepted_at=clock.now())
    clock_at.move_to("2026-06-01T09:00:00+09:00")
    assert sheet(dt.date(2026, 5, 1)).rows == []


def test_late_cancellation__that_turns_out_to_be_in_time_after_its_month__is_corrected_by_the_next(
    contract: Contract, book: Any, send: Send, sheet: Sheet, clock_at: Any, receptionist: User
) -> None:
    contract(30_000)
    contract(5_000, kind="late_cancel", per="use")
    late = book()
    clock_at.move_to("2026-03-10T16:10:00+09:00")
    with tenant(facility=late.facility_id):
        shown = Shown.of(preview(late, contact_at=clock.now()))
        cancel(late, contact_at=clock.now(), shown=shown, by=receptionist, at=clock.now())
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    report = send()
    assert report.price == 5_000
    move(report, "accept", accepted_at=clock.now())
    before = frozen(report)

    with tenant(facility=late.facility_id):
        called = late.contact_at - dt.timedelta(minutes=11)
        shown = Shown.of(preview_correction(late, contact_at=called))
        correct_contact(late, contact_at=called, why="looked_up", shown=shown, by=receptionist, at=clock.now())
    clock_at.move_to("2026-05-01T09:00:00+09:00")
    (correction,) = sheet(APRIL).cards
    assert (correction.number, correction.price, correction.public_share) == (late.number, -5_000, -5_000)
    assert frozen(report) == before


def test_month__is_withdrawn_only_before_the_centre_has_looked(
    contract: Contract, come: Come, send: Send, clock_at: Any, receptionist: User
) -> None:
    contract(30_000)
    come()
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    report = send()
    with tenant(facility=report.facility_id):
        withdraw_month(report, by=receptionist, at=clock.now())
    assert (report.status, report.price, frozen(report)) == ("draft", None, [])
    report = send()
    report.looked_at = clock.now()
    with tenant(facility=report.facility_id), pytest.raises(LookedAt):
        withdraw_month(report, by=receptionist, at=clock.now())


def test_database__claims_a_booking_once(contract: Contract, come: Come, send: Send, clock_at: Any) -> None:
    contract(30_000)
    come()
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    report = send()
    with scopes_disabled():
        (line,) = MonthLine.objects.filter(report=report)
        other = MonthReport.objects.create(
            municipality=report.municipality, facility=report.facility, month=APRIL, number=2
        )
        line.pk, line.report = None, other
        with transaction.atomic(), pytest.raises(IntegrityError, match=r"booking_is_claimed_once|booking_id"):
            line.save(force_insert=True)
        line.report, line.booking_id, line.public_share = other, line.booking_id, 1
        with transaction.atomic(), pytest.raises(IntegrityError, match="month_line_share_is_price_minus_collected"):
            line.save(force_insert=True)


def test_month__needs_few_statements_and_no_more_for_bookings_of_settled_months(
    contract: Contract, come: Come, send: Send, sheet: Sheet, clock_at: Any, django_assert_max_num_queries: Any
) -> None:
    contract(30_000)
    come()
    come()
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    with django_assert_max_num_queries(30):
        sheet()
    report = send()
    move(report, "accept", accepted_at=clock.now())
    with django_assert_max_num_queries(10):
        sheet(APRIL)
