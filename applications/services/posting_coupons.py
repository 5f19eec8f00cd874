"""利用券 as a letter, for a mother who applied on paper: in the register, printed and posted like every other."""

import datetime as dt

from django.db import transaction

from applications.letters.content import LetterContent
from applications.letters.coupons import coupon_sheet
from applications.letters.register import enter
from applications.models import Application, Entitlement, Letter
from applications.selectors.coupons import coupon_letter_of, coupon_return_of
from applications.selectors.handed_in import handed_in
from applications.selectors.standing import standing_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .coupons import coupon_of, replace_coupon
from .holding import hold_family
from .preparing import number_to_come, printable
from .voiding import take_out_of_force

LOST = "紙をなくしたので、番号を新しくして作りなおした"


def send_coupons(application: Application, *, by: User, at: dt.datetime) -> Letter:
    """Give the sheet its number and let the worker print it. Pressed twice, it is one letter.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
        NoCoupons: nothing is granted, the programme has none, or they came back.
        postpartum_portal.shared.pdf.MissingGlyph: it cannot be printed; names the characters.
    """
    authorise(by, "applications.screen", application)
    with transaction.atomic():
        entitlement = _held(application)
        return coupon_letter_of(entitlement) or _enter(application, entitlement, by=by, at=at)


def send_coupons_anew(application: Application, *, lost: int, by: User, at: dt.datetime) -> Letter:
    """In the place of the sheet that is lost (`lost`: its letter) another one, of a new code: the old one opens nothing
    any more. Pressed twice, it is one letter.

    Raises:
        PermissionDenied, MissingGlyph: as `send_coupons`. NoCoupons: likewise, or no sheet was sent before.
    """
    authorise(by, "applications.screen", application)
    with transaction.atomic():
        entitlement = _held(application)
        before = coupon_letter_of(entitlement)
        if before is None:
            raise NoCoupons
        if before.pk != lost:
            return before
        replace_coupon(entitlement, lost=coupon_of(entitlement, at=at).code, by=by, at=at)
        take_out_of_force(before, LOST, by=by, at=at)
        return _enter(application, entitlement, replaces=before, by=by, at=at)


class NoCoupons(Exception):
    """There are no coupons to send."""


def _held(application: Application) -> Entitlement:
    rows = Entitlement.objects.select_related("birth__household", "citizen", "municipality", "programme_version")
    found = rows.filter(birth=handed_in(application).birth).first()
    if found is None:
        raise NoCoupons
    hold_family(found)
    return found


def _enter(
    application: Application, entitlement: Entitlement, *, replaces: Letter | None = None, by: User, at: dt.datetime
) -> Letter:
    content = _sheet(application, entitlement, at)
    letter = Letter(
        municipality=application.municipality,
        citizen_id=entitlement.citizen_id,
        household=entitlement.birth.household,
        kind=Letter.Kind.COUPONS,
        subject_kind=Letter.Subject.ENTITLEMENT,
        subject_id=entitlement.pk,
        replaces=replaces,
    )
    entered = enter(letter, content, on=clock.day_of(at), at=at)
    events.record("coupon.sent", application, at=at, by_id=by.pk, letter=entered.pk)
    return entered


def _sheet(application: Application, entitlement: Entitlement, at: dt.datetime) -> LetterContent:
    standing, on = standing_of(entitlement), clock.day_of(at)
    if standing.terms.coupons is None or not standing.services or coupon_return_of(entitlement):
        raise NoCoupons
    coupon = coupon_of(entitlement, at=at)
    number = number_to_come(application, on)
    return printable(coupon_sheet(application, coupon, standing, number=number, on=on))
