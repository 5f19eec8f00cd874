"""Whole yen and their words."""

from fractions import Fraction

import pytest

from postpartum_portal.shared.yen import Yen, floor_to_10_yen, format_yen


@pytest.mark.parametrize(("amount", "words"), [(0, "0円"), (600, "600円"), (10_000, "10,000円"), (-2_500, "−2,500円")])
def test_format_yen__groups_digits_and_uses_a_real_minus(amount, words):
    assert format_yen(Yen(amount)) == words


@pytest.mark.parametrize(("amount", "floored"), [(0, 0), (9, 0), (10, 10), (1_239, 1_230), (Fraction(2_345, 2), 1_170)])
def test_floor_to_10_yen__drops_what_is_below(amount, floored):
    assert floor_to_10_yen(amount) == floored


def test_floor_to_10_yen__refuses_a_reduction():
    with pytest.raises(ValueError, match="10円未満"):
        floor_to_10_yen(-15)
