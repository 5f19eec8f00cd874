"""What is chosen above the worklist, read from its address, and the neighbours of a case in the list so narrowed."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from applications.public import EVERY, MINE, NO_OFFICE, NOBODY, Desk, Narrowing, case_address, colleagues, list_of
from eligibility.engine import Terms
from eligibility.public import programme_of, version_in_force
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.forms import DadsForm, LineField

Choices = Sequence[tuple[str, str]]


class FindForm(DadsForm):
    show_need = False
    q = LineField(label="氏名・かな・電話・受付番号", limit=60, required=False)


class Narrowed:
    """An address of the worklist, understood. What it asks for and does not exist counts as not asked."""

    def __init__(self, query: QueryDict, request: PortalRequest, desk: Desk) -> None:
        self.form = FindForm(query)
        self.words: str = self.form.cleaned_data["q"] if self.form.is_valid() else ""
        self.staff = list(colleagues(request.municipality))
        self.offices, self.people = _offices(request, desk.on), _people(self.staff, request.user)
        self.office = _chosen(query.get("office", ""), _codes(self.offices))
        self.charge = _chosen(query.get("charge", ""), _codes(self.people))
        state = query.get("state", EVERY)
        self.state = _chosen(state, desk.codes(words=self.words), EVERY if self.words else "")
        in_charge = str(request.user.pk) if self.charge == MINE else self.charge
        self.narrowing = Narrowing(self.state, self.office, in_charge, self.words)


@dataclass(frozen=True, slots=True)
class Way:
    """From a case back to the list from which it was opened, and to its neighbours there; "" where there is none."""

    back: str
    before: str
    after: str


def way(request: PortalRequest, number: str, *, now: dt.datetime) -> Way:
    slug, listed = request.municipality.slug, list_of(request, number)
    back = reverse("pages:worklist", kwargs={"slug": slug})
    if listed is None:
        return Way(back, "", "")
    desk, chosen = Desk(now=now), QueryDict(listed)
    query = chosen.urlencode()
    numbers = desk.neighbours(Narrowed(chosen, request, desk).narrowing, number)
    before, after = (case_address(slug, other, query) if other else "" for other in numbers)
    return Way(f"{back}?{query}" if query else back, before, after)


def _offices(request: PortalRequest, on: dt.date) -> Choices:
    """Code and name of those that the list may be narrowed to, after all of them; empty where there are not several."""
    version = version_in_force(request.municipality, on)
    terms: Terms | None = programme_of(version).terms if version else None
    local = [(office.code, office.name) for office in terms.local_offices] if terms else []
    return [("", "すべて"), *local, (NO_OFFICE, "決まっていない")] if local else []


def _people(staff: Iterable[User], user: User) -> Choices:
    """Who may be in charge; whoever looks goes by 自分."""
    others = [(str(other.pk), str(other)) for other in staff if other != user]
    return [("", "すべて"), (MINE, "自分"), (NOBODY, "未定"), *others]


def _codes(choices: Choices) -> list[str]:
    return [code for code, _ in choices] or [""]


def _chosen(asked: str, codes: Collection[str], otherwise: str = "") -> str:
    """What is asked for, if there is such a choice; else `otherwise`, or the first."""
    return asked if asked in codes else otherwise or next(iter(codes))
