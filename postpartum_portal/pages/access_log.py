"""だれが見たか: who of the centre and of the facilities looked at her data or worked with it, and when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.public import Household, writers_for
from eligibility.public import Municipality
from facilities.public import Facility, kept_of, workplaces_of_all
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event

from .access_words import READS, WORDS

ROWS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Access:
    """`who`: a role and a place, never the name of one of the staff; `looked`: whether nothing was changed by it."""

    at: dt.datetime
    who: str
    what: str
    looked: bool


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works where, as far as it is needed to tell who somebody was."""

    citizen: User
    office: str
    members: frozenset[int]
    workplaces: dict[int, list[Facility]]
    writers: dict[int, str]

    def who(self, event: Event) -> str:
        if event.actor_id is None:
            return _("このポータル(自動)")
        if event.actor_id == self.citizen.pk:
            return _("あなた")
        working = self.workplaces.get(event.actor_id, [])
        there = next((facility.name for facility in working if facility.pk == event.facility_id), "")
        if there:
            return _("%(facility)sの職員") % {"facility": there}
        as_staff = event.actor_id in self.members and event.subject_kind != "proxy"
        if event.actor_id in self.writers and not as_staff:
            return _("代わりに書いた人(%(name)sさん)") % {"name": self.writers[event.actor_id]}
        if event.actor_id in self.members:
            return _("%(office)sの職員") % {"office": self.office}
        return _("施設の職員") if working else _("以前の職員")


@access.citizen
@require_safe
def access_log(request: PortalRequest) -> HttpResponse:
    """What others did; with `all` also what she did herself and what went on by itself."""
    everything = request.GET.get("all") == "1"
    events = _events(request.user, request.municipality, everything=everything)
    page = Paginator(events, ROWS_A_PAGE).get_page(request.GET.get("page", "1"))
    rows = list(page.object_list)
    crew = _crew(rows, request.user, request.municipality)
    accesses = [Access(row.at, crew.who(row), str(WORDS[row.verb]), row.verb in READS) for row in rows]
    households = Household.objects.filter(citizen=request.user).select_related("municipality").order_by("pk")
    kept = kept_of(households, on=clock.today())
    return render(
        request, "citizen/access.html", {"page": page, "rows": accesses, "everything": everything, "kept": kept}
    )


def _events(citizen: User, municipality: Municipality, *, everything: bool) -> QuerySet[Event]:
    """Hers in this municipality, the newest first."""
    rows = Event.objects.filter(citizen_id=citizen.pk, municipality_id=municipality.pk, verb__in=WORDS)
    if not everything:
        rows = rows.exclude(actor_id=None).exclude(actor_id=citizen.pk)
    return rows.order_by("-at", "-pk")


def _crew(rows: Sequence[Event], citizen: User, municipality: Municipality) -> Crew:
    actors = {row.actor_id for row in rows if row.actor_id}
    members = Membership.objects.filter(municipality=municipality, user_id__in=actors)
    return Crew(
        citizen=citizen,
        office=municipality.office["name"].split()[-1],
        members=frozenset(members.values_list("user_id", flat=True)),
        workplaces=workplaces_of_all(actors),
        writers=writers_for(citizen, municipality),
    )
