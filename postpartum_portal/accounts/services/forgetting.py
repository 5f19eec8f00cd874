"""An account that nobody comes back to, or whose person asked to be forgotten: its sign-in and what was kept for it."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet

from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.unsent import KEPT
from postpartum_portal.shared import events
from postpartum_portal.shared.leftovers import forget_mails_to
from postpartum_portal.shared.models import UnwantedMail

AT_ONCE = 100
GOES_ALONG = (EmailAddress, Authenticator, UnwantedMail)
"""What hangs on an account and is nobody's record."""


def forget_account(user: User, *, by_id: int | None, at: dt.datetime) -> bool:
    """End its sign-in and remove addresses, factors, sessions and mails. True if the account is gone; else rows that
    are kept point to it, and it stays without name and address.

    Raises:
        StillStaff: it works at a centre or a facility; that ends first.
    """
    addresses = addresses_of(user)
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if Membership.objects.filter(user=row).exists() or row.second_factor_required:
            raise StillStaff
        for model in GOES_ALONG:
            model._base_manager.filter(user=row).delete()
        forget_mails_to(addresses, at=at)
        nobody = f"{row.pk}@forgotten.invalid"
        if row.email != nobody:  # a run that died is run again
            row.email, row.display_name, row.is_active = nobody, "", False
            row.set_unusable_password()
            row.save(update_fields=["email", "display_name", "is_active", "password"])
            events.record("account.forgotten", row, at=at, by_id=by_id)
    forget_sessions(user.pk, addresses)
    return _deleted(user.pk)


def addresses_of(user: User) -> set[str]:
    rows = EmailAddress.objects.filter(user=user).order_by("pk").values_list("email", flat=True)
    return {user.email, *rows}


def forget_sessions(user_pk: int, addresses: set[str]) -> int:
    """Sessions of hers, those that keep a form of hers, and those in which a code to her address was asked for."""
    found = []
    for session in Session.objects.order_by("session_key").iterator(chunk_size=1000):
        held = session.get_decoded()
        whose = (held.get(KEPT) or {}).get("whose")
        if held.get(SESSION_KEY) == str(user_pk) or whose == user_pk or any(said in str(held) for said in addresses):
            found.append(session.session_key)
    return Session.objects.filter(pk__in=found).delete()[0]


def remove_idle(*, before: dt.datetime) -> int:
    """Accounts without any row of anybody's that were not used since `before`; how many, `AT_ONCE` at most."""
    unused = Q(last_login__lt=before) | Q(last_login=None)
    idle = User.objects.filter(unused, date_joined__lt=before, second_factor_required=False)
    if not idle.exists():
        return 0  # most days; the question below is a long one
    removed = 0
    for pk in _without_rows(idle).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        removed += _deleted(pk)
    return removed


class StillStaff(Exception):
    """Whoever works somewhere is not forgotten as a person who applied."""


def _without_rows(users: QuerySet[User]) -> QuerySet[User]:
    """Whom no row points to but those that go along."""
    for relation in User._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if relation.auto_created and relation.is_relation and model not in GOES_ALONG and not relation.many_to_many:
            rows = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # type: ignore[union-attr]
            users = users.exclude(Exists(rows))
    return users


def _deleted(pk: int) -> bool:
    try:
        with transaction.atomic():
            return bool(_without_rows(User.objects.filter(pk=pk)).first() and User.objects.get(pk=pk).delete())
    except ProtectedError:
        return False
