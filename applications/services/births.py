"""Recording a birth, correcting its date, or the way its age is counted: every period is counted anew."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from applications.models import Birth, Entitlement, Pool
from applications.selectors.births import dates_of, may_correct_age
from applications.signals import entitlement_changed
from eligibility import engine
from eligibility.public import programme_of, version_on
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.lifecycle import authorise

from .amending import draft_amendments
from .holding import held_family


def record_birth(
    birth: Birth, *, born_on: dt.date, children: int, by: User, at: dt.datetime, told: Mapping[str, Any] | None = None
) -> tuple[engine.Difference, ...]:
    """Write down when how many children were born; return the periods that moved, old and new with their arithmetic.

    A date recorded before may be corrected. Bookings are never cancelled by it: whoever keeps them is told by
    `entitlement_changed` and decides. `told` says by whom and when the centre was told, in codes and days.

    Raises:
        PermissionDenied: neither her own birth nor the work of the centre.
        BirthNotRecordable: the day lies in the future, or a loss is on record.
    """
    authorise(by, "applications.record_birth", birth)

    with transaction.atomic():
        row = Birth.objects.select_for_update().get(pk=birth.pk)
        if row.outcome == Birth.Outcome.LOST or born_on > clock.day_of(at):
            raise BirthNotRecordable

        before, corrected = dates_of(row), row.outcome == Birth.Outcome.BORN
        entitlement = held_family(row)  # how many children come may change prices
        terms = _terms(row, entitlement, at)
        if entitlement and children != row.children:
            _move_limits(entitlement, terms, was=row.children, children=children)
        row.outcome, row.born_on, row.children = Birth.Outcome.BORN, born_on, children
        row.save(update_fields=["outcome", "born_on", "children"])
        events.record("birth.recorded", row, at=at, by_id=by.pk, corrected=corrected, **(told or {}))
        draft_amendments(row, at=at)

        if entitlement:
            entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)
    birth.outcome, birth.born_on, birth.children = row.outcome, row.born_on, row.children
    return engine.differences(before, dates_of(row), terms)


def rectify_dates(birth: Birth, values: Mapping[str, Any], *, by: User, at: dt.datetime) -> None:
    """Put the due date or the number of children right (`due_date`, `children`), as they were told before the birth.

    Part of the transaction that puts them right: limits move with the children, whoever keeps bookings is told.
    """
    row = Birth.objects.select_for_update().get(pk=birth.pk)
    entitlement = held_family(row)
    children = values.get("children", row.children)
    if entitlement and children != row.children:
        _move_limits(entitlement, _terms(row, entitlement, at), was=row.children, children=children)
    row.due_date, row.children = values.get("due_date", row.due_date), children
    row.save(update_fields=["due_date", "children"])
    if entitlement:
        entitlement.birth = row
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)


def settle_age(birth: Birth, *, corrected_age: bool, reason: str, by: User, at: dt.datetime) -> None:
    """Say after the decision from which day the child's age is counted. What is settled so already changes nothing.

    Every period is counted anew and she is told; bookings stay, and whoever keeps them marks what now lies outside.

    Raises:
        PermissionDenied: `by` does not decide at the centre, or it is her own child.
        AgeNotOpen: the programme leaves nothing to settle here.
    """
    authorise(by, "applications.decide", birth)

    with transaction.atomic():
        row = Birth.objects.select_for_update(of=("self",)).select_related("citizen", "municipality").get(pk=birth.pk)
        entitlement = held_family(row)
        if entitlement is None or not may_correct_age(row, _terms(row, entitlement, at)):
            raise AgeNotOpen
        if row.corrected_age == corrected_age:
            return
        row.corrected_age, row.age_reason = corrected_age, reason
        row.save(update_fields=["corrected_age", "age_reason"])
        event = events.record("birth.age_settled", row, at=at, by_id=by.pk, corrected=corrected_age)
        if row.citizen:
            key = f"age_settled:{event.pk}"
            mail.post("age_settled", row.citizen.email, key=key, at=at, municipality=row.municipality)
        draft_amendments(row, at=at)
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)


class AgeNotOpen(Exception):
    """The programme counts this child's age in one way only, or nothing was granted yet."""


class BirthNotRecordable(Exception):
    """The day has not come yet, or a loss was told: no birth can be recorded here."""


def _terms(birth: Birth, entitlement: Entitlement | None, at: dt.datetime) -> engine.Terms:
    version = entitlement.programme_version if entitlement else version_on(birth.municipality, clock.day_of(at))
    return programme_of(version).terms


def _move_limits(entitlement: Entitlement, terms: engine.Terms, *, was: int, children: int) -> None:
    """Pools that differ for twins or count per child grow or shrink with the children; never below what is used."""
    known = {pool.code: pool for pool in terms.pools}
    for row in Pool.objects.select_for_update().filter(entitlement=entitlement).order_by("code"):
        rule = known.get(row.code)
        if rule is None:
            continue
        row.limit = max(row.used, row.limit + rule.limit_for(children) - rule.limit_for(was))
        row.save(update_fields=["limit"])
