"""What a family may report as changed: how it stands now, what was reported, and what the centre has not seen."""

import copy
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from applications.models import Application, Birth, ChangeNotice, Household, HouseholdClass, Letter
from eligibility import engine
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import wareki

from .handed_in import handed_in
from .offices import office_words
from .protection import HIDDEN
from .standing import Standing

Kind = ChangeNotice.Kind
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.NAME: ("name", "kana"),
    Kind.ADDRESS: ("postcode", "address"),
    Kind.PHONE: ("phone",),
    Kind.EMERGENCY: ("emergency_name", "emergency_relation", "emergency_phone"),
}
"""The kinds that are columns of the household, by those columns; with an address goes the office in charge of it."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """A family that has applied: its latest application, and the household's classes with their days."""

    application: Application
    birth: Birth
    terms: engine.Terms
    classes: tuple[HouseholdClass, ...]

    @property
    def household(self) -> Household:
        return self.birth.household

    @property
    def after_loss(self) -> bool:
        """Whether nothing that she reads may speak of a child."""
        return self.birth.outcome == Birth.Outcome.LOST

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Those that it may report: where the programme knows one class only, none can change."""
        return tuple(kind for kind in Kind if kind is not Kind.HOUSEHOLD_CLASS or len(self.terms.classes) > 1)

    @property
    def has_letters(self) -> bool:
        """Whether a letter has gone out to her: it keeps what it says."""
        own = Letter.objects.filter(
            municipality_id=self.household.municipality_id, citizen_id=self.household.citizen_id
        )
        return own.filter(status=Letter.Status.ISSUED).exists()

    def stands(self, kind: Kind, *, on: dt.date) -> dict[str, Any]:
        """What is on file on a day, by the fields of a notice of this kind."""
        if kind is Kind.HOUSEHOLD_CLASS:
            held = [row for row in self.classes if row.holds_on(on)]
            return {"household_class": held[-1].code if held else self.terms.classes[0].code}
        if kind is Kind.MOVING_AWAY:
            return {"moves_out_on": _text(self.birth.moves_out_on)}
        with_it = ("office",) if kind is Kind.ADDRESS else ()
        return {name: getattr(self.household, name) for name in (*FIELDS[kind], *with_it)}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words. `since`: from which day it holds, where that is not the day of the report."""

    notice: ChangeNotice
    label: str
    before: str
    after: str
    since: dt.date | None

    @property
    def waits(self) -> bool:
        """Whether the centre has yet to look at it."""
        return bool(self.notice.status == ChangeNotice.Status.FILED)


@dataclass(frozen=True, slots=True)
class ChangeToSee:
    """A notice that waits for the centre, and the application under which its family is found. No values."""

    notice: ChangeNotice
    household: Household
    number: str


def on_file(citizen: User, municipality: Municipality) -> OnFile | None:
    """None as long as she has handed in no application here."""
    sent = Application.objects.filter(citizen=citizen, municipality=municipality, submitted_at__isnull=False)
    rows = sent.select_related("birth__household", "programme_version", "municipality")
    latest = rows.order_by("submitted_at", "pk").last()
    if latest is None:
        return None
    given = handed_in(latest)
    classes = HouseholdClass.objects.filter(household=given.household)
    return OnFile(latest, given.birth, given.terms, tuple(classes))


def told_notices(household: Household, terms: engine.Terms) -> tuple[Told, ...]:
    """All that was ever reported, the latest first."""
    rows = ChangeNotice.objects.filter(household=household).order_by("-reported_at", "-pk")
    return tuple(_kept_back(_told(row, terms)) if household.protected else _told(row, terms) for row in rows)


def _kept_back(told: Told) -> Told:
    """A new address is seen by two people (支援措置), not by whoever looks at what was reported."""
    return replace(told, before=HIDDEN, after=HIDDEN) if told.notice.kind == Kind.ADDRESS else told


def in_words(kind: Kind, values: Mapping[str, Any], terms: engine.Terms) -> str:
    """The fields of a notice as a person reads them."""
    if kind is Kind.NAME:
        return f"{values['name']}({values['kana']})"
    if kind is Kind.ADDRESS:
        own = terms.office_in_charge(values.get("office", ""))  # notices from before there was one lack it
        return f"〒{values['postcode']} {values['address']}" + (f"({own.name})" if own else "")
    if kind is Kind.HOUSEHOLD_CLASS:
        return _class_label(values["household_class"], terms)
    if kind is Kind.MOVING_AWAY:
        day = values["moves_out_on"]
        return _("%(day)sに転出する") % {"day": wareki.full(dt.date.fromisoformat(day))} if day else _("転出しない")
    return " ".join(values[name] for name in FIELDS[kind] if values[name]) or _("入力していません")


def reached_now(household: Household, terms: engine.Terms) -> dict[str, str]:
    """How she is called and reached now, by the first box of each answer: what an application said may be older."""
    now = {
        fields[0]: in_words(kind, {name: getattr(household, name) for name in fields}, terms)
        for kind, fields in FIELDS.items()
    }
    if household.protected:
        now[FIELDS[Kind.ADDRESS][0]] = HIDDEN
    return {**now, "office_0": office_words(household.office, terms)}  # it has a line of its own


def changes_to_see() -> tuple[ChangeToSee, ...]:
    """What waits for the centre in the tenant scope, what came first at the top. Two queries."""
    waiting = list(ChangeNotice.objects.filter(status=ChangeNotice.Status.FILED).select_related("household"))
    numbers = latest_numbers({notice.household_id for notice in waiting})
    return tuple(ChangeToSee(notice, notice.household, numbers[notice.household_id]) for notice in waiting)


def with_class(standing: Standing, code: str, *, since: dt.date) -> Standing:
    """How a family would stand if it were of a class from a day on."""
    return replace(standing, classes=(*standing.classes, HouseholdClass(code=code, starts_on=since)))


def with_move(standing: Standing, day: dt.date | None) -> Standing:
    """How a family would stand if it moved out on a day, or stayed."""
    entitlement = copy.copy(standing.entitlement)
    entitlement.birth = copy.copy(standing.birth)
    entitlement.birth.moves_out_on = day
    return replace(standing, entitlement=entitlement)


def _told(notice: ChangeNotice, terms: engine.Terms) -> Told:
    kind = Kind(notice.kind)
    return Told(
        notice=notice,
        label=str(kind.label),
        before=in_words(kind, notice.before, terms),
        after=in_words(kind, notice.after, terms),
        since=notice.effective_on if kind is Kind.HOUSEHOLD_CLASS else None,
    )


def _class_label(code: str, terms: engine.Terms) -> str:
    """The class's label; the code of one that this version has given up."""
    return next((item.label for item in terms.classes if item.code == code), code)


def latest_numbers(households: Iterable[int]) -> dict[int, str]:
    """Of each household, the application under which the centre finds it."""
    sent = Application.objects.filter(birth__household__in=households).order_by("submitted_at", "pk")
    return dict(sent.values_list("birth__household_id", "number"))


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
