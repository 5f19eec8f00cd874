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

from .coupons import coupon_of
from .holding import hold_family
from .preparing import number_to_come, printable


def send_coupons(application: Application, *, by: User, at: dt.datetime) -> Letter:
    """Give the sheet its number and let the worker print it. Pressed twice, it is one letter.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
        NoCoupons: nothing is granted, the programme has none, or they came back.
        postpartum_portal.shared.pdf.MissingGlyph: it cannot be printed; names the characters.
    """
    authorise(by, "applications.screen", application)
    with transaction.atomic():
        entitlement = _entitlement(application)
        hold_family(entitlement)
        if sent := coupon_letter_of(entitlement):
            return sent
        content = _sheet(application, entitlement, at)
        letter = Letter(
            municipality=application.municipality,
            citizen_id=entitlement.citizen_id,
            household=entitlement.birth.household,
            kind=Letter.Kind.COUPONS,
            subject_kind=Letter.Subject.ENTITLEMENT,
            subject_id=entitlement.pk,
        )
        entered = enter(letter, content, on=clock.day_of(at), at=at)
        events.record("coupon.sent", application, at=at, by_id=by.pk, letter=entered.pk)
    return entered


class NoCoupons(Exception):
    """There are no coupons to send."""


def _sheet(application: Application, entitlement: Entitlement, at: dt.datetime) -> LetterContent:
    standing, on = standing_of(entitlement), clock.day_of(at)
    if standing.terms.coupons is None or not standing.services or coupon_return_of(entitlement):
        raise NoCoupons
    coupon = coupon_of(entitlement, at=at)
    number = number_to_come(application, on)
    return printable(coupon_sheet(application, coupon, standing, number=number, on=on))


def _entitlement(application: Application) -> Entitlement:
    rows = Entitlement.objects.select_related("birth__household", "citizen", "municipality", "programme_version")
    found = rows.filter(birth=handed_in(application).birth).first()
    if found is None:
        raise NoCoupons
    return found
