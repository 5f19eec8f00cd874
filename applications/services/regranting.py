"""Changing an approval by will: other units, services or class, by a letter of its own.

What is used or booked is never taken away: a decider who wants less gives what is used, or revokes.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Unpack

from django.db import transaction

from applications.letters import amend
from applications.letters.register import enter_letter
from applications.models import Amendment, Application, Birth, Decision, Entitlement, Grant, Letter, Pool
from applications.selectors.amendments import given_by, latest_amendment, latest_text, original_of
from applications.selectors.births import dates_of
from applications.selectors.coupons import units_by_booking
from applications.selectors.endings import entitlement_under, grants_of, grants_on
from applications.selectors.handed_in import handed_in
from applications.signals import entitlement_changed, services_narrowing
from eligibility.engine.wording import pool_units
from eligibility.public import programme_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events

from .amending import Prepared, draft_amendments
from .holding import hold_family
from .preparing import ToGive, as_kept, check_reason, judge_grant, number_to_come, printable
from .revoking import authorise_revocation
from .settling_class import change_class
from .units import hold_units

ON_PAPER = "紙で使った分"


def change_approval(
    application: Application,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    based_on: int | None,
    **given: Unpack[ToGive],
) -> Amendment:
    """Give what is `given` from today, in place of what the approval gave so far.

    `reason` is printed. `based_on`: the last change that the decider has seen, None of none.

    Raises:
        ChangedMeanwhile: somebody else has changed it since; says who and when. Nothing changes.
        AlreadyRevoked, NotApproved: the approval has ended meanwhile.
        What `prepare_change` raises.
    """
    prepared = prepare_change(application, by=by, at=at, reason=reason, **given)
    birth, on = handed_in(application).birth, clock.day_of(at)
    with transaction.atomic():
        decision = _held(application, by, based_on)
        Amendment.objects.filter(decision=decision, issued_at=None).delete()  # this letter says what it would have said
        row = Amendment.objects.create(
            municipality_id=decision.municipality_id,
            citizen_id=decision.citizen_id,
            decision=decision,
            drafted_at=at,
            issued_at=at,
            by=by,
            stands=prepared.stands.as_snapshot(),
            reason=reason,
            granted={**as_kept(given), "children": dates_of(birth).counted_children},
        )
        _regrant(row, given, by=by, at=at)
        change_class(application, given["class_code"], on)
        draft_amendments(birth, at=at)
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement_under(decision), by=by, at=at)
        letter = enter_letter(Letter.Kind.AMENDMENT, prepared.letter, about=row, on=on, at=at)
        events.record("amendment.issued", row, at=at, by_id=by.pk, letter=letter.pk)
    return row


def prepare_change(
    application: Application,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    **given: Unpack[ToGive],
) -> Prepared:
    """The letter of a change, its number still to come, and the approval's text as it holds then.

    Raises:
        PermissionDenied, SameHands, AlreadyRevoked, NotApproved: as for a revocation.
        NotGrantable, MissingGlyph: as for an approval. ReasonTooThin: as for a refusal.
        StillUsed: less would be left than is used or booked; says what that is.
        NothingChanged: it is so already.
    """
    authorise_revocation(application, by)
    on = clock.day_of(at)
    check_reason(reason, application, on=on)
    judge_grant(application, given)
    rows = Decision.objects.select_related("application__municipality", "application__birth__household")
    decision = rows.get(application=application)
    check_used(decision, given["services"], given["limits"], at=at)
    so_far, original = given_by(decision).granted, original_of(application)
    lost = handed_in(application).birth.outcome == Birth.Outcome.LOST
    if original and not lost:
        before = latest_text(decision, original)
    else:  # what was printed before a loss is not repeated after it
        before = amend.approval_now(decision, original, so_far, so_far["limits"])
    now = amend.approval_now(decision, original, given, given["limits"])
    number = number_to_come(application, on)
    letter = amend.amendment(decision, original, before, now, number=number, on=on, reason=reason)
    if not letter.changes:
        raise NothingChanged
    return Prepared(printable(letter), now)


def check_used(decision: Decision, services: Collection[str], limits: Mapping[str, int], *, at: dt.datetime) -> None:
    """Raises StillUsed: a limit lies below what is used, or a service that is left out is booked."""
    entitlement, on = entitlement_under(decision), clock.day_of(at)
    used = Pool.objects.filter(entitlement=entitlement, used__gt=0).order_by("code")
    lines = [_line(entitlement, pool) for pool in used if pool.used > _limit(decision, pool, limits, on=on)]
    lost = _services(grants_of(decision)) - set(services) - _services(_others(decision, entitlement, on))
    asked = services_narrowing.send(sender=Decision, entitlement=entitlement, services=lost, since=on, at=at)
    if lines := [*lines, *(line for _, answer in asked for line in answer or ())]:
        raise StillUsed(lines)


class StillUsed(Exception):
    """Less would be left than is used or booked. `lines` say what that is."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("使った分や予約より少なくはできません。" + "。".join(lines) + "。")
        self.lines = lines


