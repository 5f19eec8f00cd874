"""Coupons that came with the 母子健康手帳: an approval counts them, those used before too, and adds none."""

import datetime as dt
from typing import Any

import pytest

from applications.forms.decide import ApproveForm
from applications.models import Application, LedgerEntry, Letter, Pool
from applications.selectors.case import case_of
from applications.selectors.handbook import has_paper_too
from applications.services.deciding import approve
from applications.services.hearing import save_hearing
from applications.services.preparing import NotGrantable
from eligibility.engine import HANDBOOK, Verdict
from eligibility.public import Municipality
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests.cases import full_grant, handed_in, heard
from tests.factories import MembershipFactory
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

USED = {"all": 2}


def staff(municipality: Municipality, role: str) -> Any:
    return MembershipFactory(municipality=municipality, role=role).user


def waiting(zushi: Municipality, **handbook: str) -> Application:
    """Heard, and ready to be decided; `handbook` is what she answered about it."""
    application: Application = heard(zushi, staff(zushi, "centre"))
    application.answers["birth"]["clean"] |= handbook
    application.save(update_fields=["answers"])
    return application


def form_for(application: Application) -> ApproveForm:
    case = case_of(application.number, on=clock.today())
    assert case is not None
    return ApproveForm(case=case)


@pytest.fixture
def april(zushi: Municipality, clock_at: Any) -> Municipality:
    clock_at.move_to("2026-04-10T10:00:00+09:00")
    return zushi


def test_approval__counts_what_was_used_of_them_and_grants_no_second_seven(april: Municipality) -> None:
    application = waiting(april, handbook="received", handbook_on="2026-04-01")
    assert [field.name for field in form_for(application).paper_fields] == ["paper_all"]

    acting: dict[str, Any] = {"by": staff(april, "decider"), "at": clock.now()}
    approve(application, **full_grant(april), used_on_paper=USED, **acting)

    pool, entry = Pool.objects.get(), LedgerEntry.objects.get()
    assert (pool.limit, pool.used, pool.left) == (7, 2, 5)
    assert (entry.move, entry.units, entry.booking_number) == (LedgerEntry.Move.OPENING, 2, "")
    assert check() == []
    assert "母子健康手帳と一緒にお渡ししたものを含みます" in str(Letter.objects.get().snapshot)
    assert application.birth is not None
    assert has_paper_too(application.birth)
    assert form_for(application).paper_fields == []


@pytest.mark.parametrize("handbook_on", ["2026-03-31", ""])
def test_approval__of_whom_got_none_counts_none(handbook_on: str, april: Municipality) -> None:
    application = waiting(april, handbook="received", handbook_on=handbook_on)

    assert form_for(application).paper_fields == []
    with pytest.raises(NotGrantable):
        approve(application, **full_grant(april), used_on_paper=USED, by=staff(april, "decider"), at=clock.now())


def test_approval__of_more_used_than_granted_is_refused(april: Municipality) -> None:
    application = waiting(april, handbook="received", handbook_on="2026-04-02")

    with pytest.raises(NotGrantable):
        approve(application, **full_grant(april), used_on_paper={"all": 8}, by=staff(april, "decider"), at=clock.now())


def finding_of(application: Application) -> Verdict:
    case = case_of(application.number, on=clock.today())
    assert case is not None
    return next(item.verdict for item in case.findings if item.code == HANDBOOK)


def test_hearing__of_the_day_that_she_did_not_know_has_the_used_ones_counted(april: Municipality) -> None:
    application = waiting(april, handbook="unsure")
    acting: dict[str, Any] = {"by": application.assignee, "at": clock.now()}
    assert finding_of(application) is Verdict.ASK

    for _ in range(2):
        save_hearing(application, {"handbook_on": dt.date(2026, 4, 1)}, **acting)

    (saved,) = Event.objects.filter(verb="hearing.saved")
    assert saved.data["fields"] == ["handbook_on"]
    assert finding_of(application) is Verdict.NOT_APPLICABLE
    assert [field.name for field in form_for(application).paper_fields] == ["paper_all"]

    save_hearing(application, {"handbook_on": None}, **acting)
    assert finding_of(application) is Verdict.ASK, "taken back, it is what she wrote again"


def test_hearing__asks_for_the_day_where_the_programme_has_the_rule(april: Municipality, kodaira: Municipality) -> None:
    application = waiting(april, handbook="received", handbook_on="2026-03-31")
    address = f"/zushi/centre/cases/{application.number}/"
    counted = "紙の利用券と同じもので、合わせて数えます"
    desk, decider = Person(staff(april, "centre")), Person(staff(april, "decider"))
    decider.opens(address)
    decider.misses(counted)
    desk.opens(address)
    desk.sees("申請では「令和8年3月31日」。")

    desk.writes_day("母子健康手帳の交付日", "R8.4.1")
    desk.presses("保存する")
    desk.sees("聞き取りを保存しました。", "手帳の交付は4月1日(水)")
    decider.opens(address)
    decider.sees(counted)

    other = Person(staff(kodaira, "centre"))
    other.opens(f"/kodaira/centre/cases/{handed_in(kodaira).number}/")
    other.misses("母子健康手帳の交付日")
