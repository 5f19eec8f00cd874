"""S1: who may not take away the second factor of somebody at a facility; without its guard the control goes through."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from eligibility.public import Municipality
from facilities.models import Facility, StaffMembership, StaffReset
from facilities.services import staff_resetting, staffing
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.resetting import AskedAlready, ResetOver, WorksElsewhere
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.clients import signed_in
from tests.facilities.staff.lost_factor import ASKS, DAY, STAFF, Desk, another_than, desk_of, has_factor, works_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


@pytest.fixture
def desk(clinic: Facility, kodaira: Municipality, decider: User) -> Desk:
    return desk_of(clinic, kodaira, decider)


@dataclass(frozen=True)
class Refusal:
    """`by` confirms what `asked` made, for `centre`, so much `later`. `guards`: without them it would go through."""

    raises: type[Exception]
    guards: tuple[str, ...]
    by: Callable[[Desk], User] = lambda desk: desk.manager
    asked: Callable[[Desk], StaffReset] = Desk.ask
    centre: Callable[[Desk], Municipality | None] = lambda _: None
    later: dt.timedelta = dt.timedelta(0)
    stopped_by: str = ""
    """The constraint that holds where the service's guard is away."""

    def confirm(self, desk: Desk) -> None:
        asked, by, centre = self.asked(desk), self.by(desk), self.centre(desk)
        staff_resetting.confirm_reset(asked, by=by, at=clock.now() + self.later, municipality=centre)


def _about_a_manager(desk: Desk) -> StaffReset:
    StaffMembership.objects.filter(pk=desk.lost.pk).update(manages=True)
    return desk.ask()


def _who_left(desk: Desk) -> StaffReset:
    asked = desk.ask()
    staffing.end_work(desk.lost, by=desk.other_manager, at=clock.now())
    return asked


def _who_began_at_a_centre(desk: Desk) -> StaffReset:
    asked = desk.ask()
    factories.MembershipFactory(municipality=desk.elsewhere, user=desk.lost.user)
    return asked


def _who_works_elsewhere(desk: Desk) -> StaffReset:
    factories.StaffMembershipFactory(
        facility=Facility.objects.create(code="yoso", name="よその産院"), user=desk.lost.user
    )
    return desk.ask()


def _after_the_contract(desk: Desk) -> StaffReset:
    asked = desk.ask()
    desk.ends_contract()
    return asked


def _decider_elsewhere(desk: Desk) -> User:
    user: User = factories.MembershipFactory(municipality=desk.elsewhere, role="decider").user
    return user


def _nurse(desk: Desk) -> User:
    user: User = factories.MembershipFactory(municipality=desk.centre, role="centre").user
    return user


PLACE = ("_authorise", "_check_answers")
REFUSED = {
    "the one who asked": Refusal(
        PermissionDenied,
        ("_check_other_than",),
        asked=lambda desk: desk.ask(desk.manager),
        stopped_by="facility_second_factor_is_reset_by_two_persons",
    ),
    "the one whose it is": Refusal(
        PermissionDenied,
        ("_check_other_than",),
        by=lambda desk: desk.lost.user,
        asked=_about_a_manager,
        stopped_by="facility_second_factor_is_reset_by_others",
    ),
    "a colleague who is no manager": Refusal(
        PermissionDenied, PLACE, by=lambda desk: desk.colleague, asked=lambda desk: desk.ask(desk.manager)
    ),
    "another facility's manager": Refusal(
        PermissionDenied, PLACE, by=lambda desk: works_at(another_than(desk.clinic), "よその院長", manages=True).user
    ),
    "a decider without a contract": Refusal(
        PermissionDenied, PLACE, by=_decider_elsewhere, centre=lambda desk: desk.elsewhere
    ),
    "a decider whose contract has ended": Refusal(
        PermissionDenied,
        PLACE,
        by=lambda desk: desk.decider,
        asked=_after_the_contract,
        centre=lambda desk: desk.centre,
    ),
    "the centre's staff who do not decide": Refusal(
        PermissionDenied, ("_authorise",), by=_nurse, centre=lambda desk: desk.centre
    ),
    "a manager, of somebody who works at a centre": Refusal(
        staff_resetting.WorksAtCentre, ("_check_no_centre",), asked=_who_began_at_a_centre
    ),
    "a manager here, of somebody who works elsewhere too": Refusal(
        WorksElsewhere, ("_check_answers",), asked=_who_works_elsewhere
    ),
    "a decider here, of somebody who works elsewhere too": Refusal(
        WorksElsewhere,
        ("_check_answers",),
        by=lambda desk: desk.decider,
        asked=_who_works_elsewhere,
        centre=lambda desk: desk.centre,
    ),
    "a manager a day later": Refusal(ResetOver, ("waiting_resets",), later=DAY),
    "a manager, of somebody who has left": Refusal(ResetOver, ("waiting_resets",), asked=_who_left),
}


