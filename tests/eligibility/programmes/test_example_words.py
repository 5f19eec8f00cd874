"""The words of an example: they become values, and what the programme does not know is refused at its line."""

import re
from datetime import date, time
from typing import Any

import pytest

from eligibility.engine import Family, Grant, HeldClass, Proof, Use, Yen, standard_grant
from eligibility.programmes import load_programme
from eligibility.programmes.questions import Booking
from eligibility.programmes.use_words import use_of, use_words
from tests.eligibility.programmes.asked import STAY, case, text
from tests.eligibility.programmes.refusing import edited, problems

TERMS = load_programme(edited({})).terms
NOT_PUBLISHED = {"unpublished": "公表されていません", "who_knows": "facility"}


# words


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("宿泊型 2泊 2026-03-02", Use("short_stay", date(2026, 3, 2), date(2026, 3, 4))),
        ("日帰り型 2026-03-02", Use("day_service", date(2026, 3, 2), date(2026, 3, 2))),
        ("日帰り型 2日 2026-03-02", Use("day_service", date(2026, 3, 2), date(2026, 3, 3))),
        ("助産師による訪問 90分 2026-03-02", Use("midwife_visit", date(2026, 3, 2), date(2026, 3, 2), hours=1.5)),
        (
            "家事育児サポーターによる訪問 2時間 2026-03-02 9:00",
            Use("supporter_visit", date(2026, 3, 2), date(2026, 3, 2), start_time=time(9), hours=2),
        ),
    ],
)
def test_use_of__reads_what_use_words_writes(words: str, use: Use) -> None:
    assert use_of(words, TERMS) == use
    assert use_words(use, TERMS) == words


