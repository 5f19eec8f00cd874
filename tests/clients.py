"""Browsers of Django's test client, signed in as somebody."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from postpartum_portal.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser of hers, with what is stored of her now."""
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def enrolled(user: User) -> User:
    """Staff with a second factor, as the portal demands it."""
    user.second_factor_required = True
    user.save()
    TOTP.activate(user, generate_totp_secret())
    return user
