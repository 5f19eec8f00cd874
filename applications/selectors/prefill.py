"""What may be offered in an empty step: what she told the public check, and what an earlier application left."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from applications.models import Application, Birth, Household
from applications.steps import Step
from eligibility.engine import Terms

from .answers import EARLIER_BIRTH, after_loss, clean_in
from .handbook import handbook_before

TOLD = "told"
"""Under this name a draft keeps the answers of the public check, so that they are there on another device."""

_FIRM = {True: "yes", False: "no"}


def prefill(application: Application, step: Step, terms: Terms, told: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the boxes of a step that she has not saved yet; nothing of it counts before she saves it.

    `told` are the answers of the public check, as `eligibility.views.check` leaves them.
    """
    household = Household.beside(application).first()
    return {**_from_check(step, terms, told), **_from_household(step, household)}


OFFERED_AGAIN = frozenset({Step.PERSON, Step.CONDITION, Step.HOUSEHOLD, Step.WISHES})
"""The birth is asked for anew by naming the known one, and consent is given each time."""


def told_before(application: Application, step: Step) -> dict[str, Any]:
    """What she answered in her last application that is decided or withdrawn, to be put into the boxes of a new one."""
    if step not in OFFERED_AGAIN or (step is Step.CONDITION and after_loss(application)):
        return {}  # what she wrote about herself then is not put before her after a loss
    closed = Application.beside(application).filter(status__in=Application.CLOSED)
    last = closed.order_by("submitted_at", "pk").last()
    return clean_in(last, step) if last else {}


def told_by(application: Application, session: Mapping[str, Any] | None) -> dict[str, Any]:
    """The answers of the public check of this municipality: those of this visit, else those the draft keeps."""
    if session and session.get("municipality") == application.municipality.slug:
        return dict(session)
    return dict(application.answers.get(TOLD) or {})


def _from_household(step: Step, household: Household | None) -> dict[str, Any]:
    if household is None:
        return {}
    names: tuple[str, ...] = ()
    if step is Step.PERSON:
        names = ("name", "kana", "birth_date", "postcode", "address", "office", "phone")
    if step is Step.WISHES:
        names = ("emergency_name", "emergency_relation", "emergency_phone")
    if step is Step.BIRTH and (latest := Birth.objects.filter(household=household).order_by("pk").last()):
        stage = {"stage": f"{EARLIER_BIRTH}{latest.pk}", "children": str(latest.children)}
        return stage | handbook_before(latest)
    return {name: getattr(household, name) for name in names}


def _from_check(step: Step, terms: Terms, told: Mapping[str, Any]) -> dict[str, Any]:
    if step is Step.BIRTH and (told.get("birth_date") or told.get("due_date")):
        return _dates(told)
    if step is Step.HOUSEHOLD and told.get("household_class"):
        return {"household_class": told["household_class"]}
    if step in (Step.PERSON, Step.CONDITION):
        said = {**told, **(told.get("told") or {})}  # drafts begun before this kept each circumstance by itself
        known = {item.code: _FIRM[said[item.code]] for item in terms.circumstances if said.get(item.code) in _FIRM}
        return known | ({"family": told["family"]} if told.get("family") else {})
    return {}


def _dates(told: Mapping[str, Any]) -> dict[str, Any]:
    children = int(told.get("children") or 1)
    counted = {"children": str(children)} if children < 3 else {"children": "more", "children_more": children}
    if told.get("birth_date"):
        return {"stage": "born", "born_on": dt.date.fromisoformat(told["birth_date"]), **counted}
    return {"stage": "expected", "due_date": dt.date.fromisoformat(told["due_date"]), **counted}
