"""The limits of production, for the tests that name them, and the owner of an address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from postpartum_portal.accounts.models import User
from postpartum_portal.settings import base
from tests import factories
from tests.accounts.guessing import HERS


@pytest.fixture
def limits(settings: Any) -> Iterator[None]:
    """Nothing is counted before a test or after it."""
    settings.SIGN_IN_LIMITS = base.SIGN_IN_LIMITS
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def owner() -> User:
    user: User = factories.UserFactory(email=HERS)
    return user
