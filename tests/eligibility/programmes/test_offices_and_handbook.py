"""Offices for each area, and coupons with the handbook: refused where they leave nothing to choose, or to hand over."""

from typing import Any

import pytest

from tests.eligibility.programmes.refusing import DATA, edited, problems

OFFICES = [{**DATA["offices"][0], "code": code, "serves": "北区"} for code in ("north", "south")]
HANDBOOK = {"coupons_from": "2026-04-01", "missing": "x", "source": "x"}


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [
        ({"offices.0.serves": "北区"}, "offices[0].serves", "地域ごとの窓口が1つしかありません。"),
        ({"offices": OFFICES}, "offices[1].serves", "北区 は、もう使われています。"),
        ({"application.handbook": HANDBOOK}, "application.handbook", "coupons がありません。"),
    ],
)
def test_load_programme__refuses_what_leaves_no_choice(changes: dict[str, Any], key: str, sentence: str) -> None:
    assert [said for found, said in problems(edited(changes)) if found == key and sentence in said]
