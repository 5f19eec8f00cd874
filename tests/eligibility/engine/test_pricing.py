"""Prices: every yen on a line of its own, and unpublished amounts as words."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    Amount,
    Entered,
    FirstUnits,
    PriceChange,
    Terms,
    Timeline,
    UnitKind,
    Use,
    Yen,
    total,
)
from tests.eligibility.engine.planned import with_service
from tests.eligibility.engine.priced import (
    HELD_BACK,
    MARCH,
    OPEN,
    SOURCE,
    amounts,
    first,
    fixed,
    off,
    percent,
    place,
    priced,
    shown,
    travel,
    waiver,
    with_price,
    with_reductions,
    with_share,
)
from tests.eligibility.kodaira import TERMS, day, family, stay, visit

TWO_DAYS = Yen(13_000)
THREE_DAYS = Use("day_service", date(2026, 3, 30), date(2026, 4, 1))
MULTIPLES = family(children=3)


def test_quote__has_a_line_for_each_night_and_each_day() -> None:
    assert shown(priced(stay(date(2026, 3, 30), 2))) == [
        ("宿泊型", "3月30日→31日", 5000),
        ("宿泊型", "3月31日→4月1日", 5000),
    ]
    assert [line[1] for line in shown(priced(THREE_DAYS))] == ["3月30日", "3月31日", "4月1日"]


@pytest.mark.parametrize(("hours", "yen"), [(1.0, 600), (1.5, 1200), (2.0, 1200), (None, 1200)])
def test_quote__pays_supporters_by_the_started_hour(hours: float | None, yen: int) -> None:
    assert priced(visit(MARCH, "supporter_visit", hours=hours)).total == yen


def test_quote__of_five_nights_and_a_day_is_the_sum_of_both() -> None:
    assert (priced(stay(MARCH, 5)).total, priced(day(MARCH)).total) == (25_000, 2_000)


def test_quote__has_no_lines_for_no_units() -> None:
    assert priced(stay(MARCH, 0)).lines == ()
    timeless = with_service("supporter_visit", duration=None)
    assert priced(visit(MARCH, "supporter_visit"), timeless).total == 0


# what is not published


def test_quote__keeps_an_unpublished_price_in_words() -> None:
    terms = with_price("supporter_visit", amount=OPEN)
    price = priced(visit(MARCH, "supporter_visit"), terms)
    assert (shown(price), price.total) == ([("家事育児サポーターによる訪問", "2時間", OPEN)], OPEN)


def test_quote__takes_what_was_entered_for_the_day_and_marks_a_sample() -> None:
    terms = with_price("day_service", amount=OPEN)
    entered = place(
        Entered("day_service.price", Yen(3000)),
        Entered("day_service.price", Yen(4000), starts=date(2026, 4, 1), sample=True),
    )
    price = priced(THREE_DAYS, terms, place=entered)
    assert [(line.label, line.amount, line.sample) for line in price.lines] == [
        ("日帰り型", 3000, False),
        ("日帰り型", 3000, False),
        ("日帰り型(見本の額)", 4000, True),
    ]


def test_total__is_unpublished_as_soon_as_one_amount_is() -> None:
    assert total([Yen(100), OPEN]) is OPEN
    assert str(OPEN) == "施設ごとに違います"
    assert total([]) == 0


# the first units, further children, extras


def with_first(units: int = 2, amount: Amount = TWO_DAYS) -> Terms:
    """1泊2日 13,000円, then 6,500 a day."""
    return with_price(
        "short_stay", per=UnitKind.DAYS, amount=Yen(6_500), first=FirstUnits(units, amount), tax_note="税抜"
    )


def test_quote__takes_the_first_days_together() -> None:
    price = priced(stay(date(2026, 6, 10), 2), with_first())
    assert shown(price) == [("宿泊型", "6月10日〜11日(税抜)", 13_000), ("宿泊型", "6月12日(税抜)", 6_500)]
    assert priced(stay(MARCH, 1), with_first(3)).total == 13_000


def test_quote__spreads_the_first_price_over_its_days_for_reductions() -> None:
    terms = with_reductions(percent(50), terms=with_first(3, Yen(10_000)))
    assert shown(priced(stay(MARCH, 3), terms))[2:] == [
        ("減免", "3月2日〜3日 (3,333円の50%、残りは1円未満切り捨て) × 2日", -3334),
        ("減免", "3月4日 3,334円の50% × 1日", -1667),
        ("減免", "3月5日 6,500円の50% × 1日", -3250),
    ]
    halved = with_reductions(off(Yen(2_500), first=first(1)), terms=with_first(2, OPEN))
    assert amounts(priced(stay(MARCH, 1), halved)) == [OPEN, -2_500]


def test_quote__takes_the_first_hour_and_the_further_ones() -> None:
    terms = with_price("supporter_visit", first=FirstUnits(1, Yen(1_000)))
    assert shown(priced(visit(MARCH, "supporter_visit"), terms)) == [
        ("家事育児サポーターによる訪問", "はじめの1時間", 1_000),
        ("家事育児サポーターによる訪問", "1時間 600円 × 1時間", 600),
    ]
    assert len(priced(visit(MARCH, "supporter_visit", hours=1.0), terms).lines) == 1


def test_quote__adds_what_further_children_cost() -> None:
    terms = with_price("day_service", further_child=Yen(300))
    assert shown(priced(day(MARCH), terms, MULTIPLES)) == [
        ("日帰り型", "3月2日", 2_000),
        ("日帰り型の2人めから", "1日 300円 × 1日 × 2人", 600),
    ]
    assert len(priced(day(MARCH), terms).lines) == 1
    assert len(priced(replace(day(MARCH), children=0), terms, MULTIPLES).lines) == 1
    sourced = with_price("day_service", further_child=Yen(300), further_child_source=SOURCE)
    assert priced(day(MARCH), sourced, MULTIPLES).lines[1].source is SOURCE
    reduced = with_reductions(fixed(Yen(1_000)), terms=terms)
    assert priced(day(MARCH), reduced, MULTIPLES).total == 1_000


def test_quote__adds_extras_that_nothing_is_taken_off() -> None:
    terms = with_price("midwife_visit", extras=(travel(),))
    assert shown(priced(visit(MARCH), terms))[1] == ("交通費相当", "1回 500円 × 1回", 500)
    waived = with_reductions(waiver(), terms=terms)
    assert amounts(priced(visit(MARCH), waived)) == [1_500, 500, -1_500]


def test_quote__takes_off_extras_where_the_file_says_so() -> None:
    terms = with_price("short_stay", extras=(travel(Yen(400), reducible=True, per=UnitKind.DAYS),))
    reduced = with_reductions(off(Yen(1_000)), percent(50), terms=terms)
    assert shown(priced(stay(MARCH, 1), reduced)) == [
        ("宿泊型", "3月2日→3日", 5_000),
        ("交通費相当", "1日 400円 × 2日", 800),
        ("減免", "3月2日 1泊 1,000円 × 1泊", -1_000),
        ("減免", "3月2日 4,000円の50% × 1泊", -2_000),
        ("減免", "400円の50% × 2日", -400),
    ]


def test_quote__leaves_an_extra_out_that_a_use_has_none_of() -> None:
    terms = with_price("day_service", extras=(travel(per=UnitKind.NIGHTS),))
    assert len(priced(day(MARCH), terms).lines) == 1


# the public share


def test_quote__takes_the_public_share_off_the_facilitys_price() -> None:
    price = priced(day(MARCH), with_share(Yen(15_000)))
    assert shown(price) == [("日帰り型", "3月2日", 20_000), ("公費負担額", "1日 15,000円 × 1日", -15_000)]
    assert price.lines[1].source is SOURCE
    assert priced(day(MARCH), with_share(Yen(30_000))).total == 0


def test_quote__is_unpublished_if_price_or_share_is() -> None:
    assert priced(day(MARCH), with_share(HELD_BACK)).total is HELD_BACK
    both = priced(day(MARCH), with_share(HELD_BACK, OPEN))
    assert (amounts(both), both.total) == ([OPEN, HELD_BACK], OPEN)
    assert amounts(priced(day(MARCH), with_share(Yen(15_000), OPEN))) == [OPEN, -15_000]


def test_quote__of_a_waived_price_needs_no_share() -> None:
    waived = with_reductions(waiver(), terms=with_share(HELD_BACK))
    assert shown(priced(day(MARCH), waived)) == [("日帰り型", "3月2日", 20_000), ("減免", "一般", -20_000)]


# beyond a limit, over a change of price


def test_quote__beyond_a_limit_is_the_full_price() -> None:
    terms = with_reductions(waiver(), terms=with_first())
    assert shown(priced(stay(MARCH, 1), terms, beyond=True)) == [
        ("宿泊型(上限を超えた分)", "3月2日〜3日(税抜)", 13_000),
    ]
    own = with_price("short_stay", with_first(), beyond_limit=Yen(30_000))
    assert amounts(priced(stay(MARCH, 1), own, beyond=True)) == [30_000, 30_000]
    assert amounts(priced(stay(MARCH, 1), own)) == [13_000]


def test_quote__follows_the_first_day_over_a_change_of_price() -> None:
    dearer = with_price("day_service", amount=Yen(3_000))
    timeline = Timeline(((None, TERMS), (date(2026, 4, 1), dearer)))
    assert amounts(priced(THREE_DAYS, timeline=timeline)) == [2_000, 2_000, 2_000]


def test_quote__splits_a_stay_by_day_where_the_terms_say_so() -> None:
    before = replace(TERMS, price_change=PriceChange.EACH_DAY)
    after = with_reductions(off(Yen(500)), terms=with_price("day_service", amount=Yen(3_000)))
    timeline = Timeline(((date(2026, 1, 1), before), (date(2026, 4, 1), after)))
    price = priced(THREE_DAYS, before, timeline=timeline)
    assert shown(price)[2:] == [("日帰り型", "4月1日", 3_000), ("減免", "4月1日 1日 500円 × 1日", -500)]
    by_night = with_price("day_service", per=UnitKind.NIGHTS)
    otherwise = Timeline(((None, before), (date(2026, 4, 1), by_night)))
    assert priced(THREE_DAYS, before, timeline=otherwise).total == 6_000
    gone = Timeline(((None, before), (date(2026, 4, 1), replace(TERMS, services=TERMS.services[:1]))))
    assert priced(THREE_DAYS, before, timeline=gone).total == 6_000


def test_timeline__begins_with_its_first_version() -> None:
    timeline = Timeline(((date(2026, 4, 1), TERMS), (date(2026, 5, 1), with_first())))
    assert timeline.on(MARCH) is TERMS
    assert timeline.on(date(2026, 4, 30)) is TERMS
    assert timeline.on(date(2026, 5, 1)) is not TERMS
