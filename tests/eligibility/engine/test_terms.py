"""What a version of a programme says as a whole."""

from dataclasses import replace

import pytest

from eligibility.engine import Family
from tests.eligibility.kodaira import TERMS


def test_terms__know_no_other_code() -> None:
    with pytest.raises(KeyError):
        TERMS.service("night_nurse")
    assert TERMS.offers("short_stay")
    assert not TERMS.offers("night_nurse")


def test_terms__are_said_in_other_words_to_a_bereaved_family_where_there_are_any() -> None:
    second = replace(TERMS, after_loss=None)
    both = replace(TERMS, after_loss=second)
    assert both.said_to(Family.BEREAVED) is second.said_to(Family.BEREAVED) is second
    assert both.said_to(Family.MOTHER) is both


def test_circumstances__are_asked_once_in_the_order_of_the_file() -> None:
    residence, need, health = TERMS.requirements
    terms = replace(TERMS, requirements=(residence, need, residence, health))
    assert [item.code for item in terms.circumstances] == [
        "resident",
        "lacks_support",
        "unwell_or_anxious",
        "fever_or_infection",
        "needs_medical_care",
    ]


def test_basis__is_its_text_or_what_a_letter_says_until_it_is_set() -> None:
    letters = TERMS.letters
    assert letters.basis_text() == "小平市産後ケア事業の規定"
    assert replace(letters, basis="要綱第6条").basis_text() == "要綱第6条"
