"""Applications at the centre: handed in, heard, waiting for a decision. A test names only what is the exception."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django_scopes import scopes_disabled

from applications.models import Application, Document, Hearing, HouseholdClass
from eligibility.engine import Facts, Terms, standard_grant
from eligibility.public import Municipality, programme_on
from postpartum_portal.shared import clock
from tests import factories

FULL_GRANT: dict[str, Any] = {
    "services": factories.KODAIRA_SERVICES,
    "limits": factories.KODAIRA_POOLS,
    "class_code": "general",
}


def full_grant(municipality: Municipality, *, children: int = 1, **exceptions: Any) -> dict[str, Any]:
    """The arguments of an approval that gives all of a municipality's services and units."""
    terms = programme_on(municipality, clock.today()).terms
    grant = standard_grant(Facts(children=children), terms)
    limits = dict(grant.limits)
    return {"services": sorted(grant.services), "limits": limits, "class_code": terms.classes[0].code, **exceptions}


def handed_in(
    municipality: Municipality,
    *,
    household_class: str = "general",
    members: int = 2,
    agreed: Iterable[str] = (),
    **exceptions: Any,
) -> Any:
    """An application as a submission leaves it, for a child awaited on 2026-04-30, with all answers in her favour.

    `household__…` and `birth__…` are exceptions of those rows, `circumstances` of what she wrote about herself,
    `services` of her wishes, which are the first and the third of the programme; `agreed` are consents to inquiries.
    """
    terms = programme_on(municipality, clock.today()).terms
    said = {item.code: rule.expects for rule in terms.requirements for item in rule.circumstances}
    said |= exceptions.pop("circumstances", {})
    services = exceptions.pop("services", [service.code for service in terms.services][::2])
    household = factories.HouseholdFactory(municipality=municipality, **_under("household__", exceptions))
    birth = factories.BirthFactory(
        municipality=municipality, household=household, **{"expected": True, **_under("birth__", exceptions)}
    )
    application = factories.ApplicationFactory(
        municipality=municipality,
        birth=birth,
        answers=_answers(household, birth, said, services, terms)
        | {"household": {"clean": {"members": members, "household_class": household_class, "agreed": [*agreed]}}},
        **exceptions,
    )
    with scopes_disabled():
        HouseholdClass.objects.create(
            municipality=municipality,
            citizen=household.citizen,
            household=household,
            code=household_class,
            starts_on=clock.today(),
        )
    return application


def heard(municipality: Municipality, by: Any, *, recommendation: str = "approve", **exceptions: Any) -> Any:
    """An application that waits for its decision; `hearing` holds exceptions of what she said on the phone."""
    heard = exceptions.pop("hearing", {})
    own = {name: heard.pop(name) for name in ("consent", "note") if name in heard}
    application = handed_in(municipality, status="recommended", assignee=by, **exceptions)
    with scopes_disabled():
        Hearing.objects.create(
            municipality=municipality,
            citizen=application.citizen,
            application=application,
            recommendation=recommendation,
            by=by,
            told=heard,
            **{"consent": True, **own},
        )
    return application


def certificate(application: Any, kind: str, *, pages: int = 1) -> Document:
    """A handed-in paper; a row only, without its pictures."""
    with scopes_disabled():
        number = Document.objects.count()
        return Document.objects.create(
            municipality=application.municipality,
            citizen=application.citizen,
            application=application,
            kind=kind,
            token=f"token{number}",
            original_name=f"IMG_{number}.jpg",
            content_type="image/jpeg",
            size=1_800_000,
            sha256="0" * 64,
            page_count=pages,
        )


def again(application: Any) -> Any:
    """The same row, read anew, as another person's screen has it."""
    with scopes_disabled():
        return Application.objects.select_related("municipality").get(pk=application.pk)


def _under(prefix: str, exceptions: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix(prefix): exceptions.pop(name) for name in list(exceptions) if name.startswith(prefix)}


def _answers(household: Any, birth: Any, said: dict[str, Any], services: list[str], terms: Terms) -> Any:
    person = ("name", "kana", "postcode", "address", "phone")
    condition = {name: value for name, value in said.items() if name != "resident"}
    clean: dict[str, dict[str, Any]] = {
        "person": {
            **{name: getattr(household, name) for name in person},
            "birth_date": household.birth_date.isoformat(),
            "call_times": ["evening"],
            "resident": said["resident"],
            "family": birth.family,
        },
        "birth": {
            "stage": birth.outcome,
            "due_date": _text(birth.due_date),
            "born_on": _text(birth.born_on),
            "children": birth.children,
        },
        "condition": {**condition, "trouble": "授乳、夜のお世話。夫は夜勤が多い"},
        "wishes": {
            "services": services,
            "emergency_name": household.emergency_name,
            "emergency_relation": household.emergency_relation,
            "emergency_phone": household.emergency_phone,
        },
        "consent": {"consents": [consent.code for consent in terms.consents]},
    }
    return {step: {"clean": answers} for step, answers in clean.items()}


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
