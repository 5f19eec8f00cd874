"""Examples of a programme file: their answers are the engine's, and one that does not come out is shown."""

from typing import Any

import pytest

from eligibility.programmes import load_programme
from eligibility.programmes.answering import answers
from eligibility.programmes.examples import run
from eligibility.programmes.expecting import KEYS
from tests.eligibility.programmes.asked import BORN, STAY, case, text
from tests.eligibility.programmes.refusing import edited

KODAIRA = load_programme(edited({}))
TERMS = KODAIRA.terms

QUESTIONS: list[dict[str, Any]] = [
    {},
    {"判定": "2026-03-02"},
    {"予約": STAY},
    {"取り消し": {"予約": STAY, "連絡": "2026-03-01T10:00:00"}},
    {"来なかった": STAY},
]


@pytest.mark.parametrize("example", QUESTIONS)
def test_answers__have_all_that_an_example_may_expect(example: dict[str, Any]) -> None:
    question = case(example).question
    assert answers(question, TERMS).keys() == KEYS[type(question.asked)]


def answered(example: dict[str, Any], **rules: Any) -> dict[str, Any]:
    programme = load_programme(text(example, **rules))
    return answers(programme.cases[0].question, programme.terms)


def test_answers__say_so_where_no_day_is_published_or_known() -> None:
    expecting = {"前提": {"予定日": "2026-04-30"}}
    unpublished = {"title": "x", "source": "x", "opens": "unpublished", "words": "妊娠後期"}
    assert answered(expecting, application=unpublished)["申請できる日"] == "公表されていません"
    any_time = {"title": "x", "source": "x", "opens": "any_time"}
    assert answered(expecting, application=any_time)["申請できる日"] == "いつでも"
    unknown = answered({})
    assert unknown["申請できる日"] == "わかりません"
    assert unknown["最後の日"].whole == "わかりません"


def test_answers__price_other_bookings_anew_and_what_is_over_as_it_was() -> None:
    first = {
        "kind": "off",
        "amount": "1000",
        "first": {"number": "2", "unit": "uses", "over": ["day_service"]},
        "services": ["day_service"],
        "classes": ["general"],
    }
    rules = {f"reductions.0.{key}": value for key, value in first.items()}
    example = {
        "前提": BORN,
        "利用ずみ": ["日帰り型 2026-02-10"],
        "予約ずみ": ["日帰り型 2026-02-12"],
        "予約": "日帰り型 2026-02-09",
    }
    found = answered(example, **rules)
    assert found["料金"] == 1000
    assert found["ほかの予約の料金"] == {"日帰り型 2026-02-10": 1000, "日帰り型 2026-02-12": 2000}
    assert found["合計"] == 4000


def test_answers__price_what_goes_beyond_a_limit_in_full() -> None:
    rules = {"pools.3.beyond": "full_price", "pools.3.limit": "1", "services.1.price.beyond_limit": "9000"}
    example = {
        "前提": BORN,
        "予約ずみ": ["日帰り型 2026-02-10", "日帰り型 2026-02-12"],
        "予約": "日帰り型 2026-02-13",
    }
    found = answered(example, **rules)
    assert found["料金"] == 9000
    assert found["ほかの予約の料金"] == {"日帰り型 2026-02-10": 2000, "日帰り型 2026-02-12": 9000}
    assert found["のこり"]["day"] == 0


def test_answers__count_what_a_late_cancellation_takes() -> None:
    late = {
        "取り消し": {"予約": STAY, "連絡": "2026-03-01T16:00:00"},
        "前提": BORN,
        "予約ずみ": ["日帰り型 2026-03-09"],
    }
    found = answered(late)
    assert found["数える"] == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert found["のこり"] == {"stay_and_day": 3, "stay": 3, "stay_nights": 3, "day": 4, "midwife": 2, "supporter": 5}
    assert found["ほかの予約の料金"] == {"日帰り型 2026-03-09": 2000}


def test_answers__name_each_certificate_that_the_class_needs() -> None:
    example = {"前提": {**BORN, "世帯": "住民税非課税世帯(均等割)", "証明書": []}, "予約": "宿泊型 2泊 2026-06-29"}
    dated = {"classes.1.proof.fiscal_year_from_month": "7"}
    assert answered(example, **dated)["証明書"] == [
        "令和7年度の世帯全員分の非課税証明書",
        "令和8年度の世帯全員分の非課税証明書",
    ]


# results


def test_run__shows_what_was_given_expected_and_got() -> None:
    example = {
        "前提": {**BORN, "証明書": []},
        "利用ずみ": ["宿泊型 1泊 2026-02-02"],
        "予約": STAY,
        "答え": {
            "予約できる": "いいえ",
            "料金": "10000",
            "理由": {},
            "内訳": ["1"],
            "のこり": {"stay": "0", "day": "5"},
        },
    }
    (result,) = run(text(example))
    assert not result.ok
    assert result.given == (
        "前提(生まれた日 2026-01-15、証明書(なし))、利用ずみ(宿泊型 1泊 2026-02-02)、予約 宿泊型 2泊 2026-03-02"
    )
    assert [(check.key, check.expected, check.got) for check in result.failed] == [
        ("予約できる", "いいえ", "はい"),
        ("内訳", "1", "5000、5000"),
        ("のこり", "stay: 0、day: 5", "stay: 1、day: 5"),
    ]
    assert [(check.key, check.expected, check.got) for check in result.checks if check.ok] == [
        ("理由", "なし", "なし"),
        ("料金", "10000", "10000"),
    ]


def test_run__compares_one_day_with_all_services_and_named_ones_each() -> None:
    last = {"前提": BORN, "答え": {"最後の日": "2026-05-14", "算式": "1月15日から4か月 → 5月15日の前日"}}
    assert run(text(last))[0].ok
    own = {"services.0.age_limit": {"under": "3", "unit": "months", "title": "x", "source": "x"}}
    (result,) = run(text(last, **own))
    assert [check.key for check in result.failed] == ["算式", "最後の日"]
    assert result.failed[1].got.startswith("宿泊型: 2026-04-14、日帰り型: 2026-05-14、")
    assert "申請できる日" not in result.failed[0].got
    each = {"前提": BORN, "答え": {"最後の日": {"宿泊型": "2026-04-14", "サポーターの訪問": "2026-05-14"}}}
    assert run(text(each, **own))[0].ok


def test_run__lets_the_arithmetic_be_that_of_applying_where_that_is_asked() -> None:
    opens = {
        "前提": {"予定日": "2026-04-30"},
        "答え": {"申請できる日": "2026-03-05", "算式": "予定日 4月30日の56日前(32週0日)"},
    }
    assert run(text(opens))[0].ok
    named = {"前提": BORN, "答え": {"算式": {"申請できる日": "x", "宿泊型": "1月15日から4か月 → 5月15日の前日"}}}
    (result,) = run(text(named))
    assert [check.key for check in result.failed] == ["算式"]


def test_run__takes_a_programme_that_is_read_already() -> None:
    assert all(result.ok for result in run(KODAIRA))