def test_use_of__knows_a_service_by_its_short_label_too() -> None:
    assert use_of("サポーターの訪問 2026-03-02", TERMS).service == "supporter_visit"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("宿泊型", "の形で書いてください。"),
        ("宿泊型 2泊 3月2日", "の形で書いてください。"),
        ("宿泊型 9999999泊 2026-03-02", "の形で書いてください。"),
        ("宿泊型 2泊 9999-12-31", "の形で書いてください。"),
        ("宿泊型 2026-03-02", "何泊かも書いてください(例: 宿泊型 1泊 2026-03-02)。"),
        ("日帰り型 2泊 2026-03-02", "日帰り型の長さは、泊では書けません。"),
        ("助産師による訪問 2日 2026-03-02", "長さは、日では書けません。"),
        ("温泉 2026-03-02", "温泉 という種類はありません。宿泊型、日帰り型、"),
        ("日帰り型 2026-02-30", "2026-02-30 という日はありません。"),
        ("日帰り型 2026-03-02 25:00", "25:00 という時刻はありません。"),
    ],
)
def test_use_of__says_what_it_does_not_understand(words: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        use_of(words, TERMS)


# questions


def test_case__holds_the_household_as_it_is_written() -> None:
    given = {
        "予定日": "2026-01-20",
        "生まれた日": "2026-01-15",
        "子どもの人数": "2",
        "世帯": "住民税非課税世帯(均等割)",
        "所得": "1500000",
        "家庭": "里親",
        "ようす": {"lacks_support": "いいえ", "unwell_or_anxious": "わからない"},
        "証明書": [{"名前": "世帯全員分の非課税証明書", "年度": "2025", "出した日": "2026-05-01"}],
        "修正月齢を認める": "いいえ",
    }
    facts = case({"前提": given}).question.facts
    assert (facts.due_date, facts.birth_date, facts.children) == (date(2026, 1, 20), date(2026, 1, 15), 2)
    assert (facts.household_class, facts.income, facts.family) == ("tax_exempt", 1_500_000, Family.FOSTER)
    assert facts.told == {
        "resident": True,
        "lacks_support": False,
        "fever_or_infection": False,
        "needs_medical_care": False,
    }
    assert facts.proofs == {Proof("tax_exemption_certificate", 2025, date(2026, 5, 1))}
    assert facts.corrected_age is False


def test_case__holds_the_classes_by_their_days() -> None:
    moves = [
        {"世帯": "住民税非課税世帯(均等割)", "まで": "2026-03-09"},
        {"世帯": "生活保護受給世帯", "から": "2026-03-10"},
    ]
    assert case({"前提": {"世帯の移り変わり": moves}}).question.facts.classes == (
        HeldClass("tax_exempt", None, date(2026, 3, 9)),
        HeldClass("public_assistance", date(2026, 3, 10), None),
    )


def test_case__holds_what_was_granted() -> None:
    assert case({}).question.grant == standard_grant(case({}).question.facts, TERMS)
    granted = case({"認められた種類": ["宿泊型"], "認められた回数": {"stay": "7"}}).question.grant
    assert granted == Grant({"stay_and_day": 7, "stay": 7, "stay_nights": 5}, frozenset({"short_stay"}))
    assert case({"認められた種類": []}).question.grant == Grant({}, frozenset())


def test_case__takes_her_at_her_word_where_certificates_are_left_out() -> None:
    assert case({}).question.facts.proofs is None
    assert case({"前提": {"証明書": []}}).question.facts.proofs == frozenset()


def test_case__holds_the_facility_and_the_amounts_entered() -> None:
    place = {
        "名前": "うみ助産院",
        "年齢": {"under": "1", "unit": "years"},
        "双子": "いいえ",
        "きょうだい": "はい",
        "額": {"short_stay.price": "6000"},
    }
    found = case({"施設": place, "予約": STAY}, **{"services.0.price.amount": NOT_PUBLISHED}).question.place
    assert found.age_limit
    assert (found.name, found.age_limit.title) == ("うみ助産院", "生後1年未満")
    assert (found.multiples, found.siblings) == (False, True)
    assert [(entered.key, entered.amount) for entered in found.entered] == [("short_stay.price", Yen(6000))]


def test_case__holds_whether_siblings_come_along() -> None:
    asked = case({"予約": STAY, "きょうだいも来る": "はい"}).question.asked
    assert isinstance(asked, Booking)
    assert asked.use.siblings
    alone = case({"予約": STAY}).question.asked
    assert isinstance(alone, Booking)
    assert not alone.use.siblings


def test_case__numbers_uses_in_the_order_in_which_they_are_written() -> None:
    example = {
        "利用ずみ": ["日帰り型 2026-02-10"],
        "予約ずみ": ["日帰り型 2026-02-08"],
        "期限後に取り消した": ["日帰り型 2026-02-09"],
        "予約": STAY,
    }
    question = case(example).question
    assert [(use.number, use.status.value) for use in question.held] == [(1, "attended"), (2, "live"), (3, "counted")]
    assert isinstance(question.asked, Booking)
    assert question.asked.use.number == 4


def test_case__holds_no_units_of_a_late_cancellation_that_does_not_count() -> None:
    question = case({"期限後に取り消した": ["助産師による訪問 2026-02-09"], "予約": STAY}).question
    assert [use.status.value for use in question.held] == ["late"]


@pytest.mark.parametrize(
    ("example", "key", "sentence"),
    [
        ({"判定": "2026-03-02", "予約": STAY}, "予約", "判定と予約は、別の事例に書いてください。"),
        ({"予約": "温泉 2026-03-02"}, "予約", "温泉 という種類はありません。"),
        ({"来なかった": "温泉 2026-03-02"}, "来なかった", "温泉 という種類はありません。"),
        ({"利用ずみ": [STAY, "温泉 2026-03-02"]}, "利用ずみ[1]", "温泉 という種類はありません。"),
        ({"取り消し": {"予約": "温泉", "連絡": "2026-03-01T10:00:00"}}, "取り消し.予約", "の形で書いてください。"),
        ({"取り消し": {"予約": STAY, "連絡": "2026-03-01"}}, "取り消し.連絡", "2026-06-09T15:59:59 の形"),
        ({"取り消し": {"予約": STAY, "連絡": "前日"}}, "取り消し.連絡", "2026-06-09T15:59:59 の形"),
        (
            {"取り消し": {"予約": STAY, "連絡": "2026-03-01T10:00:00"}, "予約ずみ": [STAY]},
            "取り消し.予約",
            "ほかの予約だけを書いてください。",
        ),
        ({"前提": {"世帯": "金持ち"}}, "前提.世帯", "金持ち という区分はありません。一般、"),
        (
            {"前提": {"世帯の移り変わり": [{"世帯": "金持ち"}]}},
            "前提.世帯の移り変わり[0].世帯",
            "金持ち という区分はありません。一般、",
        ),
        (
            {"前提": {"世帯の移り変わり": [{"世帯": "一般", "から": "2026-03-02", "まで": "2026-03-01"}]}},
            "前提.世帯の移り変わり[0].まで",
            "から より後の日を書いてください。",
        ),
        ({"認められた種類": ["温泉"]}, "認められた種類[0]", "温泉 という種類はありません。"),
        ({"認められた回数": {"spa": "1"}}, "認められた回数.spa", "spa は認められた枠にありません。枠: stay_and_day、"),
        ({"認められた種類": [], "認められた回数": {"stay": "1"}}, "認められた回数.stay", "枠: ありません"),
        ({"認められた回数": {"stay": "8"}}, "認められた回数.stay", "認められるのは7日までです。"),
        ({"前提": {"ようす": {"rich": "はい"}}}, "前提.ようす.rich", "rich が circumstances にありません。"),
        (
            {"前提": {"証明書": [{"名前": "領収書"}]}},
            "前提.証明書[0].名前",
            "領収書 という書類が documents にありません。",
        ),
        ({"施設": {"名前": "x", "額": {"short_stay.price": "1"}}}, "施設.額.short_stay.price", "公表されています。"),
        ({"きょうだいも来る": "はい"}, "きょうだいも来る", "予約 の事例に書いてください。"),
        ({"前提": {"家庭": "祖母"}}, "前提.家庭", "のどれかを書いてください。"),
        ({"前提": {"生まれ": "2026-01-15"}}, "前提.生まれ", "知らない項目です。"),
        ({"答え": {"申請できる日": "2026-03-05", "料金": "0"}}, "答え.料金", "この問いの答えにはない項目です。"),
        ({"予約": STAY, "答え": {"料金": "千円"}}, "答え.料金", "半角の数字"),
        ({"予約": STAY, "答え": {"予約できる": "多分"}}, "答え.予約できる", "のどれかを書いてください。"),
        ({"予約": STAY, "答え": {"のこり": {"spa": "1"}}}, "答え.のこり.spa", "spa が pools にありません。"),
        ({"答え": {"最後の日": {"温泉": "2026-03-05"}}}, "答え.最後の日.温泉", "温泉 という種類はありません。"),
        (
            {"予約": STAY, "答え": {"ほかの予約の料金": {"日帰り型 2026-02-02": "0"}}},
            "答え.ほかの予約の料金.日帰り型 2026-02-02",
            "どちらにもありません。",
        ),
    ],
)
def test_load_programme__refuses_an_example_it_does_not_understand(
    example: dict[str, Any], key: str, sentence: str
) -> None:
    assert [said for found, said in problems(text(example)) if found == f"examples[0].{key}" and sentence in said]


def test_load_programme__asks_of_which_year_a_certificate_is() -> None:
    undated = text(
        {"前提": {"証明書": [{"名前": "世帯全員分の非課税証明書"}]}}, **{"classes.1.proof.fiscal_year_from_month": "7"}
    )
    assert problems(undated) == [
        ("examples[0].前提.証明書[0]", "世帯全員分の非課税証明書は、何年度のものかも 年度 に書いてください。")
    ]


def test_load_programme__refuses_two_examples_with_one_number() -> None:
    example = {"番号": "K1", "場面": "x", "答え": {}}
    assert problems(edited({"examples": [example, example]})) == [("examples[1].番号", "K1 は、もう使われています。")]