class NothingChanged(Exception):
    """The approval gives this already."""


class ChangedMeanwhile(Exception):
    """Another decider has changed the approval since it was looked at: `amendment`."""

    def __init__(self, amendment: Amendment) -> None:
        super().__init__(amendment.pk)
        self.amendment = amendment


def _held(application: Application, by: User, based_on: int | None) -> Decision:
    """The approval and its family, which nobody else changes or ends until the transaction does."""
    held = Application.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=application.pk)
    authorise_revocation(held, by)
    decision = Decision.objects.get(application=held)
    latest = latest_amendment(decision)
    if latest and latest.pk != based_on:
        raise ChangedMeanwhile(latest)
    hold_family(entitlement_under(decision))
    return decision


def _regrant(row: Amendment, given: ToGive, *, by: User, at: dt.datetime) -> None:
    """The grants of before end, this one begins, and the pools stand where it says; what is used is looked at again."""
    decision, on = row.decision, clock.day_of(at)
    entitlement = entitlement_under(decision)
    hold_units(entitlement)
    check_used(decision, given["services"], given["limits"], at=at)
    tenant = {"municipality_id": row.municipality_id, "citizen_id": row.citizen_id}
    for code in given["limits"]:
        Pool.objects.get_or_create(entitlement=entitlement, code=code, defaults={**tenant, "limit": 0})
    for pool in Pool.objects.filter(entitlement=entitlement).order_by("code"):
        limit = _limit(decision, pool, given["limits"], on=on)
        Pool.objects.filter(pk=pool.pk).update(limit=limit)
    grants_of(decision).filter(ends_on=None).update(ends_on=on)
    Grant.objects.create(
        **tenant,
        entitlement=entitlement,
        origin=Grant.Origin.AMENDMENT,
        amendment=row,
        services=sorted(given["services"]),
        limits=dict(given["limits"]),
        at=at,
        by=by,
    )


def _limit(decision: Decision, pool: Pool, limits: Mapping[str, int], *, on: dt.date) -> int:
    """What is granted of a pool then, by this approval and by others; one that gave no number keeps the pool's."""
    others = _others(decision, pool.entitlement, on)
    held = [pool.limit if other.limits is None else other.limits.get(pool.code, 0) for other in others]
    return max([limits.get(pool.code, 0), *held])


def _others(decision: Decision, entitlement: Entitlement, on: dt.date) -> list[Grant]:
    own = set(grants_of(decision).values_list("pk", flat=True))
    return [given for given in grants_on(entitlement, on) if given.pk not in own]


def _services(grants: Collection[Grant]) -> set[str]:
    return {service for given in grants for service in given.services}


def _line(entitlement: Entitlement, pool: Pool) -> str:
    """宿泊: 3日(予約 4821-7305-6614の2日、紙で使った分の1日)."""
    rule = programme_of(entitlement.programme_version).terms.pool(pool.code)
    held = units_by_booking(entitlement).get(pool.code, {})
    told = [f"{f'予約 {number}' if number else ON_PAPER}の{pool_units(units, rule)}" for number, units in held.items()]
    return f"{rule.label}: {pool_units(pool.used, rule)}" + (f"({'、'.join(told)})" if told else "")
