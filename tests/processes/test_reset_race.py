"""Two who may confirm one MFA reset at once: one does it, the other is told, and nobody confirms her own.

At a centre two deciders; at a facility its 管理者 and a decider of a centre under contract. The control must fail.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import PermissionDenied
from django.db import connection

from eligibility.public import Municipality
from facilities.models import Facility, StaffMembership, StaffReset
from facilities.services import staff_resetting
from postpartum_portal.accounts.models import FactorReset, Membership
from postpartum_portal.accounts.services import resetting
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.processes.racing import race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
Screens = list[Callable[[], None]]


def decider_of(town: Municipality) -> Membership:
    member: Membership = factories.MembershipFactory(municipality=town, role="decider")
    return member


def at_a_centre(town: Municipality) -> Screens:
    """One request before two deciders, before the one who asked, and before the one whose it is, who decides too."""
    hers, asker = decider_of(town), decider_of(town)
    TOTP.activate(hers.user, generate_totp_secret())
    asked = resetting.ask_reset(hers, reason="機種変更", by=asker.user, at=clock.now())
    people = [decider_of(town).user, decider_of(town).user, asker.user, hers.user]
    return [
        partial(resetting.confirm_reset, FactorReset.objects.get(pk=asked.pk), by=person, at=clock.now())
        for person in people
    ]


def at_a_facility(town: Municipality) -> Screens:
    """One request before its manager, a decider, the manager who asked, and the one whose it is, a manager too."""
    clinic = Facility.objects.filter(contracts__municipality=town).order_by("pk")[0]
    hers, asker, manager = (manager_of(clinic) for _ in range(3))
    TOTP.activate(hers.user, generate_totp_secret())
    asked = staff_resetting.ask_reset(hers, reason="機種変更", by=asker.user, at=clock.now())
    people = [(manager.user, None), (decider_of(town).user, town), (asker.user, None), (hers.user, None)]
    confirm = partial(staff_resetting.confirm_reset, at=clock.now())
    return [
        partial(confirm, StaffReset.objects.get(pk=asked.pk), by=person, municipality=centre)
        for person, centre in people
    ]


def manager_of(clinic: Facility) -> StaffMembership:
    member: StaffMembership = factories.StaffMembershipFactory(facility=clinic, manages=True)
    return member


PLACES = pytest.mark.parametrize(
    ("place", "model", "service"),
    [(at_a_centre, FactorReset, resetting), (at_a_facility, StaffReset, staff_resetting)],
    ids=["at a centre", "at a facility"],
)


@PLACES
def test_four_at_once__one_other_confirms_and_neither_asker_nor_owner_can(
    place: Callable[[Municipality], Screens], model: Any, service: Any, town: Municipality
) -> None:
    for number in range(1, ROUNDS + 1):
        screens = place(town)

        *others, asker, owner = race(screens, municipality=town.pk)

        assert Counter(map(type, others)) == {type(None): 1, resetting.ResetOver: 1}, others
        assert [type(answer) for answer in (asker, owner)] == [PermissionDenied, PermissionDenied]
        winner = screens[others.index(None)].keywords["by"]  # type: ignore[attr-defined]
        row = model.objects.latest("pk")
        assert row.confirmed_by == winner
        assert not Authenticator.objects.filter(user=row.user_id).exists()
        assert Event.objects.filter(verb="second_factor.reset").count() == number
        assert Mail.objects.filter(kind="second_factor_reset").count() == number


@PLACES
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__looking_before_writing__lets_both_confirm(
    place: Callable[[Municipality], Screens], model: Any, service: Any, town: Municipality, monkeypatch: Any
) -> None:
    """Without the condition in the update both believe that it was them, and the record names only the last one."""
    screens = place(town)[:2]
    looked = Barrier(2, timeout=10)

    def look(*_: Any, **__: Any) -> Any:
        assert model.objects.filter(confirmed_at=None).exists()
        looked.wait()
        return model.objects.all()

    monkeypatch.setattr(service, "waiting_resets", look)

    assert race(screens, municipality=town.pk) == [None, None]
    assert Event.objects.filter(verb="second_factor.reset").count() == 2
