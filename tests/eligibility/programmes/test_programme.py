"""Kodaira's file, read and compiled; and files that are wrong, refused with file, line, key and a sentence."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from eligibility.engine import Seal, UnitKind, Unpublished
from eligibility.programmes import ProgrammeFileError, load_programme
from tests.eligibility.programmes.refusing import FILE, TEXT, line_of, refused

PROGRAMME = load_programme(FILE)
TERMS = PROGRAMME.terms


def test_load_programme__knows_whose_it_is_and_since_when() -> None:
    assert (PROGRAMME.code, PROGRAMME.slug, PROGRAMME.name) == ("132110", "kodaira", "小平市")
    assert PROGRAMME.title == "産後ケア事業"
    assert (PROGRAMME.published, PROGRAMME.effective_from) == (date(2024, 8, 23), None)
    assert len(PROGRAMME.sha256) == 64


def test_load_programme__compiles_a_text_once() -> None:
    assert load_programme(TEXT) is load_programme(TEXT)
    assert load_programme(FILE) is PROGRAMME


def test_load_programme__keeps_services_and_pools_under_the_shared_codes() -> None:
    assert [service.code for service in TERMS.services] == [
        "short_stay",
        "day_service",
        "midwife_visit",
        "supporter_visit",
    ]
    assert {pool.code: (pool.limit, pool.unit) for pool in TERMS.pools} == {
        "stay_and_day": (7, UnitKind.DAYS),
        "stay": (6, UnitKind.DAYS),
        "stay_nights": (5, UnitKind.NIGHTS),
        "day": (5, UnitKind.DAYS),
        "midwife": (2, UnitKind.USES),
        "supporter": (5, UnitKind.USES),
    }
    assert [household.code for household in TERMS.classes] == ["general", "tax_exempt", "public_assistance"]
    assert [pool.code for pool in TERMS.pools if pool.principle] == ["stay", "stay_nights", "day"]


def test_load_programme__leaves_open_what_the_page_does_not_say() -> None:
    letters = TERMS.letters
    assert isinstance(letters.basis, Unpublished)
    assert letters.basis_text() == "小平市産後ケア事業の規定"
    assert isinstance(letters.sender.name, Unpublished)
    assert letters.sender.seal is Seal.OMITTED
    assert letters.number.sample


def test_load_programme__fills_in_the_appeal() -> None:
    review, lawsuit = TERMS.letters.appeal.paragraphs
    assert "起算して3か月以内に、小平市長に対して審査請求" in review
    assert "起算して6か月以内に、小平市を被告として" in lawsuit
    assert "{" not in review + lawsuit


def test_load_programme__marks_every_reading() -> None:
    cancellation = TERMS.service("supporter_visit").cancellation
    assert "以降" in cancellation.tiers[0].deadline.source.reading
    assert TERMS.service("short_stay").cancellation.no_show.source.reading.startswith("連絡なく来なかったとき")


def test_load_programme__names_file_line_and_key(tmp_path: Path) -> None:
    wrong = tmp_path / "132110-wrong.yaml"
    wrong.write_text(TEXT.replace("amount: 5000", "amount: ５０００"), encoding="utf-8")
    with pytest.raises(ProgrammeFileError, match=r"^132110-wrong\.yaml:\d+: services\[0\]\.price\.amount: ") as caught:
        load_programme(wrong)
    (problem,) = caught.value.problems
    assert problem.line == line_of("amount: 5000")


@pytest.mark.parametrize(
    ("passage", "by", "key", "sentence"),
    [
        ("amount: 5000", "amount: -1", "services[0].price.amount", "0以上の整数"),
        ("amount: 5000", "amount: 5_000", "services[0].price.amount", "0以上の整数"),
        ("amount: 5000", "amount: []", "services[0].price.amount", "0以上の整数"),
        ("amount: 5000", "amount: {who_knows: centre}", "services[0].price.amount.unpublished", "この項目が必要です。"),
        (
            "amount: 5000",
            "amount: {unpublished: 非公表, who_knows: 市}",
            "services[0].price.amount.who_knows",
            "facility、centre、municipality のどれか",
        ),
        ("limit: 7", "limit: 0", "pools[0].limit", "1以上の整数"),
        ("limit: 7", "limit: 999999999", "pools[0].limit", "9999までの整数"),
        ("days_before: 1", "days_before: 99999", "services[0].cancellation.tiers[0].deadline.days_before", "9999まで"),
        ("published: 2024-08-23", "published: 9999-12-31", "programme.published", "2024-08-23 の形"),
        ("label: 宿泊型", 'label: "宿泊型\\0"', "services[0].label", "使えない文字(U+0000)"),
        ("format: 1", "format: 2", "format", "format: 1 と書いてください。"),
        ("amount: 5000", "amuont: 5000", "services[0].price.amuont", "知らない項目です。"),
        ("per: night", "per: 泊", "services[0].price.per", "のどれかを書いてください。"),
        ("kind: stay", "kind: hotel", "services[0].kind", "のどれかを書いてください。"),
        ("published: 2024-08-23", "published: 2024-02-30", "programme.published", "2024-08-23 の形"),
        ("published: 2024-08-23", "published: 20240823", "programme.published", "2024-08-23 の形"),
        ('opens: "10:00"', "opens: 10時", "services[0].hours.opens", "09:00 の形"),
        ('opens: "10:00"', 'opens: "36000"', "services[0].hours.opens", "09:00 の形"),
        ("first: 12-29", "first: 02-30", "services[2].closed[0].first", "12-29 の形"),
        ("first: 12-29", "first: 年末", "services[2].closed[0].first", "12-29 の形"),
        (
            "inclusive: false",
            "inclusive: いいえ",
            "services[0].cancellation.tiers[0].deadline.inclusive",
            "true か false",
        ),
        ("slug: kodaira", "slug: 小平", "municipality.slug", "小文字の英字"),
        ('code: "132110"', 'code: "13211"', "municipality.code", "6けた"),
        ("postcode: 187-0043", "postcode: 1870043", "offices[0].postcode", "187-0043 の形"),
        ("phone: 042-346-3701", "phone: 0423463701", "offices[0].phone", "042-346-3701 の形"),
        ("  under: 4", "  corrected_up_to: 36週\n  under: 4", "age_limit.corrected_up_to", "36w6d の形"),
        ("    kind: waiver", "    percent: 101\n    kind: waiver", "reductions[0].percent", "1から100まで"),
        ("label: 宿泊型", "label: ''", "services[0].label", "文を書いてください。"),
        ("label: 宿泊型", "label: [宿泊型]", "services[0].label", "文を1つ書いてください。"),
        ("any_of: [resident]", "any_of: resident", "requirements[0].any_of", "「- 」で始まる並び"),
        ("source: 午前10時から終了日の午後4時まで", "source: {}", "services[0].hours.source", "文を1つ"),
        ("- title: 住まい\n      text: 小平市に住民登録がある", "- 住まい", "page.who[0]", "「項目: 値」の並び"),
        ("{applied_on}付けで", "{applied}付けで", "letters.approval.opening", "{applied_on}、{basis} だけです。"),
        ("{applied_on}付けで", "{applied_on付けで", "letters.approval.opening", "組がそろっていません。"),
        ("{addressee}に対して", "{mayor}に対して", "letters.appeal.paragraphs[0]", "だけです。"),
        ("{year}小健母", "{nendo}小健母", "letters.number.pattern", "{year}、{number} だけです。"),
    ],
)
def test_load_programme__refuses_a_wrong_value(passage: str, by: str, key: str, sentence: str) -> None:
    (problem,) = [item for item in refused(passage, by) if item[1] == key]
    assert problem[0] == line_of(passage)
    assert sentence in problem[2]


def test_load_programme__refuses_an_unknown_circumstance() -> None:
    without = TEXT[TEXT.index("  resident:\n") : TEXT.index("  lacks_support:\n")]
    assert [(key, said) for _, key, said in refused(without, "")] == [
        ("requirements[0]", "resident が circumstances にありません。")
    ]


def test_load_programme__reports_a_missing_key_where_it_belongs() -> None:
    (problem,) = refused("      contact: 指定利用施設\n", "")
    contact = "services[0].cancellation.contact"
    assert problem == (line_of("    cancellation:\n"), contact, "この項目が必要です。")


def test_load_programme__reports_all_that_is_wrong_at_once() -> None:
    with pytest.raises(ProgrammeFileError) as caught:
        load_programme(TEXT.replace(" limit: 7", " limit: 七").replace(" hours: 2", " hours: 二"))
    assert len(caught.value.problems) == 3


def test_load_programme__refuses_a_key_given_twice() -> None:
    (problem,) = refused("amount: 5000", "amount: 4000\n      amount: 5000")
    assert problem == (line_of("amount: 5000") + 1, "services[0].price.amount", "同じ項目が2回書かれています。")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "並びではありません"),
        ("- a", "並びではありません"),
        ("a: [", "YAMLとして読めません"),
        ("a: \x00", "YAMLとして読めません"),
        ("a: &x 1\nb: *x", "参照は使えません"),
        ("? [a]\n: b", "YAMLとして読めません"),
        ("[" * 5000, "入れ子が深すぎます"),
        ("a: 1", "この項目が必要です"),
    ],
)
def test_load_programme__refuses_what_is_no_programme(text: str, sentence: str) -> None:
    with pytest.raises(ProgrammeFileError, match=sentence):
        load_programme(text)


def test_programme_file__quotes_a_sentence_for_every_value() -> None:
    def sourced(node: object) -> int:
        if isinstance(node, list):
            return sum(sourced(item) for item in node)
        if not isinstance(node, dict):
            return 0
        return ("source" in node) + sum(sourced(item) for item in node.values())

    assert sourced(yaml.load(TEXT, Loader=yaml.BaseLoader)) > 50  # noqa: S506 - a BaseLoader builds text only
