"""A mother who applied on paper comes to have an account: the centre names her address, she says who she is."""

import datetime as dt

from django.db import transaction

from applications.models import AccountOffer, Household
from applications.models.finding import found_under
from applications.selectors.joining import open_offer, own_household_of, rows_about
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.opening import account_for
from postpartum_portal.shared import events, mail
from postpartum_portal.shared.lifecycle import authorise

OFFERED = "account_offered"


def offer_account(household: Household, *, email: str, checked: str, by: User, at: dt.datetime) -> AccountOffer:
    """Write down her address after making sure who she is (`checked` says how), and mail her the way in.

    An open offer is closed by it, so a slip in the address is put right by another. Nothing about her is shown to the
    address before she has confirmed name and day of birth.

    Raises:
        PermissionDenied: not staff of this centre, or her own household.
        HasAccount: the household belongs to an account already.
        HasHousehold: the address is that of somebody who has applied here herself.
    """
    authorise(by, "applications.offer_account", household)

    with transaction.atomic():
        row = Household.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=household.pk)
        if row.citizen_id is not None:
            raise HasAccount
        citizen = account_for(email)
        if citizen == by:
            raise OwnAddress
        if own_household_of(citizen, row.municipality):
            raise HasHousehold
        if earlier := open_offer(row):
            earlier.closed_at = at
            earlier.save(update_fields=["closed_at"])
        offer = AccountOffer.objects.create(
            municipality=row.municipality,
            citizen=citizen,
            household=row,
            email=citizen.email,
            checked=checked,
            offered_at=at,
            offered_by=by,
        )

        events.record("account.offered", offer, at=at, by_id=by.pk)
        mail.post(
            OFFERED, citizen.email, key=f"{OFFERED}:{offer.pk}", at=at, municipality=row.municipality, pk=offer.pk
        )
    return offer


def join(offer: AccountOffer, *, name: str, birth_date: dt.date, by: User, at: dt.datetime) -> bool:
    """Give her account all rows of the household if both answers are right; False if not, and the try is counted.

    After `AccountOffer.MOST_TRIES` wrong ones the offer is closed. The scope is the municipality.

    Raises:
        PermissionDenied: the offer is another's.
        OfferClosed: it is taken or closed.
        HasHousehold: she has applied here herself since; the centre reads so and looks.
    """
    authorise(by, "applications.join", offer)

    with transaction.atomic():
        row = AccountOffer.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=offer.pk)
        household = Household.objects.select_for_update().get(pk=row.household_id)
        if row.joined_at or row.closed_at or household.citizen_id is not None:
            raise OfferClosed
        right = found_under(name) == household.name_key and birth_date == household.birth_date
        if not right:
            row.tries += 1
            row.closed_at = at if row.tries >= AccountOffer.MOST_TRIES else None
            row.save(update_fields=["tries", "closed_at"])
            events.record("account.refused", row, at=at, by_id=by.pk, tries=row.tries)
            return False
        if own_household_of(by, row.municipality):
            raise HasHousehold
        for model, ids in rows_about(household).items():
            model._default_manager.filter(pk__in=ids).update(citizen=by)
        row.joined_at = at
        row.save(update_fields=["joined_at"])

        events.record("account.joined", row, at=at, by_id=by.pk)
    return True


class HasAccount(Exception):
    """The household belongs to an account already."""


class HasHousehold(Exception):
    """The account has a household of its own in this municipality: possibly the same mother twice."""


class OwnAddress(Exception):
    """The address is that of the person who writes it down."""


class OfferClosed(Exception):
    """The offer was taken, replaced by another, or closed after too many wrong answers."""
