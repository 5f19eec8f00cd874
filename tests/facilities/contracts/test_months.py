"""施設の月の実績 at the centre: checked against its records, returned, accepted, paid by list; each town its own."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django_fsm import TransitionNotAllowed

from applications.models import Grant, Pool
from eligibility.public import Municipality
from facilities.models import Booking, Facility, MonthReport, Payment, PaymentEntry, PaymentList
from facilities.selectors.month_check import GONE, TOO_MANY, month_check
from facilities.selectors.month_sheet import month_sheet
from facilities.selectors.months import facilities_claiming
from facilities.selectors.payment_lists import ListedPayments, entries_of
from facilities.services.attending import attend
from facilities.services.month_centre import Bound, accept, look_at, reopen, send_back
from facilities.services.month_sending import send_month
from facilities.services.month_withdrawing import LookedAt, withdraw_month
from facilities.services.payment_lists import NotPayable, NotYet, Owing, make_list, record_paid, void_list
from facilities.services.payment_papers import html
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import fetch
from postpartum_portal.shared.jobs.runner import run
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Export, Job, Mail
from tests import factories
from tests.facilities.contracts.conftest import Enter
from tests.facilities.staff.conftest import Book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

MARCH = dt.date(2026, 3, 1)
APRIL = "2026-04-02T10:00:00+09:00"


@pytest.fixture
def sent(
    book: Book, enter: Enter, clock_at: Any, receptionist: Any, clinic: Facility, kodaira: Municipality
) -> MonthReport:
    """March of the clinic: one stay of three days at 30,000 yen a day, sent on April 2."""
    enter()
    booking = book(name="髙島 文")
    clock_at.move_to("2026-03-11T10:00:00+09:00")
    attend(booking, by=receptionist, at=clock.now())
    clock_at.move_to(APRIL)
    return send(clinic, kodaira, receptionist)


def send(clinic: Facility, municipality: Municipality, by: Any, month: dt.date = MARCH) -> MonthReport:
    sheet = month_sheet(clinic.pk, municipality, month, today=clock.today())
    return send_month(clinic, municipality, month, seen=sheet.seen, by=by, at=clock.now())


def fresh(report: MonthReport) -> MonthReport:
    return MonthReport.objects.select_related("municipality", "facility").get(pk=report.pk)


def doubts(report: MonthReport) -> list[str]:
    check = month_check(fresh(report), today=clock.today())
    return [*(doubt for line in check.lines for doubt in line.doubts), *check.beside]


# checking


def test_check__recounts_each_family_from_what_was_granted(sent: MonthReport) -> None:
    check = month_check(fresh(sent), today=clock.today())
    (line,) = check.lines
    assert (line.card.price, line.card.collected, line.card.public_share) == (90_000, 10_000, 80_000)
    assert line.used == "7日のうち3日"
    assert not [doubt for doubt in line.doubts if "受け取り" not in doubt], "only that nobody wrote down what she paid"


def test_check__names_what_does_not_fit_the_centres_records(sent: MonthReport, book: Book, receptionist: Any) -> None:
    booking = Booking.objects.get()
    Pool.objects.update(limit=1, used=1)
    Grant.objects.update(services=["day_service"])
    Payment.objects.create(
        municipality_id=booking.municipality_id,
        facility_id=booking.facility_id,
        booking=booking,
        kind="use",
        label="利用料",
        amount=7_000,
        paid_at=clock.now(),
        by=receptionist,
        receipt="R1",
        form_token="R1",
    )
    found = doubts(sent)
    assert TOO_MANY in found
    assert "この日の利用が、承認の範囲に入っていません。" in found
    assert any("いまの市の負担は83,000円です" in sentence for sentence in found)
    Booking.objects.filter(pk=booking.pk).update(status="confirmed")
    found = doubts(sent)
    assert GONE in found
    assert any("髙島 文 様" in sentence and "来たかどうか" in sentence for sentence in found)


def test_page__shows_the_month_to_the_centre_with_the_way_to_the_case(sent: MonthReport, clerk: Client) -> None:
    listed = clerk.get("/kodaira/centre/months/").content.decode()
    assert "80,000円" in listed
    page = clerk.get(f"/kodaira/centre/months/{sent.pk}/").content.decode()
    assert "髙島 文" in page
    assert "確認したことにする" in page
    assert Event.objects.filter(verb="booking.read", subject_id=Booking.objects.get().pk).exists()
    confirm = clerk.get(f"/kodaira/centre/months/{sent.pk}/accept/").content.decode()
    assert "80,000円の請求を確認した" in confirm
    clerk.post(f"/kodaira/centre/months/{sent.pk}/accept/", {"revision": "1"})
    assert fresh(sent).status == "accepted"
    undone = clerk.post(f"/kodaira/centre/months/{sent.pk}/reopen/", follow=True).content.decode()
    assert "確認を取り消しました" in undone
    assert fresh(sent).status == "submitted"


def test_month__that_the_centre_has_opened_is_its_to_return(
    sent: MonthReport, clerk: Client, nurse: Any, receptionist: Any
) -> None:
    clerk.get(f"/kodaira/centre/months/{sent.pk}/")
    with pytest.raises(LookedAt):
        withdraw_month(fresh(sent), by=receptionist, at=clock.now())
    said = "3月11日の日数を確かめてください"
    clerk.post(f"/kodaira/centre/months/{sent.pk}/return/", {"revision": "1", "reason": said})
    report = fresh(sent)
    assert (report.status, report.return_reason, report.returned_by) == ("returned", said, nurse)
    mail = Mail.objects.get(kind="month_returned")
    assert mail.to == receptionist.email
    assert said not in mail.text
    assert "髙島" not in mail.text
    again = send(report.facility, report.municipality, receptionist)
    with pytest.raises(Overtaken):
        accept(fresh(again), revision=1, by=nurse, at=clock.now())  # the page of before the return
    accept(fresh(again), revision=2, by=nurse, at=clock.now())
    assert fresh(again).status == "accepted"


def test_month__is_not_checked_by_who_claims_it(sent: MonthReport, receptionist: Any, nurse: Any) -> None:
    with pytest.raises(PermissionDenied):
        accept(fresh(sent), revision=1, by=receptionist, at=clock.now())
    from_both = nurse
    sent.facility.staff.create(user=from_both)
    with pytest.raises(PermissionDenied):
        look_at(fresh(sent), by=from_both, at=clock.now())


# paying


@pytest.fixture
def accepted(sent: MonthReport, nurse: Any) -> MonthReport:
    accept(fresh(sent), revision=1, by=nurse, at=clock.now())
    return fresh(sent)


@pytest.fixture
def pay(kodaira: Municipality, decider: Any) -> Callable[..., PaymentList]:
    def make(*reports: MonthReport) -> PaymentList:
        return make_list(kodaira, [report.pk for report in reports], by=decider, at=clock.now())

    return make


def test_list__is_frozen_numbered_and_pays_each_month_once(
    accepted: MonthReport, pay: Callable[..., PaymentList], decider: Any, nurse: Any
) -> None:
    made = pay(accepted)
    entry = made.entries.get()
    assert (made.label, made.total) == ("令和8年度 第1号", 80_000)
    assert (entry.payee, entry.amount) == (accepted.facility.legal_name, 80_000)
    with pytest.raises(NotPayable):
        pay(accepted)
    with pytest.raises(IntegrityError, match=r"month_report_is_on_one_payment_list|report_id"), transaction.atomic():
        PaymentEntry.objects.create(
            payment_list=made,
            municipality_id=made.municipality_id,
            facility=accepted.facility,
            report=accepted,
            order=2,
            payee="x",
            amount=1,
        )
    with pytest.raises(Bound):
        reopen(fresh(accepted), by=nurse, at=clock.now())
    void_list(made, reason="口座のまちがい", by=decider, at=clock.now())
    second = pay(accepted)
    assert second.number == 2, "a number is never used again"
    with pytest.raises(NotYet):
        record_paid(second, on=dt.date(2026, 4, 3), by=decider, at=clock.now())
    record_paid(second, on=dt.date(2026, 4, 1), by=decider, at=clock.now())
    report = fresh(accepted)
    assert (report.status, report.paid_on) == ("paid", dt.date(2026, 4, 1))
    for verb in (record_paid, void_list):
        with pytest.raises(Overtaken):
            verb(second, by=decider, at=clock.now(), **({"on": MARCH} if verb is record_paid else {"reason": "x"}))
    with pytest.raises((TransitionNotAllowed, Overtaken)):
        send_back(report, revision=1, reason="x", by=nurse, at=clock.now())


def test_list__is_made_by_deciders_of_what_is_accepted(
    sent: MonthReport, kodaira: Municipality, nurse: Any, pay: Callable[..., PaymentList]
) -> None:
    with pytest.raises(NotPayable):
        pay(sent)
    with pytest.raises(NotPayable):
        pay()
    accept(fresh(sent), revision=1, by=nurse, at=clock.now())
    with pytest.raises(PermissionDenied):
        make_list(kodaira, [sent.pk], by=nurse, at=clock.now())
    MonthReport.objects.filter(pk=sent.pk).update(public_share=-1)
    with pytest.raises(Owing):
        pay(sent)


def test_pages__make_pay_and_show_a_list(accepted: MonthReport, boss: Client, clerk: Client, desk: Client) -> None:
    assert clerk.get("/kodaira/centre/payments/new/").status_code == 404
    chosen = {"reports": [str(accepted.pk)]}
    asked = boss.post("/kodaira/centre/payments/new/", chosen).content.decode()
    assert "1件 合計80,000円の一覧を作る" in asked
    assert not PaymentList.objects.exists()
    shown = asked.partition('name="shown" value="')[2].partition('"')[0]
    page = boss.post("/kodaira/centre/payments/new/", chosen | {"shown": shown}, follow=True).content.decode()
    assert "支払一覧を作りました" in page
    row = PaymentList.objects.get()
    where = f"/kodaira/centre/payments/{row.pk}/"
    paid = {"paid_on_year": "2026", "paid_on_month": "4", "paid_on_day": "2"}
    assert clerk.post(f"{where}paid/", paid).status_code == 404
    assert "支払った日を記録しました" in boss.post(f"{where}paid/", paid, follow=True).content.decode()
    assert "支払いずみ" in clerk.get("/kodaira/centre/months/?month=2026-03").content.decode()
    assert "支払いずみ" in desk.get("/facility/months/").content.decode()


def test_files__hold_what_the_list_and_the_month_say(
    accepted: MonthReport, pay: Callable[..., PaymentList], boss: Client, decider: Any, media: Any
) -> None:
    row = pay(accepted)
    paper = html(ListedPayments(row, entries_of(row)))
    for word in ("令和8年度 第1号", "医療法人 輝", "令和8年3月分 第1号", "80,000円"):
        assert word in paper
    assert "髙島" not in paper
    purpose = {"form": "csv", "purpose": "支払いの起案に使う"}
    boss.post(f"/kodaira/centre/months/{accepted.pk}/export/", purpose)
    boss.post(f"/kodaira/centre/payments/{row.pk}/export/", purpose)
    for export in Export.objects.order_by("pk"):
        run(Job.objects.get(kind="write_export", subject_id=export.pk).pk)
    month, payments = (
        fetch(export, report=False, by_id=decider.pk, at=clock.now()) for export in Export.objects.order_by("pk")
    )
    assert month
    assert payments
    assert "髙島 文" in month.decode("utf-8-sig")
    assert "90000,10000,80000" in month.decode("utf-8-sig")
    assert "医療法人 輝" in payments.decode("utf-8-sig")
    assert "髙島" not in payments.decode("utf-8-sig")
    assert Event.objects.filter(verb="list.exported", citizen_id=Booking.objects.get().citizen_id).exists()


# each town its own


def test_month__of_another_municipality_is_not_there(
    accepted: MonthReport, pay: Callable[..., PaymentList], kodaira: Municipality
) -> None:
    row = pay(accepted)
    other = Municipality.objects.get(slug="kumagaya")
    elsewhere = Client()
    elsewhere.force_login(factories.MembershipFactory(municipality=other, role="decider").user)
    for path in (
        f"months/{accepted.pk}/",
        f"months/{accepted.pk}/accept/",
        f"months/{accepted.pk}/export/",
        f"months/{accepted.pk}/papers/claim/",
        f"payments/{row.pk}/",
        f"payments/{row.pk}/paper/",
        f"payments/{row.pk}/export/",
    ):
        assert elsewhere.get(f"/kumagaya/centre/{path}").status_code == 404, path
        assert elsewhere.get(f"/kodaira/centre/{path}").status_code == 404, path
    for path in ("months/?month=2026-03", "payments/", "contracts/"):
        page = elsewhere.get(f"/kumagaya/centre/{path}").content.decode()
        assert "80,000円" not in page
        assert accepted.facility.name not in page
    assert facilities_claiming(other.pk, MARCH) == set()
