"""A list of facilities may name only what a version of its programme knows; and which files belong together."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from eligibility.programmes import ProgrammeFileError, load_facilities
from eligibility.programmes.beside import facility_list_of, facility_lists, is_facility_list, programmes_of
from tests.eligibility.five import KUMAGAYA, terms_of
from tests.eligibility.sixth import FIRST, FOLDER, SECOND

LIST = settings.PROGRAMME_DIR / "facilities" / "112020.yaml"
SHEET = LIST.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("passage", "by", "key", "sentence"),
    [
        (
            "- short_stay",
            "- spa",
            "facilities[0].services[0].code",
            "spa が、きまりのファイルの services にありません。",
        ),
        (
            "code: day_service",
            "code: day",
            "facilities[0].services[1].code",
            "day が、きまりのファイルの services にありません。",
        ),
        (
            "- amount: 5000",
            "- amount: 5000\n            of: late",
            "facilities[0].services[1].prices[0].of",
            "day_service.late は、きまりのファイルで額が公表されていない項目(unpublished)ではありません。",
        ),
        (
            "      - short_stay",
            "      - {code: short_stay, prices: [{amount: 4000, source: x}]}",
            "facilities[0].services[0].prices[0].of",
            "short_stay.price は、きまりのファイルで額が公表されていない項目(unpublished)ではありません。",
        ),
        (
            "- amount: 5000",
            "- amount: 5000\n            household_class: rich",
            "facilities[0].services[1].prices[0].household_class",
            "rich が、きまりのファイルの classes にありません。",
        ),
    ],
)
def test_load_facilities__refuses_what_the_programme_does_not_know(
    tmp_path: Path, passage: str, by: str, key: str, sentence: str
) -> None:
    path = tmp_path / LIST.name
    text = SHEET.replace(passage, by, 1)
    path.write_text(text, encoding="utf-8")
    load_facilities(path)  # alone it has nothing to go by
    with pytest.raises(ProgrammeFileError) as caught:
        load_facilities(path, [terms_of(KUMAGAYA)])
    (problem,) = caught.value.problems
    assert (problem.key, problem.sentence) == (key, sentence)
    assert by.splitlines()[-1].strip("- ").split(":")[0] in text.splitlines()[problem.line - 1]


def test_load_facilities__refuses_an_amount_of_the_municipality_that_is_not_open(tmp_path: Path) -> None:
    demo = settings.ROOT / "fixtures/demo/facilities/112020.yaml"
    path = tmp_path / demo.name
    path.write_text(demo.read_text(encoding="utf-8").replace("key: ", "key: x.", 1), encoding="utf-8")
    with pytest.raises(ProgrammeFileError, match=r"amounts\[0\]\.key: x\..*ではありません。"):
        load_facilities(path, [terms_of(KUMAGAYA)])


def test_load_facilities__takes_what_one_of_several_versions_knows() -> None:
    versions = programmes_of(FOLDER / "facilities/999990.yaml")
    assert len(versions) == 2
    assert load_facilities(FOLDER / "facilities/999990.yaml", [terms_of(KUMAGAYA), *versions]).facilities


def test_files__belong_together_by_the_code_in_their_names(tmp_path: Path) -> None:
    (beside,) = facility_lists(FOLDER)
    assert facility_list_of(FIRST) == facility_list_of(SECOND) == beside
    assert is_facility_list(beside)
    assert not is_facility_list(FIRST)
    draft = tmp_path / "my-draft.yaml"
    assert facility_list_of(draft) is None
    shutil.copy(beside, tmp_path)
    alone = tmp_path / beside.name
    assert programmes_of(alone) == ()
    assert len(programmes_of(alone, [FIRST, LIST])) == 1
    wrong = tmp_path / FIRST.name
    wrong.write_text("format: 2", encoding="utf-8")
    assert programmes_of(alone, [wrong]) == ()
