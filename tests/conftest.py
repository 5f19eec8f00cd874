"""Fixtures that speak the office's language. Real programmes from `fixtures/`, invented people from `factories`."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Facility
from tests import factories

pytest_plugins = [
    "tests.plugins.strict",
    "tests.plugins.logs",
    "tests.plugins.codes",
    "tests.plugins.rights",
    "tests.plugins.published",
    "tests.plugins.signing_in",
    "tests.plugins.counted",
    "tests.plugins.emptying",
    "tests.plugins.garbage",
    "tests.processes.support.fixtures",
    "tests.access.fixtures",
    "tests.plugins.order",
]

Published = Callable[[str], Municipality]


@pytest.fixture(scope="session")
def django_db_use_migrations(django_db_use_migrations: bool) -> bool:
    """The first of two workers makes its database by the migrations; the other spares some seconds of the same."""
    return django_db_use_migrations and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> Any:
    """A folder of its own for uploads and letters."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def kodaira(published: Published) -> Municipality:
    """小平市 with its programme and facilities as published."""
    return published("kodaira")


@pytest.fixture
def kumagaya(published: Published) -> Municipality:
    """熊谷市: the centre arranges, classes are proved by a paper or a consent, reduced prices are not published."""
    return published("kumagaya")


@pytest.fixture
def kawasaki(published: Published) -> Municipality:
    """川崎市: seven uses for each child, the first five cheaper, certificates by fiscal year, corrected age."""
    return published("kawasaki")


@pytest.fixture
def zushi(published: Published, clock_at: Any) -> Municipality:
    """逗子市: coupons, visits for fathers, foster and bereaved families too, prices without tax.

    Its rules are in force from 2026-04-01, so a frozen clock is moved to 2026-04-10.
    """
    if clock_at:
        clock_at.move_to("2026-04-10T10:00:00+09:00")
    return published("zushi")


@pytest.fixture
def okayama(published: Published) -> Municipality:
    """岡山市: one class, prices by facility less a public share, more for twins, nothing published on cancelling."""
    return published("okayama")


@pytest.fixture
def all_tenants() -> Iterator[None]:
    """Look at rows of every tenant: for the assertions of a test, never for the code under test."""
    with scopes_disabled():
        yield


@pytest.fixture
def mother(kodaira: Municipality) -> Any:
    return factories.UserFactory(email="hanako@example.jp", display_name="")


@pytest.fixture
def nurse(kodaira: Municipality) -> Any:
    return factories.MembershipFactory(municipality=kodaira, role="centre", user__display_name="渡辺").user


@pytest.fixture
def decider(kodaira: Municipality) -> Any:
    return factories.MembershipFactory(municipality=kodaira, role="decider", user__display_name="田中").user


@pytest.fixture
def clinic(kodaira: Municipality) -> Facility:
    """A real facility of Kodaira's page, keeping two places of each kind on every day of the coming 180 days."""
    facility = Facility.objects.filter(name__contains="ジュンレディース").get()
    factories.open_places(facility, limit=2)
    return facility


@pytest.fixture
def receptionist(clinic: Facility) -> Any:
    return factories.StaffMembershipFactory(facility=clinic, user__display_name="受付").user
