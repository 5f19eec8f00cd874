"""Reading is a deed: who looked at a case or a letter is written down."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction

from applications.models import Amendment, Letter
from applications.selectors.amendments import amendment_with_rows
from applications.selectors.case import Case, case_of
from applications.selectors.protection import address_is_open
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events


def read_case(number: str, *, by: User, at: dt.datetime) -> Case | None:
    """The case with this number inside the tenant scope, its reading recorded; None where there is none."""
    case = case_of(number, on=clock.day_of(at))
    if case:
        events.record_reads("case.read", [case.application], at=at, by_id=by.pk)
    return case


def read_amendment(pk: int, *, by: User, at: dt.datetime) -> Amendment | None:
    """The change of an approval inside the tenant scope, its reading recorded; None where there is none."""
    found = amendment_with_rows(pk)
    if found:
        events.record_reads("amendment.read", [found], at=at, by_id=by.pk)
    return found


@dataclass(frozen=True, slots=True)
class LetterFile:
    letter: Letter
    pdf: bytes


def read_letter(letter_id: int, *, by: User, at: dt.datetime) -> LetterFile | None:
    """The issued letter inside the tenant scope, as it left the house; None where there is none.

    When the mother reads it first, that instant is kept: the time to appeal may count from it.

    Raises:
        AddressKeptBack: her address is under protection, and this person has not opened it with another one.
        LetterDamaged: the stored file is not the one that was issued.
    """
    issued = Letter.objects.filter(pk=letter_id, status=Letter.Status.ISSUED, erased_at=None)
    letter = issued.select_related("household").first()
    if letter is None:
        return None
    if letter.household and by.pk != letter.citizen_id and not address_is_open(letter.household, by, at=at):
        raise AddressKeptBack
    with default_storage.open(letter.storage_name) as file:
        pdf = file.read()
    if hashlib.sha256(pdf).hexdigest() != letter.sha256:
        raise LetterDamaged(letter.pk)
    with transaction.atomic():
        unread = Letter.objects.filter(pk=letter.pk, first_read_at=None)
        if by.pk != letter.citizen_id:
            events.record_reads("letter.read", [letter], at=at, by_id=by.pk)
        elif unread.update(first_read_at=at):
            events.record("letter.read", letter, at=at, by_id=by.pk, first=True)
    return LetterFile(letter, pdf)


class AddressKeptBack(Exception):
    """The letter shows where she lives; two people open that first (支援措置)."""


class LetterDamaged(Exception):
    """A letter's file was changed after it was issued: a restored or tampered store. Nobody is shown it."""
