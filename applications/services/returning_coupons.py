"""Unused coupons come back when a family moves away: the code is withdrawn, and nothing is left to use."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from applications.models import Application, Coupon, CouponReturn, Entitlement, Pool
from applications.selectors.coupons import coupon_return_of
from applications.selectors.handed_in import handed_in
from applications.signals import entitlement_changed
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

from .units import hold_units

RETURN = "applications.screen"


def return_coupons(
    application: Application, *, returned_on: dt.date, number: int, bearer: str, by: User, at: dt.datetime
) -> CouponReturn:
    """Take back what is left: what is used or booked stays as it is, the rest is gone. `number`: sheets of paper.

    From the day of moving, where it has come; else from the day on which they were given back.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
        AlreadyReturned: somebody else was first.
        NothingGranted: there is nothing to give back.
    """
    authorise(by, RETURN, application)
    birth = handed_in(application).birth
    with transaction.atomic():
        entitlement = _held(birth.pk)
        if coupon_return_of(entitlement):
            raise AlreadyReturned
        hold_units(entitlement)
        left = {pool.code: pool.left for pool in Pool.objects.filter(entitlement=entitlement) if pool.left}
        Pool.objects.filter(entitlement=entitlement).update(limit=F("used"))
        row = CouponReturn.objects.create(
            municipality_id=entitlement.municipality_id,
            citizen_id=entitlement.citizen_id,
            entitlement=entitlement,
            returned_on=returned_on,
            gone_from=min(birth.moves_out_on or returned_on, returned_on),
            number=number,
            bearer=bearer,
            units=left,
            by=by,
            at=at,
        )
        Coupon.objects.filter(entitlement=entitlement, withdrawn_at=None).update(withdrawn_at=at)
        events.record("coupon.returned", application, at=at, by_id=by.pk, coupon_return=row.pk, number=number)
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)
    return row


def undo_return(application: Application, *, by: User, at: dt.datetime) -> None:
    """It was entered by mistake: what was left is hers again, under a new code. The entry stays legible.

    Raises:
        PermissionDenied: as `return_coupons`.
        NothingReturned: no return stands here (any more).
    """
    authorise(by, RETURN, application)
    with transaction.atomic():
        entitlement = _held(handed_in(application).birth.pk)
        row = coupon_return_of(entitlement)
        if row is None:
            raise NothingReturned
        hold_units(entitlement)
        for code, units in row.units.items():
            Pool.objects.filter(entitlement=entitlement, code=code).update(limit=F("limit") + units)
        CouponReturn.objects.filter(pk=row.pk).update(undone_by=by, undone_at=at)
        events.record("coupon.return_undone", application, at=at, by_id=by.pk, coupon_return=row.pk)
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)


class AlreadyReturned(Exception):
    """The coupons came back already."""


class NothingReturned(Exception):
    """No return stands here (any more)."""


class NothingGranted(Exception):
    """Nothing was granted for this birth."""


def _held(birth_id: int) -> Entitlement:
    """Held first, before its pools, as by whoever books."""
    rows = Entitlement.objects.select_related("birth__household", "citizen", "municipality", "programme_version")
    found = rows.select_for_update(of=("self",), no_key=True).filter(birth=birth_id).first()
    if found is None:
        raise NothingGranted
    return found
