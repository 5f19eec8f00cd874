"""Whole yen and their words."""

import pytest

from postpartum_portal.shared.yen import Yen, format_yen


@pytest.mark.parametrize(("amount", "words"), [(0, "0円"), (600, "600円"), (10_000, "10,000円"), (-2_500, "−2,500円")])
def test_format_yen__groups_digits_and_uses_a_real_minus(amount, words):
    assert format_yen(Yen(amount)) == words
