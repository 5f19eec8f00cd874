"""From a submitted application to the rows that outlive it: the household, its class, the birth."""

import datetime as dt
from typing import Any

from django.db.models import Q

from applications.models import Application, Birth, Household, HouseholdClass
from applications.selectors.answers import birth_dates, clean_in, day, earlier_birth, family
from applications.selectors.births import is_same_pregnancy
from applications.selectors.proofs import complete_proofs, recorded
from applications.steps import Step
from eligibility import engine
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import same_tenant


def write_household(application: Application, *, known: Household | None = None, at: dt.datetime) -> Household:
    """The mother and how to reach her, as she typed it in her latest application.

    Who applies on paper has no account to be found by: she is one of those on record only where the centre says so.
    """
    told = told_about_her(application)
    account = same_tenant(application)
    if known is None and application.citizen_id is None:
        return Household.objects.create(**account, **told, created_at=at)
    household, _ = Household.objects.update_or_create(
        **({"pk": known.pk} if known else account),
        defaults=told,
        create_defaults={**account, **told, "created_at": at},
    )
    return household


def told_about_her(application: Application) -> dict[str, Any]:
    """What an application says about her, by the fields of `Household`."""
    person, wishes = clean_in(application, Step.PERSON), clean_in(application, Step.WISHES)
    return {
        "name": person["name"],
        "kana": person["kana"],
        "birth_date": day(person["birth_date"]),
        "postcode": person["postcode"],
        "address": person["address"],
        "office": person.get("office") or "",
        "phone": person["phone"],
        "emergency_name": wishes.get("emergency_name", ""),
        "emergency_relation": wishes.get("emergency_relation", ""),
        "emergency_phone": wishes.get("emergency_phone", ""),
    }


def write_class(household: Household, application: Application, terms: engine.Terms, *, on: dt.date) -> None:
    """The class she declares, from a day on; with a row for each proof of it that is complete and new.

    What a row says already is not written again, and a proof on record is not lost to a later application without.
    """
    code = clean_in(application, Step.HOUSEHOLD).get("household_class") or terms.classes[0].code
    rows = HouseholdClass.objects.filter(household=household)
    latest = rows.filter(ends_on=None).last()
    known = {(proof.document, proof.fiscal_year) for proof in recorded(rows.filter(code=code))}
    complete = {(proof.document, proof.fiscal_year) for proof in complete_proofs(application, terms)}
    new = complete - known
    if latest and latest.code == code and not new:
        return
    row = {**same_tenant(household), "household": household, "code": code, "starts_on": on}
    for proof, fiscal_year in sorted(new, key=str) or [("", None)]:
        HouseholdClass.objects.create(**row, proof=proof, fiscal_year=fiscal_year)


def write_birth(household: Household, application: Application, *, at: dt.datetime) -> Birth:
    """The birth the application is about; one that is known already is found, so its units are counted once."""
    moves_out_on = _move_ahead(household, on=clock.day_of(at))
    if known := earlier_birth(application) or _same_dates(household, application):
        if (known.family, known.moves_out_on) != (family(application), moves_out_on):
            known.family, known.moves_out_on = family(application), moves_out_on
            known.save(update_fields=["family", "moves_out_on"])
        return known
    due_date, born_on, children = birth_dates(application)
    return Birth.objects.create(
        **same_tenant(household),
        household=household,
        family=family(application),
        outcome=Birth.Outcome.BORN if born_on else Birth.Outcome.EXPECTED,
        due_date=due_date,
        born_on=born_on,
        children=children,
        moves_out_on=moves_out_on,
        created_at=at,
    )


def _move_ahead(household: Household, *, on: dt.date) -> dt.date | None:
    """The day of a move that was reported and lies ahead. One that lies behind is over: she applies here anew."""
    moving = Birth.objects.filter(household=household, moves_out_on__gte=on)
    return moving.values_list("moves_out_on", flat=True).first()


def _same_dates(household: Household, application: Application) -> Birth | None:
    due_date, born_on, _ = birth_dates(application)
    same = Q(born_on=born_on) if born_on else Q(due_date=due_date)
    births = Birth.objects.filter(household=household).order_by("pk")
    if found := births.filter(same).last():
        return found
    named = born_on or due_date
    if application.on_paper:  # nobody was asked whether it is the same child
        return next((birth for birth in births if named and is_same_pregnancy(birth, named)), None)
    return None
