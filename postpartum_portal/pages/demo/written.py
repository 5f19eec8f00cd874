"""What the forms of a sample case say, step by step, as they would have cleaned it."""

import datetime as dt

from applications import public as applications
from eligibility import engine
from eligibility.engine.families import families_named

from .samples import SampleCase

OTHERS = {engine.Family.FATHER, engine.Family.FOSTER}
"""Where a programme speaks of them, its form asks which family it is."""


def written(case: SampleCase, terms: engine.Terms, *, today: dt.date) -> dict[str, dict[str, object]]:
    """By the steps that the programme has; days count from `today`."""
    said = favourable(case, terms)
    steps: dict[str, dict[str, object]] = {
        "person": {
            "name": case.name,
            "kana": case.kana,
            "birth_date": case.birth_date,
            "postcode": case.postcode,
            "address": case.address,
            "office": case.office,
            "phone": case.phone,
            "call_times": [],
            **({"family": case.family} if OTHERS & families_named(terms) else {}),
            **said,
        },
        "birth": _birth(case, today),
        "condition": {**said, "trouble": case.trouble},
        "household": {
            "household_class": case.household_class,
            "members": case.members,
            "agreed": [item.code for item in terms.documents if item.consent] if case.agreed else [],
        },
        "wishes": {
            "services": case.services,
            "emergency_name": case.emergency.name,
            "emergency_relation": case.emergency.relation,
            "emergency_phone": case.emergency.phone,
        },
        "consent": {"consents": [item.code for item in terms.consents]},
    }
    return {step.value: steps[step] for step in applications.steps_of(terms)}


def _birth(case: SampleCase, today: dt.date) -> dict[str, object]:
    born = _day(today, case.born) if case.born is not None else None
    counted = {"children": case.children, **_handbook(case, today)}
    if case.born_before_applying:
        return {"stage": "born", "due_date": None, "born_on": born, **counted}
    due = _day(today, case.due)
    return {"stage": "expected", "due_date": due, "born_on": None, **counted}


def _handbook(case: SampleCase, today: dt.date) -> dict[str, object]:
    if case.handbook is None:
        return {}
    return {"handbook": "received", "handbook_on": _day(today, case.handbook)}


def favourable(case: SampleCase, terms: engine.Terms) -> dict[str, bool]:
    """Whatever the programme asks, everything speaks for her unless the sample says otherwise."""
    return {item.code: rule.expects for rule in terms.requirements for item in rule.circumstances} | case.told


def _day(today: dt.date, days: int) -> str:
    return (today + dt.timedelta(days=days)).isoformat()
