"""What cards of the case page show, with their forms: records looked up, coupons that came back, internal notes."""

import datetime as dt
from typing import Any

from applications.models import Entitlement
from applications.selectors.case import Case
from applications.selectors.coupons import coupon_letter_of, coupon_return_of
from applications.selectors.notes import notes_of
from applications.selectors.official_checks import look_ups

from .coupon_return import CouponReturnForm
from .note import NoteForm, StrikeForm
from .official_check import OfficialCheckForm


def check_card(case: Case, *, may_write: bool, on: dt.date) -> dict[str, Any]:
    """住所や課税の確認: who looked at which record, and what a decision still waits for."""
    known = look_ups(case)
    agreed = known.agreed if known.consent else None
    return {"look_ups": known, "check_form": OfficialCheckForm(today=on, agreed=agreed) if may_write else None}


def coupon_card(case: Case, *, may_write: bool, on: dt.date) -> dict[str, Any]:
    """利用券の返却: where the programme has coupons and something was granted, for who may enter a return, and once
    there is one.
    """
    entitlement = Entitlement.objects.filter(birth=case.birth).first() if case.terms.coupons else None
    row = coupon_return_of(entitlement) if entitlement else None
    if entitlement is None or case.terms.coupons is None or (row is None and not may_write):
        return {"coupons_label": ""}
    return {
        "coupons_label": case.terms.coupons.label,
        "coupon_return": row,
        "may_return_coupons": may_write,
        "coupon_letter": coupon_letter_of(entitlement),
        "return_coupons_form": CouponReturnForm(today=on) if row is None else None,
    }


def notes_card(case: Case, *, may_write: bool) -> dict[str, Any]:
    """職員メモ, for every member of the centre's staff to read: the latest first; forms for those who may write."""
    return {
        "notes": [
            (note, StrikeForm(note=note.pk) if may_write and note.struck_at is None else None)
            for note in notes_of(case.application)
        ],
        "note_form": NoteForm() if may_write else None,
    }
