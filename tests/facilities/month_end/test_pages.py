"""The facility's pages of a month: three clicks, papers and tables, and nobody else's month."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from pypdf import PdfReader

from eligibility.public import Municipality
from facilities.models import Facility, MonthReport, Payee
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs.runner import run
from postpartum_portal.shared.models import Event, Job
from tests import factories
from tests.facilities.month_end.conftest import Come, Send

pytestmark = pytest.mark.django_db

PAGE = "/facility/months/kodaira/2026-03/"


@pytest.fixture
def ended(contract: Any, come: Come, clock_at: Any) -> None:
    """March is over; one family has paid less, since it is exempt, and one has a name beyond Shift_JIS."""
    contract(30_000)
    come(exempt=True, name="見本 花子")
    come(name="=𠮷野 髙子", paid=False)
    clock_at.move_to("2026-04-01T09:00:00+09:00")


def test_month__is_sent_in_three_clicks_and_its_papers_and_tables_can_be_had(
    ended: None, desk: Client, media: Any, receptionist: User
) -> None:
    listed = desk.get("/facility/months/").content.decode()
    assert f'href="{PAGE}"' in listed
    page = desk.get(PAGE).content.decode()
    assert "確かめること 1件" in page
    assert "3月分を送る" in page
    assert "振込先が、まだ入力されていません" in page

    seen = page.split('name="seen" value="')[1].split('"')[0]
    answer = desk.post(f"{PAGE}send/", {"seen": seen}, follow=True).content.decode()
    assert "小平市に3月分を送りました" in answer
    assert f"{receptionist}さんが、" in answer
    assert "振込先が、まだ" not in answer
    assert "書類は、いま作っています" in desk.get(f"{PAGE}papers/claim/", follow=True).content.decode()
    _work()

    claim = desk.get(f"{PAGE}papers/claim/")
    assert "no-store" in claim["Cache-Control"]
    assert "産後ケア事業委託料請求書" in pdf_text(claim.content)
    report = pdf_text(desk.get(f"{PAGE}papers/report/").content)
    assert "𠮷野 髙子" in report
    lines = desk.get(f"{PAGE}table/csv/").content.decode("utf-8-sig").splitlines()
    assert "'=𠮷野 髙子" in lines[2]
    assert "〓" in desk.get(f"{PAGE}table/cp932/").content.decode("cp932")
    assert "𠮷" in desk.get(f"{PAGE}table/unfit/").content.decode("utf-8-sig")
    for shown in (page, claim.content.decode("latin-1"), report, "".join(lines)):
        assert not any(marker in shown for marker in ("非課税", "生活保護", "減免", "免除", "区分"))
    with scopes_disabled():
        assert Event.objects.filter(verb="booking.read", actor_id=receptionist.pk).count() == 2


def test_month__returned_asks_for_an_answer_and_one_taken_back_is_open_again(
    ended: None, desk: Client, send: Send, media: Any
) -> None:
    report = send()
    with scopes_disabled():
        MonthReport.objects.filter(pk=report.pk).update(
            status="returned", returned_at=clock.now(), return_reason="2泊ではありませんか。"
        )
    page = desk.get(PAGE).content.decode()
    assert "2泊ではありませんか。" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    desk.post(f"{PAGE}send/", {"seen": seen, "answer": "2泊です。"})
    with scopes_disabled():
        assert MonthReport.objects.get().answer == "2泊です。"
    assert "もう一度送れます" in desk.post(f"{PAGE}withdraw/", follow=True).content.decode()
    assert "もう一度確かめて" in desk.post(f"{PAGE}send/", {"seen": "other"}, follow=True).content.decode()


def test_month__that_could_not_be_sent_keeps_the_answer_that_was_typed(ended: None, desk: Client, send: Send) -> None:
    report = send()
    with scopes_disabled():
        MonthReport.objects.filter(pk=report.pk).update(
            status="returned", returned_at=clock.now(), return_reason="2泊ではありませんか。"
        )
    seen = desk.get(PAGE).content.decode().split('name="seen" value="')[1].split('"')[0]

    too_long = desk.post(f"{PAGE}send/", {"seen": seen, "answer": "あ" * 201}).content.decode()
    assert "200字までにしてください。いまは201字です。" in too_long
    assert "あ" * 201 in too_long

    changed = desk.post(f"{PAGE}send/", {"seen": "other", "answer": "2泊でした。"}).content.decode()
    assert "もう一度確かめて" in changed
    assert "2泊でした。</textarea>" in changed
    seen = changed.split('name="seen" value="')[1].split('"')[0]
    desk.post(f"{PAGE}send/", {"seen": seen, "answer": "2泊でした。"})
    with scopes_disabled():
        assert MonthReport.objects.get().answer == "2泊でした。"


def test_month__of_another_facility_or_municipality_or_time_does_not_exist(
    ended: None, desk: Client, send: Send, kumagaya: Municipality
) -> None:
    send()
    for path in ("/facility/months/kumagaya/2026-03/", "/facility/months/kodaira/2026-05/", f"{PAGE}papers/secret/"):
        assert desk.get(path).status_code == 404
    neighbour = Facility.objects.get(name__contains="中野")
    desk.force_login(factories.StaffMembershipFactory(facility=neighbour).user)
    for path in (PAGE, f"{PAGE}table/csv/"):
        assert "花子" not in desk.get(path).content.decode()
    assert desk.get(f"{PAGE}papers/claim/").status_code == 404
    assert desk.post(f"{PAGE}withdraw/").status_code == 404


def test_payee__is_set_whole_or_not_at_all_by_a_manager_only(
    desk: Client, receptionist: User, clinic: Facility
) -> None:
    page = "/facility/settings/payee/"
    given = {"bank": "見本銀行", "branch": "本店", "account": "ordinary", "account_number": "０１２３４５６"}
    clinic.staff.filter(user=receptionist).update(manages=False)
    whole = {**given, "holder": "ミホン", "representative": "院長 見本"}
    assert "管理者だけ" in desk.post(page, whole, follow=True).content.decode()
    clinic.staff.filter(user=receptionist).update(manages=True)
    assert "すべて書くか" in desk.post(page, given).content.decode()
    desk.post(page, whole)
    with scopes_disabled():
        assert Payee.objects.get().account_number == "0123456"


def pdf_text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def _work() -> None:
    with scopes_disabled():
        jobs = list(Job.objects.filter(kind="issue_month_papers").values_list("pk", flat=True))
    for job in jobs:
        run(job)
