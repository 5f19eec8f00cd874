"""The page that shows where an application stands, and taking it back."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_fsm import TransitionNotAllowed

from applications.models import Application, Birth, Decision, PhoneCall
from applications.selectors.handed_in import handed_in
from applications.selectors.progress import STAGES_BY_STATUS, stages
from applications.services import submission
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests.factories import UserFactory

from .conftest import Applicant, seen

pytestmark = pytest.mark.usefixtures("all_tenants")


@pytest.fixture
def submitted(applicant: Applicant) -> Applicant:
    applicant.fill_in()
    applicant.submit()
    return applicant


def _page(applicant: Applicant) -> str:
    answer = applicant.client.get(applicant.url("done", number="R7-0001"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_status__says_what_comes_next(submitted: Applicant) -> None:
    page = _page(submitted)

    assert "申請を受け付けました。" in page
    assert "3月5日(木) 10:00 に受け付けました。" in page
    assert "こども家庭センターから、090-1234-5678に電話します。つながりやすい時間: 午前、夕方。" in page
    assert "髙橋 﨑子(たかはし さきこ)" in page
    assert "申請を取り下げる" in page
    assert "<dt>世帯の区分</dt><dd>どちらでもない</dd>" in page


def test_after_a_loss__what_she_wrote_before_it_is_not_shown_back(submitted: Applicant) -> None:
    assert "夜に眠れません。" in _page(submitted)
    Birth.objects.update(outcome="lost", ended_on=dt.date(2026, 3, 4))
    page = _page(submitted)
    assert "夜に眠れません。" not in page
    assert "前に書いたとおり" in page


def test_status__tells_of_a_call_that_did_not_reach_her(submitted: Applicant, nurse: Any) -> None:
    application = submitted.application
    PhoneCall.objects.create(
        municipality=application.municipality,
        citizen=submitted.user,
        application=application,
        by=nurse,
        reached=False,
        at=clock.now() + dt.timedelta(days=1),
        call_back_at=clock.now() + dt.timedelta(days=4),
    )

    page = _page(submitted)
    assert "3月6日(金) 10:00 に電話しましたが、つながりませんでした。3月9日(月) 10:00 ごろに" in page


@pytest.mark.parametrize("status", [status for status in Application.Status if status != "draft"])
def test_status__has_a_page_for_every_status(submitted: Applicant, status: str) -> None:
    Application.objects.update(status=status)

    assert "R7-0001" in _page(submitted)
    assert stages(submitted.application)


@pytest.mark.parametrize(
    ("services", "act", "other"),
    [
        (["supporter_visit", "midwife_visit"], '#by-centre">希望を伝える', "予約する"),
        (["short_stay", "midwife_visit"], '/book/">予約する', "希望を伝える"),
    ],
)
def test_status__leads_to_booking_or_to_wishing(
    submitted: Applicant, decider: Any, services: list[str], act: str, other: str
) -> None:
    Application.objects.update(status="approved")
    Birth.objects.update(outcome="born", born_on=dt.date(2026, 3, 1))
    Decision.objects.create(
        municipality=submitted.application.municipality,
        citizen=submitted.user,
        application=submitted.application,
        outcome=Decision.Outcome.APPROVED,
        programme_version=handed_in(submitted.application).version,
        facts={},
        findings=[],
        decided_at=clock.now(),
        decided_on=clock.today(),
        by=decider,
        granted={"services": services},
    )

    acts = _page(submitted).partition('class="acts"')[2].partition("</div>")[0]

    assert act in acts
    assert other not in acts


def test_stages__cover_every_status_but_the_draft() -> None:
    assert set(STAGES_BY_STATUS) == set(Application.Status) - {Application.Status.DRAFT}


def test_status__is_not_there_for_anybody_else(submitted: Applicant) -> None:
    stranger = Applicant(UserFactory(), "kodaira")

    foreign = stranger.client.get(stranger.url("done", number="R7-0001"))
    absent = stranger.client.get(stranger.url("done", number="R7-0009"))
    assert seen(foreign) == seen(absent)
    assert foreign.status_code == 404
    assert stranger.client.post(stranger.url("withdraw", number="R7-0001")).status_code == 404


def test_withdraw__asks_first_and_then_does_it_once(submitted: Applicant) -> None:
    address = submitted.url("withdraw", number="R7-0001")

    assert "取り下げると、この申請の審査は終わります" in submitted.client.get(address).content.decode()
    assert submitted.application.status == "submitted"
    for _ in range(2):
        submitted.client.post(address)
    assert submitted.application.status == "withdrawn"
    assert Event.objects.filter(verb="application.withdrawn").count() == 1
    assert Mail.objects.filter(kind="application_withdrawn").count() == 1
    assert submitted.client.get(submitted.url("start")).url == submitted.url("step", step="person")


def test_withdraw__is_too_late_after_the_decision(submitted: Applicant) -> None:
    Application.objects.update(status="approved")

    with pytest.raises(TransitionNotAllowed):
        submission.withdraw(submitted.application, by=submitted.user, at=clock.now())
    answer = submitted.client.post(submitted.url("withdraw", number="R7-0001"), follow=True)
    assert "もう決定しているので、取り下げられません。" in answer.content.decode()


def test_withdraw__is_hers_alone(submitted: Applicant) -> None:
    with pytest.raises(PermissionDenied):
        submission.withdraw(submitted.application, by=UserFactory(), at=clock.now())


@pytest.mark.parametrize("number", ["%00", "R7-0001%00", "%ED%A0%80", "%F0%9F%A6%8A"])
def test_an_odd_number__is_no_page(submitted: Applicant, number: str) -> None:
    for address in (f"/kodaira/my/applications/{number}/", f"/kodaira/my/bookings/{number}/"):
        assert submitted.client.get(address).status_code == 404


def test_submit__holds_its_own_row_and_not_the_municipality(applicant: Applicant) -> None:
    """A held municipality would make every new row of it wait."""
    applicant.fill_in()
    with CaptureQueriesContext(connection) as queries:
        applicant.submit()

    held = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    joined = [sql for sql in held if "eligibility_municipality" in sql]
    assert all(sql.endswith(' FOR UPDATE OF "applications_application"') for sql in joined)
    assert joined or connection.vendor == "sqlite"


def test_status__reads_the_programme_with_the_application(submitted: Applicant) -> None:
    with CaptureQueriesContext(connection) as queries:
        _page(submitted)

    assert not [query for query in queries if 'FROM "eligibility_programmeversion"' in query["sql"]]
