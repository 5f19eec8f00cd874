"""Coupons as rows: whose code one is, and which booking holds how many of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Sum

from applications.models import Coupon, CouponReturn, Entitlement, LedgerEntry, Letter


def shown_coupon(code: str, *, municipalities: Collection[int]) -> Coupon | None:
    """The code that holds, of a family of one of these municipalities; None for every other code.

    A facility's scope names no municipality, so this asks for hers itself.
    """
    rows = Coupon.objects.filter(code=code, withdrawn_at=None, municipality_id__in=municipalities)
    return rows.select_related(
        "entitlement__birth__household", "entitlement__programme_version", "entitlement__municipality"
    ).first()


def coupon_return_of(entitlement: Entitlement) -> CouponReturn | None:
    """The return of its unused coupons that stands."""
    rows = CouponReturn.objects.filter(entitlement=entitlement, undone_at=None)
    return rows.select_related("by").first()


def coupon_letter_of(entitlement: Entitlement) -> Letter | None:
    """The sheet that was sent, and is not void."""
    rows = Letter.objects.filter(kind=Letter.Kind.COUPONS, subject_id=entitlement.pk).exclude(status=Letter.Status.VOID)
    return rows.filter(subject_kind=Letter.Subject.ENTITLEMENT).first()


def units_by_booking(entitlement: Entitlement) -> Mapping[str, Mapping[str, int]]:
    """Pool code → booking number → units that the ledger says it holds; "" stands for what was used on paper."""
    moves = LedgerEntry.objects.filter(pool__entitlement=entitlement).values("pool__code", "booking_number")
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for move in moves.annotate(moved=Sum("units")).order_by("pool__code", "booking_number"):
        if move["moved"]:
            held[move["pool__code"]][move["booking_number"]] = move["moved"]
    return held
