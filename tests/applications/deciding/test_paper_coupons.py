"""Coupons that came with the 母子健康手帳: an approval counts them, those used before too, and adds none."""

from typing import Any

import pytest

from applications.forms.decide import ApproveForm
from applications.models import Application, LedgerEntry, Letter, Pool
from applications.selectors.case import case_of
from applications.selectors.handbook import has_paper_too
from applications.services.deciding import approve
from applications.services.preparing import NotGrantable
from eligibility.public import Municipality
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from tests.cases import full_grant, heard
from tests.factories import MembershipFactory

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
