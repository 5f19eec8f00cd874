"""Where the races are run."""

from collections.abc import Iterator

import pytest

from eligibility.public import Municipality
from postpartum_portal.shared.tenancy import tenant
from tests.processes.racing import needs_a_shared_database


@pytest.fixture
def town(kodaira: Municipality) -> Iterator[Municipality]:
    """Kodaira, in a database that every client of a race can see."""
    needs_a_shared_database()
    with tenant(municipality=kodaira.pk):
        yield kodaira
