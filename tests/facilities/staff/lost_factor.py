"""A facility whose receptionist has lost the telephone with her second factor, and who may help her."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from eligibility.public import Municipality
from facilities.models import Contract, Facility, StaffMembership, StaffReset
from facilities.services import staff_resetting
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import factories
from tests.clients import enrolled

STAFF, CENTRE = "/facility/settings/staff/", "/kodaira/centre/office/facility-staff/"
ASKS = {"act": "reset", "reason": "機種変更。窓口で話した。"}
DAY = dt.timedelta(days=1)


def works_at(facility: Facility, name: str, *, manages: bool = False) -> StaffMembership:
    made: StaffMembership = factories.StaffMembershipFactory(
        facility=facility, manages=manages, user__display_name=name
    )
    enrolled(made.user)
    return made


@dataclass
class Desk:
    """`lost` works at `clinic` with the three others; `centre` has a contract with it, `elsewhere` has none."""

    clinic: Facility
    lost: StaffMembership
    colleague: User
    manager: User
    other_manager: User
    centre: Municipality
    decider: User
    elsewhere: Municipality

    def ask(self, by: User | None = None, **how: Any) -> StaffReset:
        return staff_resetting.ask_reset(
            self.lost, reason="窓口で話した", by=by or self.colleague, **{"at": clock.now(), **how}
        )

    def ends_contract(self) -> None:
        rows = Contract.objects.filter(municipality=self.centre, facility=self.clinic)
        rows.update(starts_on=None, ends_on=clock.today() - DAY)


def desk_of(clinic: Facility, kodaira: Municipality, decider: User) -> Desk:
    return Desk(
        clinic=clinic,
        manager=works_at(clinic, "院長", manages=True).user,
        other_manager=works_at(clinic, "副院長", manages=True).user,
        lost=works_at(clinic, "受付"),
        colleague=works_at(clinic, "同僚").user,
        centre=kodaira,
        decider=enrolled(decider),
        elsewhere=Municipality.objects.create(slug="yoso", name="よその市", code="999999"),
    )


def has_factor(membership: StaffMembership) -> bool:
    return Authenticator.objects.filter(user=membership.user_id).exists()


def another_than(clinic: Facility) -> Facility:
    """Another one that the same municipality has a contract with."""
    found = (
        Facility.objects.filter(contracts__municipality__slug="kodaira").exclude(pk=clinic.pk).order_by("pk").first()
    )
    assert found is not None
    return found
