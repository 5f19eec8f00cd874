"""Putting right what a mother wrote, with a reason: she said so on the phone, or a paper shows it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from applications.models import Application, Birth, Household, Rectification
from applications.selectors.handed_in import handed_in
from applications.selectors.rectifications import DAYS, OF_BIRTH, OF_HOUSEHOLD, RECTIFIABLE, kept_back, stands
from applications.steps import Step
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events, mail
from postpartum_portal.shared.lifecycle import authorise

from .amending import draft_amendments
from .births import rectify_dates

STEPS: Mapping[str, Step] = {
    **dict.fromkeys(OF_HOUSEHOLD, Step.PERSON),
    **dict.fromkeys(OF_BIRTH, Step.BIRTH),
    "services": Step.WISHES,
}
"""Where an application holds each."""


def rectify(
    application: Application,
    after: Mapping[str, Any],
    *,
    stood: Mapping[str, Any],
    reason: str,
    by: User,
    at: dt.datetime,
) -> Rectification:
    """Let what differs between `stood`, as the page showed it, and `after` hold from now on; both are kept.

    What nobody has decided says the new; findings follow by themselves. Of an approval a changed letter is drafted, as
    for what she reports herself. She is told where she has an account.

    Raises:
        PermissionDenied: not the work of this centre, or her own application.
        NotRectifiable: it is with her to be corrected, or is refused, revoked or withdrawn.
        NothingRectified: that is how it stands already.
        ChangedMeanwhile: somebody else has changed the same.
    """
    authorise(by, "applications.screen", application)

    with transaction.atomic():
        row, others = _held(application)
        changes = _changes(row, after, stood)

        _change_household(row, changes)
        _change_answers(row, others, changes)
        if of_birth := {name: change["after"] for name, change in changes.items() if name in OF_BIRTH}:
            rectify_dates(handed_in(row).birth, _columns(of_birth), by=by, at=at)
        record = Rectification.objects.create(
            municipality_id=row.municipality_id,
            citizen_id=row.citizen_id,
            application=row,
            changes=changes,
            reason=reason,
            by=by,
            at=at,
        )
        draft_amendments(Birth.objects.get(pk=handed_in(row).birth.pk), at=at)

        events.record("application.rectified", row, at=at, by_id=by.pk, fields=sorted(changes))
        _tell(row, record, at=at)
    return record


class NotRectifiable(Exception):
    """She is correcting it herself, or it is closed."""


class NothingRectified(Exception):
    """What was typed stands already."""


class ChangedMeanwhile(Exception):
    """Somebody has changed the same since the page was opened."""


def _held(application: Application) -> tuple[Application, list[Application]]:
    """The application and the family's others that nobody has decided, locked in one order; then the household."""
    family = Q(birth__household_id=handed_in(application).birth.household_id, status__in=Application.OPEN)
    rows = Application.objects.filter(family | Q(pk=application.pk))
    held = list(rows.select_for_update(of=("self",)).select_related("municipality").order_by("pk"))
    row = next(item for item in held if item.pk == application.pk)
    others = [item for item in held if item.pk != row.pk]
    returned = any(item.status == Application.Status.RETURNED for item in others)
    if row.status not in RECTIFIABLE or returned:
        raise NotRectifiable
    Household.objects.select_for_update().get(pk=handed_in(row).birth.household_id)
    return row, others


def _changes(row: Application, after: Mapping[str, Any], stood: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What this page changed and does not stand yet, by name.

    An address that the page did not show is changed by whatever was typed: whoever types it is not told whether she was
    right, nor that somebody else has changed it.
    """
    terms = handed_in(row).terms
    before, unseen = stands(row, terms), kept_back(row, terms)
    touched = [name for name in (*before, *unseen) if name in after and after[name] != stood.get(name)]
    seen = [name for name in touched if name in before]
    if any(before[name] not in (stood.get(name), after[name]) for name in seen):
        raise ChangedMeanwhile
    changed = [name for name in touched if name in unseen or before[name] != after[name]]
    if not changed:
        raise NothingRectified
    return {name: {"before": (before | unseen)[name], "after": after[name]} for name in changed}


def _change_household(row: Application, changes: Mapping[str, Mapping[str, Any]]) -> None:
    columns = _columns({name: change["after"] for name, change in changes.items() if name in OF_HOUSEHOLD})
    if columns:
        Household.objects.filter(pk=handed_in(row).birth.household_id).update(**columns)


def _change_answers(row: Application, others: Iterable[Application], changes: Mapping[str, Mapping[str, Any]]) -> None:
    """What is decided keeps what was decided on; wishes are of one application, days and children of one birth."""
    for item in (row, *others):
        if item.status not in Application.OPEN:
            continue
        for name, change in changes.items():
            if name in OF_HOUSEHOLD or item.pk == row.pk or (name in OF_BIRTH and item.birth_id == row.birth_id):
                _say(item, STEPS[name], name, change["after"])
        item.save(update_fields=["answers"])


def _say(row: Application, step: Step, name: str, value: Any) -> None:
    kept = row.answers.get(step.value) or {}
    if name in (kept.get("clean") or {}):
        row.answers = {**row.answers, step.value: {**kept, "clean": {**kept["clean"], name: value}}}


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dt.date.fromisoformat(value) if name in DAYS else value for name, value in values.items()}


def _tell(row: Application, record: Rectification, *, at: dt.datetime) -> None:
    """No values: the mailbox is not the place for an address."""
    if row.citizen:
        key = f"rectified:{record.pk}"
        mail.post("rectified", row.citizen.email, key=key, at=at, municipality=row.municipality)
