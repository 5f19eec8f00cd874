"""The code of a family's coupons: made when it is looked at first, made anew when it was lost."""

import datetime as dt
import secrets

from django.db import transaction

from applications.models import Coupon, Entitlement
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events

from .holding import hold_family

COUPON_DIGITS = 12
"""Digits alone, in three groups of four: what is read out on the phone cannot be misheard. With ten thousand families
one try in a hundred million finds any; who tries is signed in, recorded and soon stopped (`services.coupons` of
facilities).
"""


def coupon_of(entitlement: Entitlement, *, at: dt.datetime) -> Coupon:
    """The code that holds, made now where there is none. Two windows that ask at once get the same one."""
    found, created = Coupon.objects.get_or_create(
        entitlement=entitlement, withdrawn_at=None, defaults=_new(entitlement, at)
    )
    if created:
        events.record("coupon.issued", found, at=at, by_id=entitlement.citizen_id)
    return found


def replace_coupon(entitlement: Entitlement, *, lost: str, by: User, at: dt.datetime) -> Coupon:
    """Withdraw the code `lost`, which then opens nothing, and make another one. Sent twice, the new one holds."""
    with transaction.atomic():
        hold_family(entitlement)
        holds = Coupon.objects.filter(entitlement=entitlement, withdrawn_at=None).first()
        if holds and holds.code != lost:
            return holds
        if holds:
            Coupon.objects.filter(pk=holds.pk).update(withdrawn_at=at)
        made = Coupon.objects.create(entitlement=entitlement, **_new(entitlement, at))
        events.record("coupon.replaced", made, at=at, by_id=by.pk)
    return made


def _new(entitlement: Entitlement, at: dt.datetime) -> dict[str, object]:
    return {
        "municipality_id": entitlement.municipality_id,
        "citizen_id": entitlement.citizen_id,
        "code": f"{secrets.randbelow(10**COUPON_DIGITS):0{COUPON_DIGITS}}",
        "issued_at": at,
    }
