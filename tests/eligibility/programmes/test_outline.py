"""A programme file as an officer reads it: chapters, rows, values in words, the sentence beside."""

import pytest

from eligibility.programmes.labels import WHOLE, Spot, path_words, spot
from eligibility.programmes.outline import Chapter, Row, chapters
from eligibility.programmes.reading import ProgrammeFileError
from eligibility.programmes.tree import NO_RULES
from tests.eligibility.kodaira import FILE, ROOT

FILES = sorted((ROOT / "fixtures" / "programmes").glob("*.yaml"))
TEXT = FILE.read_text(encoding="utf-8")


def chapter(key: str, text: str = TEXT) -> Chapter:
    return next(found for found in chapters(text) if found.key == key)


def row(key: str, title: str, *, part: str = "", text: str = TEXT) -> Row:
    rows = [row for found in chapter(key, text).parts if found.title == part for row in found.rows]
    return next(row for row in rows if row.title == title)


def test_chapters__stand_in_the_files_order_under_their_names() -> None:
    titles = [found.title for found in chapters(TEXT)]
    assert titles[:4] == ["自治体", "事業", "窓口", "お母さんに聞くこと"]
    assert titles[-2:] == ["市のページの文", "通知書の文"]


def test_a_price__is_read_in_words_with_its_sentence() -> None:
    found = row("services", "料金", part="宿泊型")
    assert found.entries == (("何につき", "1泊"), ("額", "5,000円"))
    assert found.source == "宿泊型 1泊5,000円"


def test_a_deadline__has_its_time_and_its_reading() -> None:
    found = row("services", "取り消し › 期限と結果 › 1つ目 › 期限", part="宿泊型")
    assert dict(found.entries) == {
        "利用の初めの日の何日前か": "1日前",
        "時刻": "16:00",
        "その時刻を含む": "いいえ",
    }
    assert found.reading.startswith("「午後4時以降」なので")


def test_codes__are_read_by_the_names_that_the_file_gives_them() -> None:
    assert dict(row("pools", "宿泊型と日帰り型の合計").entries)["合わせて数える種類"] == "宿泊型、日帰り型"
    assert dict(row("reductions", "免除").entries)["減免のしかた"] == "0円にする"
    assert dict(row("classes", "住民税非課税世帯(均等割) › 証明").entries) == {
        "証明する書類": "世帯全員分の非課税証明書"
    }


def test_a_number__has_the_unit_that_stands_beside_it() -> None:
    assert dict(row("age_limit", "お子さんの年齢").entries)["年齢の上限"] == "4か月"
    assert dict(row("pools", "宿泊型の泊数").entries)["広げられる上限"] == "6泊"
    kawasaki = next(path for path in FILES if "kawasaki" in path.name).read_text(encoding="utf-8")
    assert dict(row("pools", "すべての種類の合計", text=kawasaki).entries)["上限"] == "7回"


def test_days__are_read_as_an_office_writes_them() -> None:
    assert dict(row("programme", "事業").entries)["ページの日付"] == "令和6年8月23日"
    closed = row("services", "休み › 年末年始", part="助産師による訪問")
    assert closed.entries == (("初めの日", "12月29日"), ("終わりの日", "1月3日"))
    assert dict(row("requirements", "感染症のおそれや、医療の介入の必要がない").entries)["原則"] == "はい"


def test_what_is_not_published__says_so() -> None:
    assert dict(row("letters", "差出人").entries)["氏名"] == (
        "公表されていません: 市長の氏名は、市が設定します(わかるところ: 市)"
    )
    assert dict(row("letters", "根拠").entries)["公表されていないこと"].startswith("公表されていません: ")


def test_an_entry_that_names_the_row__is_not_said_twice() -> None:
    assert "名前" not in dict(row("offices", "こども家庭部 こども家庭センター").entries)


def test_a_rule_that_is_only_a_sentence__stands_with_it() -> None:
    found = row("services", "予防接種の日は使えない", part="助産師による訪問")
    assert found.entries == ()
    assert "予防接種当日" in found.source


def test_a_wrong_value__stands_as_it_was_typed() -> None:
    wrong = TEXT.replace("amount: 5000", "amount: 五千円").replace("published: 2024-08-23", "published: 令和6年")
    assert dict(row("services", "料金", part="宿泊型", text=wrong).entries)["額"] == "五千円"
    assert dict(row("programme", "事業", text=wrong).entries)["ページの日付"] == "令和6年"


def test_a_key_that_nobody_knows__goes_by_its_own_name() -> None:
    more = TEXT.replace("letters:\n", "surprise: 未知\nextra:\n  depth: 深さ\nletters:\n")
    assert row("extra", "extra", text=more).entries == (("depth", "深さ"),)
    assert row("", "そのほか", text=more).entries == (("surprise", "未知"),)


def test_a_text_that_is_no_file__cannot_be_read() -> None:
    with pytest.raises(ProgrammeFileError):
        chapters("- これは\n- 並びです\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file__is_read_without_a_word_of_the_programmers(path: object) -> None:
    """Every key has its Japanese name, and every code of a closed list its words."""
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    rows = [row for found in chapters(text) for part in found.parts for row in part.rows]
    names = [name for row in rows for name, _ in row.entries]
    assert not [name for name in names if name.isascii() and name != "FAX"]
    values = [value for row in rows for name, value in row.entries if name not in {"アドレスの名前", "番号の種類"}]
    assert not [value for value in values if value.isascii() and value.replace("_", "").isalpha()]


def places(at: Spot, seen: frozenset[type] = frozenset()) -> list[tuple[str, Spot]]:
    """Every key of a rule that the schema knows, below a place."""
    found = []
    for kind in (*at.kinds, *at.item.kinds):
        if hasattr(kind.type, "model_fields") and kind.type not in seen:
            for key in kind.type.model_fields.keys() - set(NO_RULES):
                inner = at.under(key) if key in _keys(at) else at.item.under(key)
                found += [(key, inner), *places(inner, seen | {kind.type})]
    return found


def _keys(at: Spot) -> set[str]:
    return {key for kind in at.kinds if hasattr(kind.type, "model_fields") for key in kind.type.model_fields}


def test_every_key_of_the_schema__has_a_name() -> None:
    unnamed = {key for key, found in places(WHOLE) if found.title == key}
    assert not unnamed


def test_every_closed_list__has_words() -> None:
    silent = {key for key, found in places(WHOLE) if found.is_code and not found.words and _is_closed(found)}
    assert not silent


def _is_closed(found: Spot) -> bool:
    return any(kind.is_code and kind.type is not str for kind in found.kinds)


def test_a_path__is_told_in_words() -> None:
    assert path_words(("services", 0, "price", "amount")) == "使えるもの 1つ目 › 料金 › 額"
    assert path_words(("services", 1, "cost")) == "使えるもの 2つ目 › cost"
    assert spot(("circumstances", "resident", "question")).title == "聞くこと"
