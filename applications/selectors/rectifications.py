"""What the centre may put right of what a mother wrote: how it stands now, and what was put right, in words."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Birth, Rectification
from applications.steps import Step
from eligibility.engine import Terms
from postpartum_portal.shared import wareki

from .answers import after_loss, clean_in
from .handed_in import handed_in
from .offices import office_label, office_words
from .protection import HIDDEN

Status = Application.Status
OF_HOUSEHOLD = ("name", "kana", "birth_date", "postcode", "address", "office", "phone")
OF_ADDRESS = ("postcode", "address", "office")
OF_BIRTH = ("due_date", "children")
DAYS = frozenset({"birth_date", "due_date"})
"""Kept as text, as everything of a rectification."""
LABELS = {
    "name": gettext_lazy("氏名"),
    "kana": gettext_lazy("ふりがな"),
    "birth_date": gettext_lazy("生年月日"),
    "postcode": gettext_lazy("郵便番号"),
    "address": gettext_lazy("住所"),
    "phone": gettext_lazy("電話番号"),
    "due_date": gettext_lazy("出産予定日"),
    "children": gettext_lazy("赤ちゃんの人数"),
    "services": gettext_lazy("使いたいもの"),
}
ORDER = (*OF_HOUSEHOLD, *OF_BIRTH, "services")
"""As the form asks; a JSON column of PostgreSQL keeps none."""
RECTIFIABLE = frozenset({Status.SUBMITTED, Status.RESUBMITTED, Status.SCREENING, Status.RECOMMENDED, Status.APPROVED})
"""Not while she corrects it herself, nor once it is refused, revoked or withdrawn."""


@dataclass(frozen=True, slots=True)
class PutRight:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rectified:
    """One edit in words."""

    row: Rectification
    changes: tuple[PutRight, ...]


def stands(application: Application, terms: Terms) -> dict[str, Any]:
    """What may be put right, as it stands, days as text; after a loss nothing of a child, once decided no wishes. Where
    she lives is not among it while it is `kept_back`."""
    given, unseen = handed_in(application), kept_back(application, terms)
    shown = {name: getattr(given.household, name) for name in _of_household(terms) if name not in unseen}
    if given.birth.outcome != Birth.Outcome.LOST:
        dated = {"due_date": given.birth.due_date} if given.birth.due_date else {}
        shown |= {**dated, "children": given.birth.children}
    if application.status in Application.OPEN:
        shown["services"] = list(clean_in(application, Step.WISHES).get("services", ()))
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in shown.items()}


def kept_back(application: Application, terms: Terms) -> dict[str, Any]:
    """Where she lives, as it stands, while nobody is shown it (支援措置): to be compared and kept, never for a page."""
    household = handed_in(application).household
    names = [name for name in _of_household(terms) if name in OF_ADDRESS] if household.protected else []
    return {name: getattr(household, name) for name in names}


def rectified(application: Application, terms: Terms, *, to_her: bool = False) -> tuple[Rectified, ...]:
    """All that was put right of an application, the latest first; after a loss nothing of a child. One query.

    Of an address that is kept back the centre reads that it was put right; she reads her own.
    """
    rows = Rectification.objects.filter(application=application).select_related("by").order_by("-at", "-pk")
    unsaid = frozenset(OF_BIRTH) if after_loss(application) else frozenset()
    kept = OF_ADDRESS if handed_in(application).household.protected and not to_her else ()
    told = ((row, tuple(_changes(row.changes, terms, unsaid, kept))) for row in rows)
    return tuple(Rectified(row, changes) for row, changes in told if changes)


def _of_household(terms: Terms) -> tuple[str, ...]:
    """An office is asked for where there are several."""
    return tuple(name for name in OF_HOUSEHOLD if name != "office" or terms.local_offices)


def _changes(
    changes: Mapping[str, Mapping[str, Any]], terms: Terms, unsaid: Collection[str], kept: Collection[str]
) -> Iterator[PutRight]:
    for name in sorted(changes.keys() - unsaid, key=ORDER.index):
        label = str(LABELS[name]) if name in LABELS else office_label(terms)
        before, after = (
            HIDDEN if name in kept else _words(name, changes[name][end], terms) for end in ("before", "after")
        )
        yield PutRight(label, before, after)


def _words(name: str, value: Any, terms: Terms) -> str:
    if name in DAYS and value:
        return wareki.no_weekday(dt.date.fromisoformat(value))
    if name == "children":
        return _("%(children)s人") % {"children": value}
    if name == "office":
        return office_words(value, terms)
    if name == "services":
        return "、".join(service.label for service in terms.services if service.code in value)
    return str(value or "")
