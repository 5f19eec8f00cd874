"""Cases as the centre finds them."""

import pytest

from tests.cases import handed_in, heard


@pytest.fixture
def application(kodaira):
    return handed_in(kodaira)


@pytest.fixture
def waiting(kodaira, nurse):
    return heard(kodaira, nurse)
