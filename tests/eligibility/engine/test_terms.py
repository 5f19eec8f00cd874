"""What a version of a programme says as a whole."""

from dataclasses import replace

import pytest

from eligibility.engine import Family
from tests.eligibility.five import KAWASAKI, terms_of
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


def test_office_in_charge__is_one_of_several_that_serve_an_area() -> None:
    kawasaki = terms_of(KAWASAKI)
    wards = {office.code: office.serves for office in kawasaki.local_offices}

    assert len(wards) == 7
    assert {code: found.serves for code in wards if (found := kawasaki.office_in_charge(code))} == wards
    assert kawasaki.office_in_charge("no_such_ward") is None
    assert replace(kawasaki, offices=kawasaki.local_offices[:1]).local_offices == ()
    assert TERMS.office_in_charge(next(iter(wards))) is None


def test_letters__follow_a_proof_where_the_programme_names_one() -> None:
    letters = TERMS.letters
    assert not letters.judge_proofs
    assert replace(letters, no_reduction=letters.refusal).judge_proofs
