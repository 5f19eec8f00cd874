"""Kodaira's facilities as its page lists them."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.programmes import ProgrammeFileError, load_facilities
from tests.eligibility.kodaira import FACILITIES, TERMS

TEXT = FACILITIES.read_text(encoding="utf-8")


def test_load_facilities__reads_who_offers_what() -> None:
    listed = load_facilities(FACILITIES)
    assert (listed.municipality, listed.starts) == ("132110", date(2024, 8, 23))
    assert [(item.name, item.kind, item.services, item.phones) for item in listed.facilities] == [
        ("ジュンレディースクリニック小平", "facility", ("short_stay", "day_service"), ("042-329-4103",)),
        ("中野産婦人科医院", "facility", ("short_stay", "day_service"), ("042-341-6565",)),
        ("NPO法人子育てサポートきらら", "visitor", ("supporter_visit",), ("042-345-8262",)),
    ]
    assert {item.places for item in listed.facilities} == {None}


def test_load_facilities__names_services_of_the_programme() -> None:
    known = {service.code for service in TERMS.services}
    assert known.issuperset(code for item in load_facilities(FACILITIES).facilities for code in item.services)


def test_load_facilities__refuses_a_code_given_twice(tmp_path: Path) -> None:
    wrong = tmp_path / "132110.yaml"
    wrong.write_text(TEXT.replace("code: kirara", "code: nakano-clinic"), encoding="utf-8")
    with pytest.raises(ProgrammeFileError, match=r"132110\.yaml:\d+: facilities\[2\]\.code: 同じコード"):
        load_facilities(wrong)
