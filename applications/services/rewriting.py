"""From a corrected application to the rows that outlive it. Only what she changed is written: what was reported or
recorded since (an address, the birth) stays.
"""

import datetime as dt
from collections.abc import Iterable

from applications.models import Application, Birth, Household, HouseholdClass
from applications.selectors.answers import birth_dates, clean_in, earlier_birth, family
from applications.selectors.handed_in import handed_in
from applications.selectors.proofs import shown_by
from applications.services.households import told_about_her, write_birth, write_class
from applications.steps import Step
from eligibility import engine
from postpartum_portal.shared import clock


def rewrite_household(household: Household, before: Application, after: Application) -> None:
    """Her name and how to reach her, where she has changed it."""
    stood = told_about_her(before)
    changed = {name: value for name, value in told_about_her(after).items() if value != stood[name]}
    if changed:
        Household.objects.filter(pk=household.pk).update(**changed)


def rewrite_class(
    household: Household,
    before: Application,
    after: Application,
    terms: engine.Terms,
    *,
    proved: Iterable[engine.Proof],
    on: dt.date,
) -> None:
    """The class from a day on, if she names another one or its proof changed; `proved` is what `before` brought.

    A proof that rested on papers she has taken out is proof no more.
    """
    known, shown = _papers(proved), _papers(shown_by(after, terms))
    named = [clean_in(application, Step.HOUSEHOLD).get("household_class") for application in (before, after)]
    if known == shown and named[0] == named[1]:
        return
    came = HouseholdClass.objects.filter(household=household, starts_on__gte=clock.day_of(handed_in(after).at))
    for document, fiscal_year in known - shown:
        came.filter(proof=document, fiscal_year=fiscal_year).update(proof="", fiscal_year=None)
    write_class(household, after, terms, on=on)


def rewrite_birth(
    given: Birth, own: Birth | None, before: Application, after: Application, *, at: dt.datetime
) -> Birth:
    """The birth it is about now. Its dates are corrected in place where it is this application's `own`."""
    if family(before) != family(after):
        given.family = family(after)
        given.save(update_fields=["family"])
    if clean_in(before, Step.BIRTH) == clean_in(after, Step.BIRTH):
        return given
    if own is None or earlier_birth(after) not in (None, own):
        return write_birth(given.household, after, at=at)
    _correct(own, was=birth_dates(before), now=birth_dates(after))
    return own


Dates = tuple[dt.date | None, dt.date | None, int]
"""Due date, birth date, children."""


def _correct(birth: Birth, *, was: Dates, now: Dates) -> None:
    if was[0] != now[0]:
        birth.due_date = now[0]
    if was[1] != now[1]:
        birth.born_on = now[1]
        birth.outcome = Birth.Outcome.BORN if now[1] else Birth.Outcome.EXPECTED
    if was[2] != now[2]:
        birth.children = now[2]
    birth.save(update_fields=["due_date", "born_on", "outcome", "children"])


def _papers(proofs: Iterable[engine.Proof]) -> set[tuple[str, int | None]]:
    return {(proof.document, proof.fiscal_year) for proof in proofs}
