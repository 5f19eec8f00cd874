"""Applications at the centre: handed in, heard, waiting for a decision. A test names only what is the exception."""

import datetime as dt
from typing import Any

from django_scopes import scopes_disabled

from applications.models import Application, Document, Hearing, HouseholdClass
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from tests import factories

FULL_GRANT: dict[str, Any] = {
    "services": factories.KODAIRA_SERVICES,
    "limits": factories.KODAIRA_POOLS,
    "class_code": "general",
}


def handed_in(
    municipality: Municipality, *, household_class: str = "general", members: int = 2, **exceptions: Any
) -> Any:
    """An application as a submission leaves it, for a child awaited on 2026-04-30.

    `household__…` and `birth__…` are exceptions of those rows, `circumstances` of what she wrote about herself,
    `services` of her wishes.
    """
    said = {"resident": True, "lacks_support": True, "unwell_or_anxious": True}
    said |= {"fever_or_infection": False, "needs_medical_care": False, **exceptions.pop("circumstances", {})}
    services = exceptions.pop("services", ["short_stay", "midwife_visit"])
    household = factories.HouseholdFactory(municipality=municipality, **_under("household__", exceptions))
    birth = factories.BirthFactory(
        municipality=municipality, household=household, **{"expected": True, **_under("birth__", exceptions)}
    )
    application = factories.ApplicationFactory(
        municipality=municipality,
        birth=birth,
        answers=_answers(household, birth, said, services, household_class, members),
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


def _answers(household: Any, birth: Any, said: dict[str, Any], services: list[str], code: str, members: int) -> Any:
    person = ("name", "kana", "postcode", "address", "phone")
    condition = {name: value for name, value in said.items() if name != "resident"}
    clean: dict[str, dict[str, Any]] = {
        "person": {
            **{name: getattr(household, name) for name in person},
            "birth_date": household.birth_date.isoformat(),
            "call_times": ["evening"],
            "resident": said["resident"],
        },
        "birth": {
            "stage": birth.outcome,
            "due_date": _text(birth.due_date),
            "born_on": _text(birth.born_on),
            "children": birth.children,
        },
        "condition": {**condition, "trouble": "授乳、夜のお世話。夫は夜勤が多い"},
        "household": {"members": members, "household_class": code},
        "wishes": {
            "services": services,
            "emergency_name": household.emergency_name,
            "emergency_relation": household.emergency_relation,
            "emergency_phone": household.emergency_phone,
        },
        "consent": {"consents": ["screening", "handover", "unavailable"]},
    }
    return {step: {"clean": answers} for step, answers in clean.items()}


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
