"""Whole yen and their words."""

import pytest

from postpartum_portal.shared.yen import Yen, format_yen, notes_told


@pytest.mark.parametrize(("amount", "words"), [(0, "0円"), (600, "600円"), (10_000, "10,000円"), (-2_500, "−2,500円")])
def test_format_yen__groups_digits_and_uses_a_real_minus(amount, words):
    assert format_yen(Yen(amount)) == words


@pytest.mark.parametrize(
    ("amount", "note", "told"),
    [(3_500, "税抜", "(税抜)"), (3_500, "", ""), (0, "税抜", ""), ("額は公表されていません", "税抜", "")],
)
def test_notes_told__stands_behind_a_number_only(amount, note, told):
    assert notes_told(amount, note) == told
