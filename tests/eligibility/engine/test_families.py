"""For whom a service is, and that after a loss no sentence of the engine's own speaks of a child."""

import re
from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Assessment, Family, FamilyRule, Source, Verdict, assess
from eligibility.engine.families import families_named
from tests.eligibility.five import ALL, KAWASAKI, KODAIRA, OKAYAMA, ZUSHI, eligible, terms_of
from tests.eligibility.kodaira import TERMS, family

ON = date(2026, 3, 10)
OF_A_CHILD = re.compile("赤ちゃん|お子|子ども|母子|出産|予定日|生まれ|生後|月齢|妊娠")
VISIT_ONLY = "アウトリーチ型(訪問型)のみ父子家庭や里親等のご家庭、流産・死産を経験された方もご利用可能です。"


def judged(municipality: str, who: Family) -> Assessment:
    terms = terms_of(municipality)
    return assess(eligible(terms, family=who), terms, on=ON)


@pytest.mark.parametrize("municipality", ALL)
def test_family__mother_and_child_may_use_every_service(municipality: str) -> None:
    found = judged(municipality, Family.MOTHER).finding("family")
    assert (found.verdict, found.services, found.title) == (Verdict.MET, (), "使える方")
    assert found.fact == "お母さんとお子さんが使えます。"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (Family.FATHER, "父子家庭の方"),
        (Family.FOSTER, "里親などのご家庭の方"),
        (Family.BEREAVED, "流産や死産を経験された方"),
    ],
)
def test_family__z4_is_open_to_others_for_visits_only(who: Family, words: str) -> None:
    answer = judged(ZUSHI, who)
    assert [outlook.verdict for outlook in answer.services] == [Verdict.UNMET, Verdict.UNMET, Verdict.MET]
    closed, open_ = answer.finding("family_short_stay"), answer.finding("family_home_visit")
    assert closed.services == ("short_stay", "day_service")
    assert closed.fact == f"宿泊型・通所型は、{words}にはお使いいただけません。訪問型はお使いいただけます。"
    assert closed.source.text == VISIT_ONLY
    assert open_.fact == f"訪問型は、{words}が使えます。"
    assert answer.verdict is Verdict.MET
    assert answer.grounds_for_refusal == ()


def test_families__are_named_where_they_may_use_a_service_or_somebody_asks() -> None:
    assert families_named(terms_of(KODAIRA)) == {Family.MOTHER, Family.BEREAVED}
    assert families_named(terms_of(ZUSHI)) == frozenset(Family)


def test_family__is_asked_about_where_the_page_says_nothing() -> None:
    answer = judged(KAWASAKI, Family.BEREAVED)
    assert answer.verdict is Verdict.ASK
    found = answer.finding("family")
    assert (found.verdict, found.overridable) == (Verdict.ASK, False)
    assert found.fact == "流産や死産を経験された方が使えるとは公表されていません。センターに電話で確かめます。"


def test_family__that_no_service_is_for_is_a_ground_for_refusal() -> None:
    answer = judged(OKAYAMA, Family.FATHER)
    assert [item.code for item in answer.grounds_for_refusal] == ["family"]
    assert answer.finding("family").fact == (
        "この事業は、父子家庭の方にはお使いいただけません。センターにご相談ください。"
    )


def test_family__services_that_say_no_for_other_reasons_are_told_apart() -> None:
    none = FamilyRule(frozenset({Family.MOTHER}), frozenset(), Source("お母さんとお子さん", "見本"))
    other = replace(none, source=Source("母子に限る", "見本"))
    stay, day, *visits = TERMS.services
    split = (replace(stay, families=none), *(replace(item, families=other) for item in (day, *visits)))
    answer = assess(family(family=Family.FATHER), replace(TERMS, services=split), on=ON)
    assert answer.finding("family_short_stay").source == none.source
    assert answer.finding("family_day_service").source == other.source
    assert answer.verdict is Verdict.UNMET


@pytest.mark.parametrize("municipality", ALL)
@pytest.mark.parametrize("on", [date(2025, 1, 1), ON, date(2027, 2, 1), date(2028, 1, 1)])
def test_after_a_loss__our_own_sentences_speak_of_no_child(municipality: str, on: date) -> None:
    """What the file itself says of a child, in a requirement or a quoted sentence, is the file's."""
    terms = terms_of(municipality)
    due = date(2026, 6, 1)
    for known in ({}, {"due_date": due}, {"birth_date": None, "due_date": due}):
        answer = assess(eligible(terms, family=Family.BEREAVED, **known), terms, on=on)
        asked = {rule.code for rule in terms.requirements}
        spoken = [item.fact for item in answer.findings if item.code not in asked]
        spoken += [item.title for item in answer.findings if item.code.startswith(("age", "family"))]
        spoken += [outlook.period.arithmetic for outlook in answer.services]
        assert not [words for words in spoken if OF_A_CHILD.search(words)]


def test_after_a_loss__an_unknown_day_is_asked_for_kindly() -> None:
    answer = judged(KODAIRA, Family.BEREAVED)
    assert answer.finding("age").fact == "5月14日(木)まで使えます(1月15日から4か月 → 5月15日の前日)。"
    unknown = assess(family(family=Family.BEREAVED, birth_date=None), TERMS, on=ON)
    assert unknown.finding("age").fact == "いつのことかがわかると計算できます。"
    window = unknown.finding("application_window")
    assert (window.verdict, window.fact) == (Verdict.ASK, "いつのことかがわかると計算できます。")
