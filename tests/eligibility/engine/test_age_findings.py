"""Whether a child is young enough on a day, for each limit of a programme and for the facility's own."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    AgeLimit,
    AgeUnit,
    Assessment,
    Facts,
    Family,
    Place,
    Source,
    Terms,
    Verdict,
    assess,
)
from tests.eligibility.five import KAWASAKI, ZUSHI, eligible, terms_of
from tests.eligibility.kodaira import BORN, TERMS, family

ON = date(2026, 3, 10)
SOURCE = Source("対象:生後4か月未満", "見本の一覧")
UMIKAZE = Place("うみかぜ助産院", age_limit=AgeLimit(1, AgeUnit.YEARS, "生後1歳未満", SOURCE))
KAMOME = Place("かもめ助産院", age_limit=AgeLimit(4, AgeUnit.MONTHS, "生後4か月未満", SOURCE))


def verdicts(answer: Assessment) -> list[Verdict]:
    return [outlook.verdict for outlook in answer.services]


# one limit


def test_age__ends_on_the_last_day() -> None:
    assert assess(family(), TERMS, on=date(2026, 5, 14)).verdict is Verdict.MET
    late = assess(family(), TERMS, on=date(2026, 5, 15)).finding("age")
    assert late.verdict is Verdict.UNMET
    assert late.fact == "使える最後の日は5月14日(木)でした(1月15日から4か月 → 5月15日の前日)。"


def test_age__names_the_year_of_a_day_in_another_year() -> None:
    age = assess(family(birth_date=date(2026, 11, 1)), TERMS, on=date(2026, 12, 1)).finding("age")
    assert age.fact == "令和9年2月28日(日)まで使えます(11月1日から4か月 → 3月1日の前日)。"
    past = assess(family(birth_date=date(2019, 1, 15)), TERMS, on=ON).finding("age")
    assert past.fact.startswith("使える最後の日は2019年5月14日(火)でした")


def test_age__asks_for_the_birth_long_after_the_due_date() -> None:
    age = assess(family(birth_date=None, due_date=date(2025, 10, 1)), TERMS, on=ON).finding("age")
    assert age.verdict is Verdict.ASK
    assert age.fact.endswith("生まれた日を教えてください。")


# a limit for each service


def with_limit(terms: Terms, service: str, **limit: object) -> Terms:
    """The programme with another age limit for one service."""
    changed = [
        replace(item, age_limit=replace(item.age_limit, **limit)) if item.code == service else item  # type: ignore[arg-type]
        for item in terms.services
    ]
    return replace(terms, services=tuple(changed))


def test_age__of_one_service_closes_that_service_only() -> None:
    terms = terms_of(KAWASAKI)
    answer = assess(eligible(terms), terms, on=date(2026, 5, 15))
    stay, others = answer.finding("age_4"), answer.finding("age_1y")
    assert (stay.verdict, stay.services) == (Verdict.UNMET, ("short_stay",))
    assert stay.fact.startswith("宿泊型を使える最後の日は5月14日(木)でした(1月15日から4か月 → 5月15日の前日)。")
    assert others.fact.startswith("日帰りロング型・日帰りショート型・訪問型は、令和9年1月14日(木)まで使えます")
    assert verdicts(answer) == [Verdict.UNMET, Verdict.ASK, Verdict.MET, Verdict.MET]
    assert answer.verdict is Verdict.MET
    assert answer.grounds_for_refusal == ()


def test_age__of_every_service_is_a_ground_for_refusal() -> None:
    terms = terms_of(KAWASAKI)
    answer = assess(eligible(terms, due_date=BORN), terms, on=date(2027, 1, 15))
    assert answer.verdict is Verdict.UNMET
    assert {item.code for item in answer.grounds_for_refusal} == {"age_4", "age_1y"}


@pytest.mark.parametrize(
    ("limit", "codes"),
    [
        ({"number": 28, "unit": AgeUnit.DAYS}, {"age_28d", "age_4"}),
        ({"inclusive": True}, {"age_4_1", "age_4_2"}),
    ],
)
def test_age__has_a_code_for_each_limit(limit: dict[str, object], codes: set[str]) -> None:
    answer = assess(family(), with_limit(TERMS, "day_service", **limit), on=ON)
    assert {item.code for item in answer.findings if item.code.startswith("age")} == codes


def test_age__w4_is_counted_from_the_due_date() -> None:
    terms = terms_of(KAWASAKI)
    facts = eligible(terms, birth_date=date(2026, 3, 1), due_date=date(2026, 4, 5))
    assert assess(facts, terms, on=date(2026, 8, 4)).services[0].verdict is Verdict.MET
    stay = assess(facts, terms, on=date(2026, 8, 5)).finding("age_4")
    assert stay.verdict is Verdict.UNMET
    assert stay.fact == (
        "宿泊型を使える最後の日は8月4日(火)でした"
        "(35週0日で生まれたので、予定日 4月5日から数えます。4か月 → 8月5日の前日)。"
    )


def test_age__says_that_a_due_date_may_extend_it() -> None:
    terms = terms_of(KAWASAKI)
    hint = "早く生まれたお子さんは、出産予定日がわかると、のびることがあります。"
    assert assess(eligible(terms), terms, on=date(2026, 5, 15)).finding("age_4").fact.endswith(hint)
    known = assess(eligible(terms, due_date=BORN), terms, on=date(2026, 5, 15)).finding("age_4")
    long_ago = assess(eligible(terms), terms, on=date(2026, 12, 1)).finding("age_4")
    assert hint not in known.fact + long_ago.fact
    assert hint not in assess(family(), TERMS, on=date(2026, 5, 15)).finding("age").fact


# case by case


def early(allowed: bool | None) -> Facts:
    born, due = date(2026, 3, 1), date(2026, 4, 5)
    return eligible(terms_of(ZUSHI), birth_date=born, due_date=due, corrected_age=allowed)


def test_age__asks_the_office_that_may_allow_the_due_date() -> None:
    age = assess(early(None), terms_of(ZUSHI), on=date(2027, 3, 1)).finding("age")
    assert age.verdict is Verdict.ASK
    office = terms_of(ZUSHI).offices[0].name
    assert age.fact == (
        "使える最後の日は2月28日(日)でした(3月1日から1年 → 翌年3月1日の前日)。"
        f"修正月齢で数えるかは、{office}が決めます"
        "(35週0日で生まれたので、予定日 4月5日から数えます。1年 → 翌年4月5日の前日)。お問い合わせください。"
    )


@pytest.mark.parametrize(
    ("allowed", "on", "verdict"),
    [
        (None, date(2027, 2, 28), Verdict.MET),
        (None, date(2027, 4, 4), Verdict.ASK),
        (None, date(2027, 4, 5), Verdict.UNMET),
        (False, date(2027, 3, 1), Verdict.UNMET),
        (True, date(2027, 4, 4), Verdict.MET),
        (True, date(2027, 4, 5), Verdict.UNMET),
    ],
)
def test_age__case_by_case_follows_what_the_centre_said(allowed: bool | None, on: date, verdict: Verdict) -> None:
    assert assess(early(allowed), terms_of(ZUSHI), on=on).finding("age").verdict is verdict


# left to the facility


def test_ask_beyond__w8_is_neither_yes_nor_no() -> None:
    terms = terms_of(KAWASAKI)
    answer = assess(eligible(terms, birth_date=date(2026, 2, 1)), terms, on=date(2026, 7, 13))
    ask = answer.finding("ask_beyond_day_long")
    assert (ask.verdict, ask.services) == (Verdict.ASK, ("day_long",))
    assert ask.fact == (
        "日帰りロング型を5月31日(日)のあとも使えるかは、施設へお問い合わせください(2月1日から4か月 → 6月1日の前日)。"
    )
    assert verdicts(answer) == [Verdict.UNMET, Verdict.ASK, Verdict.MET, Verdict.MET]


def test_ask_beyond__says_beforehand_what_comes_after() -> None:
    terms = terms_of(KAWASAKI)
    ask = assess(eligible(terms), terms, on=ON).finding("ask_beyond_day_long")
    assert ask.verdict is Verdict.MET
    assert ask.fact == (
        "日帰りロング型は、5月14日(木)まで使えます(1月15日から4か月 → 5月15日の前日)。"
        "そのあとも使えるかは、施設へお問い合わせください。"
    )
    expecting = assess(eligible(terms, birth_date=None, due_date=BORN), terms, on=ON).finding("ask_beyond_day_long")
    assert expecting.fact.startswith("日帰りロング型は、予定日どおりに生まれると、5月14日(木)まで使えます")


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"birth_date": date(2025, 3, 1)}, id="the service is over"),
        pytest.param({"birth_date": None}, id="no day is known"),
        pytest.param({"family": Family.BEREAVED}, id="there is no child"),
    ],
)
def test_ask_beyond__has_nothing_to_say(known: dict[str, object]) -> None:
    terms = terms_of(KAWASAKI)
    codes = {item.code for item in assess(eligible(terms, **known), terms, on=ON).findings}
    assert not any(code.startswith("ask_beyond") for code in codes)


def test_ask_beyond__is_settled_by_a_facility_that_says_which_children_it_takes() -> None:
    terms = terms_of(KAWASAKI)
    facts = eligible(terms, birth_date=date(2026, 2, 1))
    at_umikaze = assess(facts, terms, on=date(2026, 7, 13), place=UMIKAZE)
    assert verdicts(at_umikaze)[1] is Verdict.MET
    assert verdicts(assess(facts, terms, on=date(2026, 7, 13), place=KAMOME))[1] is Verdict.UNMET


# the facility's own


def test_place__z6_takes_a_child_of_five_months_or_not() -> None:
    terms = terms_of(ZUSHI)
    facts, on = eligible(terms), date(2026, 6, 20)
    taken, refused = (assess(facts, terms, on=on, place=place) for place in (UMIKAZE, KAMOME))
    assert (taken.verdict, refused.verdict) == (Verdict.MET, Verdict.UNMET)
    assert refused.finding("age").verdict is Verdict.MET
    assert refused.finding("place_age").fact == (
        "使える最後の日は5月14日(木)でした(かもめ助産院は生後4か月未満。1月15日から4か月 → 5月15日の前日)。"
    )
    assert taken.finding("place_age").verdict is Verdict.MET
    assert {outlook.period.last for outlook in refused.services} == {date(2026, 5, 14)}
    assert {outlook.period.last for outlook in taken.services} == {date(2027, 1, 14)}


def test_place__without_an_age_of_its_own_changes_nothing() -> None:
    answer = assess(family(), TERMS, on=ON, place=Place("見本助産院"))
    assert answer == assess(family(), TERMS, on=ON)


def test_place__after_a_loss_has_no_child_to_take() -> None:
    facts = eligible(terms_of(ZUSHI), family=Family.BEREAVED)
    answer = assess(facts, terms_of(ZUSHI), on=date(2026, 6, 20), place=KAMOME)
    assert answer.verdict is Verdict.MET
    assert "place_age" not in {item.code for item in answer.findings}
