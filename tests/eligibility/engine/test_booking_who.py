"""Who comes: the period, the facility's own age and twins, families, requirements, and answers left to others."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility import engine
from eligibility.engine import (
    AgeLimit,
    AgeUnit,
    AskBeyond,
    BeforeGranted,
    Circumstance,
    CountedFrom,
    Coupons,
    EachCoupon,
    Facts,
    Family,
    FamilyRule,
    Grant,
    Period,
    Place,
    Requirement,
    Terms,
    Verdict,
    standard_grant,
)
from tests.eligibility.engine.planned import MARCH, SOURCE, fact, planned, refusals, with_booking, with_service
from tests.eligibility.kodaira import BORN, TERMS, day, family, stay, visit

YEAR = AgeLimit(1, AgeUnit.YEARS, "1歳未満", SOURCE)
FOUR_MONTHS = AgeLimit(4, AgeUnit.MONTHS, "生後4か月未満", SOURCE)
NOTHING = Grant({}, frozenset())
BABY_WORDS = ("赤ちゃん", "お子さん", "きょうだい", "生まれ", "出産予定", "月齢", "双子", "予防接種")


def with_age(limit: AgeLimit, terms: Terms = TERMS) -> Terms:
    return with_service("day_service", terms, age_limit=limit)


def test_birth_recorded__is_waited_for_where_the_file_asks() -> None:
    unborn = Facts(due_date=date(2026, 2, 1))
    assert set(refusals(planned(stay(MARCH, 1), unborn))) == {"birth_recorded"}
    assert fact(planned(day(MARCH)), "birth_recorded") == "1月15日(木)です。"


def test_birth_recorded__is_not_asked_where_the_file_does_not() -> None:
    terms = with_booking(birth_recorded=None)
    unborn = Facts(due_date=date(2026, 2, 1))
    plan = planned(day(MARCH), unborn, terms)
    assert plan.allowed
    assert fact(plan, "period") == "予定日どおりに生まれると、3月2日(月)の日帰り型1日は、使える期間の中です。"
    assert "birth_recorded" not in {finding.code for finding in planned(day(MARCH), terms=terms).findings}
    assert refusals(planned(day(MARCH), Facts(), terms))["period"].endswith("わかると計算できます。")


@pytest.mark.parametrize(
    ("coupons", "said"),
    [
        (None, "利用は、まだ承認されていません。予約の申込みはできます。市にお問い合わせください。"),
        (
            Coupons("利用券", EachCoupon.UNIT, SOURCE),
            "利用券は、まだ交付されていません。予約の申込みはできます。市にお問い合わせください。",
        ),
    ],
)
def test_granted__may_be_waited_for_where_the_file_says_so(coupons: Coupons | None, said: str) -> None:
    early = BeforeGranted("市にお問い合わせください", SOURCE)
    terms = replace(with_booking(before_granted=early), coupons=coupons)
    plan = planned(stay(MARCH, 1), terms=terms, grant=NOTHING)
    assert plan.allowed
    assert [(finding.code, finding.fact, finding.source) for finding in plan.asks] == [
        ("service_granted", said, SOURCE)
    ]
    assert plan.left_after["stay_and_day"] == 5
    assert "limit_stay" in refusals(planned(stay(MARCH, 6), terms=terms, grant=NOTHING))


def test_granted__is_not_waited_for_where_another_service_was_granted() -> None:
    terms = with_booking(before_granted=BeforeGranted("市にお問い合わせください", SOURCE))
    days_only = standard_grant(family(), terms, services=["day_service"])
    assert "service_granted" in refusals(planned(stay(MARCH, 1), terms=terms, grant=days_only))
    assert "service_granted" in refusals(planned(stay(MARCH, 1), grant=NOTHING))


def test_period__ends_with_the_last_day() -> None:
    assert planned(stay(date(2026, 5, 12), 2)).allowed
    assert refusals(planned(stay(date(2026, 5, 13), 2))) == {
        "period": "5月13日(水)〜15日(金)の2泊3日は予約できません。使える最後の日は5月14日(木)です"
        "(1月15日から4か月 → 5月15日の前日)。5月14日(木)までの日を選んでください。"
    }


def test_period__is_tested_on_the_first_day_where_the_file_says_so() -> None:
    service = TERMS.service("short_stay")
    terms = with_service("short_stay", age_limit=replace(service.age_limit, tested_on=engine.TestedOn.FIRST_DAY))
    assert planned(stay(date(2026, 5, 14), 2), terms=terms).allowed
    assert "period" in refusals(planned(stay(date(2026, 5, 15), 2), terms=terms))


def test_period__begins_with_the_birth() -> None:
    plan = planned(day(date(2026, 1, 14)), on=date(2026, 1, 1))
    assert refusals(plan)["period"].endswith("使えるのは1月15日(木)からです。1月15日(木)からの日を選んでください。")


def test_period__of_the_decision_goes_before_that_of_the_rule() -> None:
    own = Period(BORN, date(2026, 6, 30), False, "決定による", SOURCE)
    grant = replace(standard_grant(family(), TERMS), period=own)
    assert planned(day(date(2026, 6, 30)), grant=grant).allowed
    unknown = replace(grant, period=Period(None, None, True, "まだわかりません。", SOURCE))
    assert refusals(planned(day(MARCH), grant=unknown))["period"].endswith("まだわかりません。")


def test_period__is_narrowed_by_the_facility() -> None:
    place = Place("かもめ助産院", age_limit=replace(FOUR_MONTHS, number=1, title="新生児"))
    plan = planned(day(MARCH), place=place)
    assert refusals(plan)["period"] == (
        "3月2日(月)の日帰り型1日は予約できません。使える最後の日は2月14日(土)です"
        "(かもめ助産院は新生児。1月15日から1か月 → 2月15日の前日)。"
        "2月14日(土)までの日を選んでください。または、ほかの施設を選んでください。"
    )
    assert next(finding.title for finding in plan.refusals) == "新生児"
    wide = Place("うみかぜ助産院", age_limit=YEAR)
    assert planned(day(date(2026, 5, 14)), place=wide).allowed
    assert next(item.title for item in planned(day(MARCH), place=wide).findings if item.code == "period") == (
        TERMS.service("day_service").age_limit.title
    )


def test_period__may_be_granted_by_corrected_age() -> None:
    limit = replace(FOUR_MONTHS, counted_from=CountedFrom.CASE_BY_CASE)
    early = family(due_date=date(2026, 3, 1))
    plan = planned(day(date(2026, 6, 1)), early, with_age(limit))
    assert plan.grantable
    assert refusals(plan)["period"].endswith("センターが認めると、予約できます。")
    assert planned(day(date(2026, 6, 1)), replace(early, corrected_age=True), with_age(limit)).allowed
    refused = planned(day(date(2026, 6, 1)), replace(early, corrected_age=False), with_age(limit))
    assert not refused.grantable
    assert not planned(day(date(2026, 7, 1)), early, with_age(limit)).grantable


def test_period__of_a_facility_may_be_granted_by_corrected_age_too() -> None:
    limit = replace(YEAR, counted_from=CountedFrom.CASE_BY_CASE)
    early = family(due_date=date(2026, 3, 1))
    place = Place("かもめ助産院", age_limit=FOUR_MONTHS)
    plan = planned(day(date(2026, 6, 1)), early, with_age(limit), place=place)
    assert plan.grantable
    assert refusals(plan)["period"].endswith(
        "または、ほかの施設を選んでください。"
        "早く生まれたお子さんの月齢を予定日から数えることをセンターが認めると、予約できます。"
    )
    assert planned(day(date(2026, 6, 1)), replace(early, corrected_age=True), with_age(limit), place=place).allowed
    assert not planned(day(date(2026, 7, 1)), early, with_age(limit), place=place).grantable


def test_period__may_hang_on_a_due_date_that_nobody_told() -> None:
    limit = replace(FOUR_MONTHS, counted_from=CountedFrom.CORRECTED, corrected_up_to=(36, 6))
    plan = planned(day(date(2026, 6, 1)), terms=with_age(limit))
    assert not plan.grantable
    assert refusals(plan)["period"].endswith("出産予定日を届け出ると、期間がのびることがあります。")


def asking() -> Terms:
    ask = AskBeyond(FOUR_MONTHS, "施設へお問い合わせください。")
    return with_service("day_service", age_limit=YEAR, ask_beyond=ask)


def test_ask_beyond__is_neither_yes_nor_no() -> None:
    plan = planned(day(date(2026, 6, 15)), terms=asking())
    assert plan.allowed
    assert [finding.code for finding in plan.asks] == ["ask_beyond"]
    assert plan.asks[0].verdict is Verdict.ASK
    assert plan.asks[0].fact == (
        "6月15日(月)の日帰り型1日を使えるかどうかは、施設によります。施設へお問い合わせください。"
    )


def test_ask_beyond__is_not_asked_within_nor_after_the_services_own_limit() -> None:
    assert planned(day(date(2026, 5, 14)), terms=asking()).asks == ()
    too_old = planned(day(date(2027, 1, 15)), terms=asking())
    assert too_old.asks == ()
    assert set(refusals(too_old)) == {"period"}


def test_ask_beyond__is_answered_by_the_facility_that_says_whom_it_takes() -> None:
    plan = planned(day(date(2026, 6, 15)), terms=asking(), place=Place("見本助産院", age_limit=YEAR))
    assert plan.allowed
    assert plan.asks == ()


@pytest.mark.parametrize(("multiples", "allowed"), [(None, True), (True, True), (False, False)])
def test_multiples__are_refused_where_the_facility_does_not_take_them(multiples: bool | None, allowed: bool) -> None:
    place = Place("かもめ助産院", multiples=multiples)
    twins = planned(day(MARCH), family(children=2), place=place)
    assert twins.allowed == allowed
    assert planned(day(MARCH), place=place).allowed
    assert planned(replace(day(MARCH), children=1), family(children=2), place=place).allowed
    listed = replace(place, source=SOURCE)
    quoted = {item.source for item in planned(day(MARCH), family(children=2), place=listed).findings}
    assert multiples is None or SOURCE in quoted
    if multiples is False:
        assert refusals(twins)["multiples"] == (
            "かもめ助産院は予約できません。双子などの受け入れをしていません。ほかの施設を選んでください。"
        )


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [(True, Verdict.MET), (False, Verdict.UNMET), (None, Verdict.ASK)],
    ids=["yes", "no", "unsaid"],
)
def test_siblings__are_judged_by_the_facility_where_they_come_along(taken: bool | None, verdict: Verdict) -> None:
    place = Place("かもめ助産院", siblings=taken)
    together = replace(day(MARCH), siblings=True)
    (judged,) = (item for item in planned(together, place=place).findings if item.code == "siblings")
    assert (judged.verdict, judged.decides) == (verdict, True)
    assert judged.source.document == "かもめ助産院"
    assert fact(planned(together, place=replace(place, name="")), "siblings").count("この施設") == 1
    listed = {item.source for item in planned(together, place=replace(place, source=SOURCE)).findings}
    assert SOURCE in listed
    alone = planned(day(MARCH), place=place)
    assert "siblings" not in {item.code for item in alone.findings}


def test_siblings__that_are_refused__name_the_facility_and_what_to_do() -> None:
    plan = planned(replace(day(MARCH), siblings=True), place=Place("かもめ助産院", siblings=False))
    assert refusals(plan)["siblings"] == (
        "きょうだいといっしょには予約できません。かもめ助産院は、きょうだいの受け入れをしていません。"
        "お母さんとお子さんだけで来るか、ほかの施設を選んでください。"
    )


def for_bereaved() -> Terms:
    """Visits are open after a loss, the other services are for mother and child."""
    open_to = FamilyRule(frozenset({Family.MOTHER, Family.BEREAVED}), frozenset(), SOURCE)
    return with_service("midwife_visit", families=open_to)


def test_family__opens_a_visit_after_a_loss_and_no_day() -> None:
    bereaved = family(family=Family.BEREAVED)
    assert planned(visit(MARCH), bereaved, for_bereaved()).allowed
    refused = planned(day(MARCH), bereaved, with_service("day_service", for_bereaved(), families=mothers_only()))
    assert next(iter(refusals(refused))).startswith("family")


def mothers_only() -> FamilyRule:
    return FamilyRule(frozenset({Family.MOTHER}), frozenset(), SOURCE)


def test_after_a_loss__no_sentence_speaks_of_a_child() -> None:
    terms = for_bereaved()
    bereaved = family(family=Family.BEREAVED, children=2)
    place = Place("見本助産院", age_limit=FOUR_MONTHS, multiples=False, siblings=False)
    plans = [
        planned(replace(visit(MARCH), siblings=True), bereaved, terms, place=place, vaccination_days={MARCH}),
        planned(visit(date(2026, 6, 1)), bereaved, terms, place=place),
        planned(visit(MARCH), replace(bereaved, birth_date=None), terms, place=place),
    ]
    assert [plan.allowed for plan in plans] == [True, False, False]
    assert "いつのことかの記録がまだありません" in refusals(plans[2])["birth_recorded"]
    said = " ".join(f"{finding.title} {finding.fact}" for plan in plans for finding in plan.findings)
    assert not [word for word in BABY_WORDS if word in said]


def test_after_a_loss__no_age_leaves_the_answer_to_the_facility() -> None:
    terms = with_service("day_service", asking(), families=for_bereaved().service("midwife_visit").families)
    assert planned(day(date(2026, 6, 15)), family(family=Family.BEREAVED), terms).asks == ()


WELL = Circumstance("treatment", "治療中ですか", "治療中です。", "治療中ではありません。", "安全のため")


@pytest.mark.parametrize(
    ("told", "principle", "allowed", "asks"),
    [
        ({}, False, True, []),
        ({"treatment": False}, False, True, []),
        ({"treatment": True}, False, False, []),
        ({"treatment": True}, True, True, ["treated"]),
    ],
)
def test_requirement__of_a_service_is_judged_again_as_far_as_it_is_told(
    told: dict[str, bool], principle: bool, allowed: bool, asks: list[str]
) -> None:
    rule = Requirement("treated", "治療中でない", (WELL,), False, principle, SOURCE, services=("day_service",))
    terms = replace(TERMS, requirements=(*TERMS.requirements, rule))
    plan = planned(day(MARCH), family(told=told), terms)
    assert plan.allowed == allowed
    assert [finding.code for finding in plan.asks] == asks
    assert planned(visit(MARCH), family(told=told), terms).allowed
