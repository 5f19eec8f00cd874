"""Two deciders confirm one MFA reset at once: one does it, the other is told, and nobody confirms her own.

The control must fail.
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
from postpartum_portal.accounts.models import FactorReset, Membership
from postpartum_portal.accounts.services import resetting
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.processes.racing import race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def decider_of(town: Municipality) -> Membership:
    member: Membership = factories.MembershipFactory(municipality=town, role="decider")
    return member


def four_screens(town: Municipality) -> list[Callable[[], None]]:
    """One request before two deciders, before the one who asked, and before the one whose it is, who decides too."""
    hers, asker = decider_of(town), decider_of(town)
    TOTP.activate(hers.user, generate_totp_secret())
    asked = resetting.ask_reset(hers, reason="機種変更", by=asker.user, at=clock.now())
    people = [decider_of(town).user, decider_of(town).user, asker.user, hers.user]
    return [
        partial(resetting.confirm_reset, FactorReset.objects.get(pk=asked.pk), by=person, at=clock.now())
        for person in people
    ]


def test_four_at_once__one_other_decider_confirms_and_neither_asker_nor_owner_can(town: Municipality) -> None:
    for number in range(1, ROUNDS + 1):
        screens = four_screens(town)

        *others, asker, owner = race(screens, municipality=town.pk)

        assert Counter(map(type, others)) == {type(None): 1, resetting.ResetOver: 1}, others
        assert [type(answer) for answer in (asker, owner)] == [PermissionDenied, PermissionDenied]
        winner = screens[others.index(None)].keywords["by"]  # type: ignore[attr-defined]
        row = FactorReset.objects.latest("pk")
        assert row.confirmed_by == winner
        assert not Authenticator.objects.filter(user=row.user_id).exists()
        assert Event.objects.filter(verb="second_factor.reset").count() == number
        assert Mail.objects.filter(kind="second_factor_reset").count() == number


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__looking_before_writing__lets_both_confirm(town: Municipality, monkeypatch: Any) -> None:
    """Without the condition in the update both believe that it was them, and the record names only the last one."""
    screens = four_screens(town)[:2]
    looked = Barrier(2, timeout=10)

    def look(municipality_id: int, *, at: Any) -> Any:
        assert FactorReset.objects.filter(municipality_id=municipality_id, confirmed_at=None).exists()
        looked.wait()
        return FactorReset.objects.filter(municipality_id=municipality_id)

    monkeypatch.setattr(resetting, "waiting_resets", look)

    assert race(screens, municipality=town.pk) == [None, None]
    assert Event.objects.filter(verb="second_factor.reset").count() == 2
