"""Counting what was used before: on paper, or in another municipality. Taken back only by a counter-entry."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db import transaction

from applications.models import Application, CarriedOver, Entitlement
from applications.selectors.carried_over import counted_reductions, entitlement_for, latest_entry
from applications.services.units import UnitsExhausted, carry_over
from applications.signals import used_before
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

CARRY = "applications.screen"


def record_used_before(
    application: Application,
    *,
    units: Mapping[str, int],
    reductions: Mapping[str, int],
    reason: CarriedOver.Reason,
    note: str = "",
    used_by: dt.date,
    after: int | None,
    by: User,
    at: dt.datetime,
) -> CarriedOver:
    """Count `units` (pool code → units) and `reductions` (code of one for first uses → uses) that were used before.

    `used_by` is the day by which they were used; `after` is the latest entry when the numbers were typed, so that no
    number is counted twice. Open bookings are priced anew by it and their mother is told.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
        NothingGranted: no approval counts anything for this birth.
        NotCountable: nothing is named, a day to come, more than is left, or a colleague was faster. The message says
            what to do.
    """
    authorise(by, CARRY, application)
    units, reductions = _some(units), _some(reductions)
    if not units and not reductions:
        raise NotCountable("使った数を、1つは入れてください。")
    if used_by > clock.day_of(at):
        raise NotCountable("使った日は、きょうまでの日を入れてください。")

    with transaction.atomic():
        entitlement = _held(application)
        if latest_entry(entitlement) != after:
            raise NotCountable("使った分は、いま記録されたところです。下の記録を見て、足りない分だけを入れてください。")
        said = CarriedOver(reason=reason, note=note, used_by=used_by, units=units, reductions=reductions)
        return _enter(said, entitlement, by=by, at=at)


def undo_used_before(application: Application, entry_id: int, note: str, *, by: User, at: dt.datetime) -> CarriedOver:
    """Take an entry back by its negative, with the reason `note`. Both stay.

    Raises:
        PermissionDenied: as above.
        NothingToUndo: no such entry for this birth, or it is taken back already, or is itself a counter-entry.
    """
    authorise(by, CARRY, application)
    with transaction.atomic():
        entitlement = _held(application)
        standing = CarriedOver.objects.filter(entitlement=entitlement, undoes=None, undone_by=None)
        entry = standing.filter(pk=entry_id).first()
        if entry is None:
            raise NothingToUndo
        counter = CarriedOver(
            units=_negative(entry.units),
            reductions=_negative(entry.reductions),
            reason=entry.reason,
            note=note,
            used_by=entry.used_by,
            undoes=entry,
        )
        return _enter(counter, entitlement, by=by, at=at)


class NothingGranted(Exception):
    """No approval counts anything for this birth."""


class NothingToUndo(Exception):
    """The entry is taken back already, or is none of this birth."""


class NotCountable(Exception):
    """What was typed cannot be counted. The message says what to do."""


def _held(application: Application) -> Entitlement:
    """The entitlement, held before its pools and bookings as by whoever books."""
    found = entitlement_for(application)
    if found is None:
        raise NothingGranted
    Entitlement.objects.select_for_update(no_key=True).get(pk=found.pk)
    found.refresh_from_db(fields=["reductions_used"])
    return found


def _enter(entry: CarriedOver, entitlement: Entitlement, *, by: User, at: dt.datetime) -> CarriedOver:
    """Move the counters, keep the entry, and tell whoever keeps bookings."""
    try:
        carry_over(entitlement, entry.units, reason=entry.reason, by=by, at=at)
    except UnitsExhausted as short:
        raise NotCountable("のこりより多い数は入れられません。予約で使う分も、のこりから引かれています。") from short
    _count_reductions(entitlement, entry.reductions, at=at)
    entry.municipality_id, entry.citizen_id = entitlement.municipality_id, entitlement.citizen_id
    entry.entitlement, entry.by, entry.at = entitlement, by, at
    entry.save()
    verb = "entitlement.used_before_undone" if entry.undoes_id else "entitlement.used_before"
    events.record(verb, entitlement, at=at, by_id=by.pk, entry=entry.pk)
    used_before.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)
    return entry


def _count_reductions(entitlement: Entitlement, uses: Mapping[str, int], *, at: dt.datetime) -> None:
    """Under the entitlement's lock: what of each reduction is gone, never more than the programme gives."""
    gone = Counter(entitlement.reductions_used)
    most = {reduction.code: first.number for reduction, first in counted_reductions(entitlement, on=clock.day_of(at))}
    for code, number in uses.items():
        gone[code] += number
        if number > 0 and gone[code] > most.get(code, 0):
            raise NotCountable("減免を使った回数が、きまりの回数より多くなります。")
    entitlement.reductions_used = {code: number for code, number in sorted(gone.items()) if number}
    entitlement.save(update_fields=["reductions_used"])


def _some(numbers: Mapping[str, int]) -> dict[str, int]:
    return {code: number for code, number in numbers.items() if number}


def _negative(numbers: Mapping[str, int]) -> dict[str, int]:
    return {code: -number for code, number in numbers.items()}
