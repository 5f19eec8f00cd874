"""Cancelling at an instant and not coming at all: what counts, what comes back, what is said."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from eligibility.engine import (
    TOKYO,
    ConsequenceKind,
    Counts,
    Outcome,
    UnitKind,
    Unpublished,
    UseStatus,
    Verdict,
    Yen,
    amount_text,
    no_show,
)
from tests.eligibility.engine.cancelled import CUT_OFF, JUNE, SECOND, cancelled, deadline, fee, tier, with_tiers
from tests.eligibility.engine.planned import SOURCE
from tests.eligibility.five import KUMAGAYA, OKAYAMA, ZUSHI, terms_of
from tests.eligibility.kodaira import TERMS, day, family, stay, visit


def test_cancel__refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        cancelled(day(JUNE), datetime(2026, 6, 9, 15))


def test_cancel__says_what_comes_back() -> None:
    free = cancelled(stay(JUNE, 2), CUT_OFF - SECOND)
    assert free.returned == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert (free.counted, free.total, free.money_text) == ({}, 0, "お金はかかりません。")
    assert free.headline == "いま取り消すと、3日分が戻ります"
    assert free.findings[0].fact == "6月9日(火) 15:59の連絡は、期限(6月9日(火) 16:00 より前)に間に合っています。"


def test_cancel__of_a_stay_counts_days_and_nights() -> None:
    late = cancelled(stay(JUNE, 2), CUT_OFF)
    assert late.counted == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert (late.returned, late.total) == ({}, 0)
    assert late.headline == "いま取り消すと、3日分を使ったことになります"
    assert late.findings[0].fact == "6月9日(火) 16:00の連絡は、期限(6月9日(火) 16:00 より前)を過ぎています。"


def test_cancel__of_a_supporter_names_fee_and_count() -> None:
    late = cancelled(visit(JUNE, "supporter_visit"), CUT_OFF, household_class="public_assistance")
    assert late.headline == "いま取り消すと、1回分を使ったことになります"
    assert late.money_text == "2,000円がかかります。"
    assert [(line.label, line.arithmetic, line.amount) for line in late.lines] == [
        ("キャンセルの実費負担", "1回 2,000円", 2000)
    ]


def test_cancel__of_a_midwife_on_the_day_costs_nothing_that_is_published() -> None:
    late = cancelled(visit(JUNE), datetime.combine(JUNE, time(), TOKYO))
    assert late.kind is ConsequenceKind.LATE
    assert (late.counted, late.returned, late.total) == ({}, {"midwife": 1}, 0)
    assert late.headline == "いま取り消すと、1回分は戻ります"
    assert late.source.reading.startswith("当日に連絡したときの負担は公表されていない。")


def test_cancel__follows_the_last_tier_that_has_passed() -> None:
    steps = (
        tier(deadline(7), fee(amount=Yen(500), amount_multiples=Yen(500))),
        tier(deadline(3), fee(amount=Yen(1000), amount_multiples=Yen(1000)), Counts.SOME, 1),
        tier(deadline(1, time(12)), fee(amount=Yen(2000), amount_multiples=Yen(2000)), Counts.ALL),
    )
    terms = with_tiers("short_stay", *steps)
    found = [
        cancelled(stay(JUNE, 2), datetime.fromisoformat(f"2026-06-{at}").replace(tzinfo=TOKYO), terms)
        for at in ("03T23:59:59", "04T00:00", "07T23:59:59", "08T00:00", "09T11:59:59", "09T12:00")
    ]
    assert [consequence.total for consequence in found] == [0, 500, 500, 1000, 1000, 2000]
    assert [consequence.counted.get("stay", 0) for consequence in found] == [0, 0, 0, 1, 1, 3]
    assert {consequence.deadline.wording for consequence in found} == {"6月3日(水) まで"}
    assert "期限(6月7日(日) まで)を過ぎています" in found[3].findings[0].fact


def test_cancel__counts_some_of_each_pool_and_gives_the_rest_back() -> None:
    terms = with_tiers("short_stay", tier(deadline(1), None, Counts.SOME, 2))
    late = cancelled(stay(JUNE, 2), CUT_OFF.replace(day=10), terms)
    assert late.counted == {"stay_and_day": 2, "stay": 2, "stay_nights": 2}
    assert late.returned == {"stay_and_day": 1, "stay": 1}
    assert late.headline == "いま取り消すと、3日分のうち2日分を使ったことになります"
    short = cancelled(stay(JUNE, 1), CUT_OFF.replace(day=10), terms)
    assert short.headline == "いま取り消すと、2日分を使ったことになります"
    assert short.returned == {}


@pytest.mark.parametrize(
    ("pools", "said"),
    [
        (["stay_nights"], "2泊分のうち1泊分"),
        (["stay_nights", "stay_and_day"], "3日分のうち1日分"),
        (["all_uses"], "1回分"),
        (["days_called_uses"], "3回分のうち1回分"),
    ],
)
def test_cancel__is_told_in_the_words_of_the_pool_that_counts_it(pools: list[str], said: str) -> None:
    known = {pool.code: pool for pool in TERMS.pools}
    known["all_uses"] = replace(known["stay"], unit=UnitKind.USES)
    known["days_called_uses"] = replace(known["stay"], counter="回")
    some = tier(deadline(30), counts=Counts.SOME, units=1)
    terms = replace(with_tiers("short_stay", some), pools=tuple(known[name] for name in pools))
    assert cancelled(stay(JUNE, 2), CUT_OFF, terms).headline == f"いま取り消すと、{said}を使ったことになります"
    assert amount_text(stay(JUNE, 2), terms) == said.partition("のうち")[0]


def test_consequence__says_what_the_use_is_from_then_on() -> None:
    assert cancelled(day(JUNE), CUT_OFF - SECOND).leaves is UseStatus.RELEASED
    assert cancelled(day(JUNE), CUT_OFF).leaves is UseStatus.COUNTED
    assert no_show(visit(JUNE), facts=family(), terms=TERMS).leaves is UseStatus.LATE


def test_cancel__of_hours_is_told_in_hours() -> None:
    hours = replace(TERMS.pool("midwife"), unit=UnitKind.HOURS)
    terms = replace(TERMS, pools=(hours,))
    free = cancelled(visit(JUNE), datetime(2026, 6, 1, tzinfo=TOKYO), terms, children=2)
    assert (free.headline, free.returned) == ("いま取り消すと、3時間分が戻ります", {"midwife": 3})


def test_cancel__of_a_use_beyond_the_limit_moves_no_pool() -> None:
    in_time = cancelled(day(JUNE), CUT_OFF - SECOND, beyond=True)
    late = cancelled(day(JUNE), CUT_OFF, beyond=True)
    absent = no_show(day(JUNE), facts=family(), terms=TERMS, beyond=True)
    for consequence in (in_time, late, absent):
        assert (consequence.counted, consequence.returned) == ({}, {})
    assert in_time.headline == late.headline == "いま取り消すと、のこりの数は変わりません"
    assert absent.headline == "連絡なく来ないと、のこりの数は変わりません"


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("2026-06-08T17:00:00", "6月8日(月) 17:00の連絡は、期限(6月8日(月) 17:00 まで)に間に合っています。"),
        ("2026-06-08T17:00:01", "6月8日(月) 17:00:01の連絡は、期限(6月8日(月) 17:00 まで)を過ぎています。"),
        ("2026-06-08T17:01:30", "6月8日(月) 17:01の連絡は、期限(6月8日(月) 17:00 まで)を過ぎています。"),
    ],
)
def test_cancel__names_the_second_where_only_that_makes_it_late(contact: str, said: str) -> None:
    at = datetime.fromisoformat(contact).replace(tzinfo=TOKYO)
    assert cancelled(stay(JUNE, 1), at, terms_of(KUMAGAYA)).findings[0].fact == said


def test_cancel__says_that_no_rule_is_published() -> None:
    for at in (datetime(2026, 5, 1, tzinfo=TOKYO), datetime(2026, 6, 10, 9, tzinfo=TOKYO)):
        told = cancelled(stay(JUNE, 1), at, terms_of(OKAYAMA))
        assert told.kind is ConsequenceKind.IN_TIME
        assert set(told.returned.values()) == {2}
        assert isinstance(told.total, Unpublished)
        assert told.money_text == "取り消しのきまりは公表されていません。施設へお問い合わせください。"
        assert told.findings[0].verdict is Verdict.ASK
        assert told.findings[0].fact.endswith("取り消しのきまりは公表されていません。施設へお問い合わせください。")


def test_no_show__says_that_no_rule_is_published() -> None:
    absent = no_show(stay(JUNE, 1), facts=family(), terms=terms_of(OKAYAMA))
    assert isinstance(absent.total, Unpublished)
    assert absent.money_text == "来なかったときのきまりは公表されていません。施設へお問い合わせください。"
    words = Unpublished("きまりは公表されていません", "centre")
    silent = with_tiers("day_service", unpublished=words, source=SOURCE)
    told = no_show(day(JUNE), facts=family(), terms=silent)
    assert told.total is words
    assert told.money_text == "きまりは公表されていません。センターにお問い合わせください。"


@pytest.mark.parametrize(
    ("municipality", "late_at", "counted", "said"),
    [
        (
            KUMAGAYA,
            "2026-06-08T17:00:01",
            {},
            "キャンセル料がかかる場合があります。額は公表されていません。施設にお問い合わせください。",
        ),
        (
            ZUSHI,
            "2026-06-08T16:00:01",
            {"all": 2},
            "キャンセル料が発生します。額は公表されていません。施設にお問い合わせください。",
        ),
    ],
)
def test_cancel__tells_an_unpublished_fee_in_the_files_own_words(
    municipality: str, late_at: str, counted: dict[str, int], said: str
) -> None:
    at = datetime.fromisoformat(late_at).replace(tzinfo=TOKYO)
    late = cancelled(stay(JUNE, 1), at, terms_of(municipality))
    assert isinstance(late.total, Unpublished)
    assert late.counted == counted
    assert late.money_text == said


def test_no_show__of_a_stay_is_treated_as_late() -> None:
    absent = no_show(stay(JUNE, 2), facts=family(), terms=TERMS)
    assert absent.kind is ConsequenceKind.NO_SHOW
    assert absent.counted == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert absent.total == 0
    assert absent.headline == "連絡なく来ないと、3日分を使ったことになります"


def test_no_show__follows_the_children_of_the_use() -> None:
    def owed(children: int | None) -> object:
        return no_show(visit(JUNE, children=children), facts=family(children=2), terms=TERMS).total

    assert (owed(None), owed(1)) == (13500, 9000)


def test_no_show__counts_what_its_own_outcome_says() -> None:
    outcome = Outcome(Counts.SOME, None, SOURCE, units=5)
    terms = with_tiers("midwife_visit", *TERMS.service("midwife_visit").cancellation.tiers, no_show=outcome)
    absent = no_show(visit(JUNE), facts=family(birth_date=date(2026, 3, 15)), terms=terms)
    assert absent.counted == {"midwife": 1}
    assert absent.headline == "連絡なく不在だと、1回分を使ったことになります"
    assert absent.findings[0].fact == "6月10日(水)の助産師による訪問に、連絡なく不在でした。"
