"""Granting units for a birth. A second grant for the same birth finds the same pools."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from applications.models import Birth, Decision, Entitlement, Grant, Pool
from applications.selectors.endings import grants_on
from applications.signals import entitlement_changed
from eligibility.public import ProgrammeVersion
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events

from .holding import hold_family
from .units import carry_over


@transaction.atomic
def grant(
    birth: Birth,
    *,
    version: ProgrammeVersion,
    origin: Grant.Origin,
    decision: Decision | None,
    services: Iterable[str],
    limits: Mapping[str, int],
    used_on_paper: Mapping[str, int] | None = None,
    by: User | None,
    at: dt.datetime,
) -> Grant:
    """Give `limits` (pool code → units, for all children together) and `services` for a birth. Of them
    `used_on_paper` are used already, with coupons that were handed to her before.

    A pool keeps the larger of what it had and what is granted now, so nothing that is booked is ever taken away; what
    was granted before and has ended counts no more than it was used. The entitlement keeps the programme version of its
    first grant: window, units and class follow that one.
    """
    tenant = {"municipality_id": birth.municipality_id, "citizen_id": birth.citizen_id}
    entitlement, first = Entitlement.objects.get_or_create(
        birth=birth, defaults={**tenant, "programme_version": version, "created_at": at}
    )
    if not first:
        hold_family(entitlement)
    kept = "limit" if grants_on(entitlement, clock.day_of(at)).exists() else "used"
    for code, limit in sorted(limits.items()):  # one order for everybody who moves pools
        pool, created = Pool.objects.get_or_create(
            entitlement=entitlement, code=code, defaults={**tenant, "limit": limit}
        )
        if not created:
            Pool.objects.filter(pk=pool.pk).update(limit=Greatest(F(kept), limit))
    if used_on_paper:  # before anybody hears of the grant: what waits for it must not take these units
        carry_over(entitlement, used_on_paper, by=by, at=at)
    given = Grant.objects.create(
        **tenant,
        entitlement=entitlement,
        origin=origin,
        decision=decision,
        services=sorted(services),
        limits=dict(limits),
        at=at,
        by=by,
    )
    events.record("entitlement.granted", entitlement, at=at, by_id=by.pk if by else None, grant=given.pk)
    entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)
    return given
