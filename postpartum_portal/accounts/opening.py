"""An account for somebody who has not been here: whoever reads the mails of its address can sign in to it."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from .models import User


def account_for(email: str) -> User:
    """The account of a mail address, made where there is none; its address is proved by the first code."""
    known = User.objects.filter(email=email.lower()).first()
    return known or _opened(email.lower())


def _opened(email: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email)
            EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    except IntegrityError:  # somebody else was first
        return User.objects.get(email=email)
    return user
