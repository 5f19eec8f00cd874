"""The date of the 母子健康手帳 (Zushi): what it means to her, to the centre, and never a refusal."""

from typing import Any

import pytest

from applications.models import Application
from applications.selectors.case import case_of
from applications.services.submission import withdraw
from eligibility.engine import HANDBOOK, Verdict
from eligibility.public import Municipality
from postpartum_portal.shared import clock

from .conftest import Applicant
from .test_programmes import apply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

NEED_NOT_APPLY = "あらためて申請する必要はありません"
GOT = "手帳と一緒に利用券を受け取った方です"


def received(year: str, month: str, day: str) -> dict[str, str]:
    return {"handbook": "received", "handbook_on_year": year, "handbook_on_month": month, "handbook_on_day": day}


@pytest.fixture
def in_april(zushi: Municipality, clock_at: Any) -> Municipality:
    clock_at.move_to("2026-04-10T10:00:00+09:00")
    return zushi


def finding_for_the_centre(applicant: Applicant) -> Any:
    case = case_of(applicant.application.number, on=clock.today())
    assert case is not None
    return next(item for item in case.findings if item.code == HANDBOOK)


@pytest.mark.parametrize(
    ("answers", "verdict", "told"),
    [
        (received("R8", "3", "31"), Verdict.MET, False),
        (received("2026", "4", "1"), Verdict.NOT_APPLICABLE, True),
        ({"handbook": "awaited"}, Verdict.NOT_APPLICABLE, True),
        ({"handbook": "unsure"}, Verdict.ASK, False),
    ],
)
def test_handbook__says_whether_she_must_apply_and_lets_her_hand_in_all_the_same(
    answers: dict[str, str], verdict: Verdict, told: bool, in_april: Municipality, media: Any
) -> None:
    applicant = apply(in_april, media, birth=answers)

    review = applicant.client.get(applicant.url("review")).content.decode()
    soon = applicant.get("condition").content.decode()
    applicant.submit()

    assert (NEED_NOT_APPLY in review) is told
    assert (NEED_NOT_APPLY in soon) is told
    assert ("利用券が見つからないとき" in review) is told
    assert applicant.application.status == Application.Status.SUBMITTED
    finding = finding_for_the_centre(applicant)
    assert (finding.verdict, finding.decides) == (verdict, False)
    assert finding.source.text.startswith("令和8年4月1日から母子健康手帳の交付を受けた方に")


def test_handbook__of_that_day_is_a_finding_of_its_own_for_the_centre(in_april: Municipality, media: Any) -> None:
    applicant = apply(in_april, media, birth=received("R8", "4", "1"))
    applicant.submit()

    assert finding_for_the_centre(applicant).fact == f"{GOT}(手帳の交付は4月1日(水)で、4月1日(水)以後)。"
    status = applicant.client.get(applicant.url("done", number=applicant.application.number)).content.decode()
    assert "令和8年4月1日" in status


def test_handbook__is_offered_again_to_who_applies_again(in_april: Municipality, media: Any) -> None:
    applicant = apply(in_april, media, birth=received("R8", "4", "1"))
    applicant.submit()
    withdraw(applicant.application, by=applicant.user, at=clock.now())

    boxes = applicant.get("birth").context["form"].initial

    assert (boxes["handbook"], boxes["handbook_on"]) == ("received", "2026-04-01")


def test_handbook__is_asked_only_where_the_programme_has_the_rule(kodaira: Municipality, media: Any) -> None:
    applicant = apply(kodaira, media)

    assert "handbook" not in applicant.get("birth").context["form"].fields
    assert "母子健康手帳の交付日" not in applicant.client.get(applicant.url("review")).content.decode()


def test_handbook__without_its_day_is_asked_for_again(in_april: Municipality, media: Any) -> None:
    applicant = apply(in_april, media)

    answer = applicant.client.post(
        applicant.url("step", step="birth"),
        {"stage": "expected", "due_date_year": "R8", "due_date_month": "4", "due_date_day": "30", "children": "1"}
        | {"handbook": "received", "go": "next"},
    )

    assert list(answer.context["form"].errors) == ["handbook_on"]


def test_handbook__is_told_before_she_applies(in_april: Municipality, client: Any) -> None:
    page = client.get("/zushi/").content.decode()

    assert "母子健康手帳の交付が令和8年4月1日からの方には、利用券を手帳と一緒に渡している" in page