@pytest.mark.parametrize("who", REFUSED)
def test_confirming__is_not_for(who: str, desk: Desk) -> None:
    with pytest.raises(REFUSED[who].raises):
        REFUSED[who].confirm(desk)

    assert has_factor(desk.lost)
    assert not Mail.objects.filter(kind="second_factor_reset").exists()


@pytest.mark.parametrize("who", REFUSED)
def test_control__without_its_guard_confirming_goes_through(
    who: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the two persons are one, the database still holds; what the test asks for fails all the same."""
    refusal = REFUSED[who]
    for guard in refusal.guards:
        away: Any = (lambda **_: StaffReset.objects.all()) if guard == "waiting_resets" else (lambda *_, **__: None)
        monkeypatch.setattr(staff_resetting, guard, away)
    if refusal.stopped_by:
        with pytest.raises(IntegrityError, match=refusal.stopped_by), transaction.atomic():
            refusal.confirm(desk)
        return

    refusal.confirm(desk)

    assert not has_factor(desk.lost)


def test_somebody_of_two_facilities__is_helped_by_whoever_answers_for_both(desk: Desk) -> None:
    other = another_than(desk.clinic)
    factories.StaffMembershipFactory(facility=other, user=desk.lost.user)
    asked = desk.ask()
    assert staff_resetting.hindrance(asked, by=desk.manager, on=clock.today()) is WorksElsewhere
    assert "ほかの施設でも働いています" in signed_in(desk.manager).get(STAFF).content.decode()

    factories.StaffMembershipFactory(facility=other, user=desk.manager, manages=True)
    answers = [
        staff_resetting.hindrance(asked, by=desk.manager, on=clock.today()),
        staff_resetting.hindrance(asked, by=desk.decider, on=clock.today(), municipality=desk.centre),
    ]

    assert answers == [None, None]


# who may not ask


def test_asking__is_for_colleagues_and_for_centres_under_contract_and_once_at_a_time(desk: Desk, nurse: User) -> None:
    for by, how in [
        (desk.lost.user, {}),
        (works_at(another_than(desk.clinic), "よその受付").user, {}),
        (nurse, {}),
        (nurse, {"municipality": desk.elsewhere}),
        (_decider_elsewhere(desk), {"municipality": desk.elsewhere}),
        (desk.colleague, {"municipality": desk.centre}),
        (factories.MembershipFactory(municipality=desk.centre, role="auditor").user, {"municipality": desk.centre}),
    ]:
        with pytest.raises(PermissionDenied):
            desk.ask(by, **how)

    desk.ask(nurse, municipality=desk.centre)
    with pytest.raises(AskedAlready):
        desk.ask()
    StaffReset.objects.all().delete()
    desk.ends_contract()
    with pytest.raises(PermissionDenied):
        desk.ask(nurse, municipality=desk.centre)
    assert not StaffReset.objects.exists()


def test_asking__about_somebody_of_a_centre_is_the_centres(desk: Desk) -> None:
    factories.MembershipFactory(municipality=desk.centre, role="decider", user=desk.lost.user)

    said = signed_in(desk.colleague).post(f"{STAFF}{desk.lost.pk}/", ASKS, follow=True).content.decode()

    assert "市町村のセンターでも働いています" in said
    assert not StaffReset.objects.exists()


def test_control__without_their_guards_asking_goes_through(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_resetting, "_authorise", lambda *_, **__: None)
    desk.ask(works_at(another_than(desk.clinic), "よその受付").user)
    StaffReset.objects.all().delete()

    factories.MembershipFactory(municipality=desk.centre, role="decider", user=desk.lost.user)
    monkeypatch.setattr(staff_resetting, "_check_no_centre", lambda _: None)
    assert desk.ask().pk
