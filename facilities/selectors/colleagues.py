"""Who works at a facility, who is invited, and what was changed about that."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from eligibility.public import Municipality
from facilities.models import Contract, Facility, StaffInvitation, StaffMembership, StaffReset
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event

from .contracts import reached_under

CHANGES = {
    "invitation.sent": "職員を招きました",
    "invitation.sent_again": "招待のメールを送りなおしました",
    "invitation.withdrawn": "招待を取り下げました",
    "membership.begun": "職員になりました",
    "membership.changed": "役割を変えました",
    "membership.ended": "職員としての登録を終えました",
    "second_factor.reset": "もうひとつの確認の登録を消しました",
    "second_factor.reset_asked": "もうひとつの確認の登録を消すように頼みました",
}
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Colleague:
    """`secured`: a second factor is set up; recovery codes alone are none."""

    membership: StaffMembership
    secured: bool


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: StaffInvitation
    expired: bool


@dataclass(frozen=True, slots=True)
class Change:
    """`about`: whom it concerned, where that was another than `who`."""

    at: dt.datetime
    who: str
    what: str
    about: str


def colleagues_at(facility: Facility) -> list[Colleague]:
    """Those who work here now; who manages the staff comes first."""
    rows = list(facility.staff.select_related("user").order_by("-manages", "pk"))
    factors = Authenticator.objects.filter(user_id__in=[row.user_id for row in rows])
    secured = set(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    return [Colleague(row, row.user_id in secured) for row in rows]


def manages_staff(user: User, facility: Facility) -> bool:
    return facility.staff.filter(user=user, manages=True).exists()


def others_manage(user: User, facility: Facility) -> bool:
    """Whether somebody manages the staff when this one has gone."""
    return facility.staff.filter(manages=True).exclude(user=user).exists()


def invited_at(facility: Facility, *, at: dt.datetime) -> list[Invited]:
    """Invitations that nobody has answered; one that has expired may be sent again."""
    rows = facility.invitations.filter(accepted_at=None, withdrawn_at=None).select_related("invited_by", "municipality")
    return [Invited(row, row.expires_at <= at) for row in rows.order_by("invited_at", "pk")]


def waiting_resets(*, at: dt.datetime) -> QuerySet[StaffReset]:
    """What waits for a second person, at all facilities; yesterday's, or about who has left, waits no more."""
    here = StaffMembership.objects.filter(user=OuterRef("user"), facility=OuterRef("facility"))
    rows = StaffReset.objects.filter(Exists(here), confirmed_at=None, expires_at__gt=at)
    return rows.select_related("facility", "municipality", "user", "asked_by")


def resets_reached(municipality: Municipality, *, at: dt.datetime) -> QuerySet[StaffReset]:
    """Those of them that a centre may confirm, by the contracts that hold."""
    return waiting_resets(at=at).filter(facility__in=reached_under(municipality, on=clock.day_of(at)))


def staff_changes(facility: Facility) -> list[Change]:
    """The last ones, the newest first. Who is invited goes by the name that was typed, never by that of an account."""
    rows = list(Event.objects.filter(facility_id=facility.pk, verb__in=CHANGES).order_by("-at", "-pk")[:SHOWN])
    people = User.objects.in_bulk(({row.actor_id for row in rows} | {row.data.get("user") for row in rows}) - {None})
    asked = dict(facility.invitations.values_list("pk", "display_name"))
    return [
        Change(row.at, who=str(people.get(row.actor_id, "")), what=CHANGES[row.verb], about=_about(row, people, asked))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Unstaffed:
    """A facility under contract at which nobody signs in, and whom the centre has asked to."""

    contract: Contract
    invited: tuple[Invited, ...]


def without_staff(municipality: Municipality, *, at: dt.datetime) -> list[Unstaffed]:
    """In the order of the facility file; an association's members answer there, and may have staff of their own."""
    contracts = Contract.objects.filter(municipality=municipality, facility__staff=None).select_related("facility")
    asked = defaultdict(list)
    rows = StaffInvitation.objects.filter(municipality=municipality, accepted_at=None, withdrawn_at=None)
    for row in rows.select_related("invited_by").order_by("invited_at", "pk"):
        asked[row.facility_id].append(Invited(row, row.expires_at <= at))
    return [Unstaffed(row, tuple(asked[row.facility_id])) for row in contracts.order_by("facility_id")]


def _about(event: Event, people: Mapping[int, User], asked: Mapping[int, str]) -> str:
    if event.verb.startswith("invitation."):
        return asked.get(event.subject_id, "")
    whom = event.data.get("user")
    return "" if whom in (None, event.actor_id) or whom not in people else str(people[whom])
