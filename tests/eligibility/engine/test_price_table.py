"""The price table: what a service costs each class, in plain words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eligibility.engine import (
    Amount,
    Beyond,
    Entered,
    FirstUnits,
    PriceRow,
    Reduction,
    Terms,
    UnitKind,
    Yen,
    limit_text,
    price_row,
)
from tests.eligibility.engine.planned import with_pool
from tests.eligibility.engine.priced import (
    DEAR,
    FARE,
    HELD_BACK,
    OPEN,
    first,
    fixed,
    off,
    percent,
    place,
    travel,
    waiver,
    with_price,
    with_reductions,
    with_share,
)
from tests.eligibility.five import KUMAGAYA, OKAYAMA, terms_of
from tests.eligibility.kodaira import TERMS


def text(service: str, terms: Terms, household: str = "", **known: Any) -> str:
    return price_row(terms.service(service), terms, **known).price_for(household).text


def reduced(*reductions: Reduction, **price: Any) -> str:
    return text("day_service", with_reductions(*reductions, terms=with_price("day_service", **price)))


def table(children: int = 1) -> list[PriceRow]:
    return [price_row(service, TERMS, children=children) for service in TERMS.services]


def test_price_row__shows_each_service_for_each_class() -> None:
    rows = {row.service: row for row in table()}
    shown = [(row.price_for("general").text, row.limit_text, row.duration_text) for row in rows.values()]
    assert shown == [
        ("1泊 5,000円", "5泊6日まで", ""),
        ("1日 2,000円", "5日まで", ""),
        ("1回 1,500円", "2回まで", "1回2時間以内"),
        ("1時間 600円", "5回まで", "1回2時間以内"),
    ]
    assert {price.text for row in rows.values() for price in row.prices[1:]} == {"0円"}
    assert {price.amount for row in rows.values() for price in row.prices[1:]} == {0}
    twins = table(children=2)
    assert [row.duration_text for row in twins] == ["", "", "1回3時間以内", "1回2時間以内"]


def test_price_row__is_made_once_for_its_terms() -> None:
    assert table()[0] is table()[0]
    assert table(children=2)[0] is not table()[0]


@pytest.mark.parametrize(("limit", "expected"), [(7, "6泊7日まで"), (2, "1泊2日まで"), (1, "1日まで")])
def test_limit__of_a_stay_in_days_is_told_as_its_longest(limit: int, expected: str) -> None:
    assert limit_text("short_stay", terms_of(KUMAGAYA), limits={"stay": limit}) == expected


def test_limit__of_days_that_are_no_stay_or_are_shared_is_told_in_days() -> None:
    assert limit_text("short_stay", terms_of(KUMAGAYA)) == "6泊7日まで"
    assert limit_text("day_service", terms_of(KUMAGAYA)) == "7日まで"
    assert limit_text("short_stay", terms_of(OKAYAMA)) == "あわせて7日まで"


@pytest.mark.parametrize(
    ("reductions", "expected"),
    [
        ((off(Yen(500), first=first(5)),), "1日 1,500円(はじめの5回)、そのあと2,000円"),
        (
            (off(Yen(500), first=first(2)), off(Yen(1_000), first=first(5))),
            "1日 500円(はじめの2回)、5回めまで1,000円、そのあと2,000円",
        ),
        (
            (off(Yen(500), first=first(2)), fixed(Yen(1_000), first=first(5))),
            "1日 1,000円(はじめの5回)、そのあと2,000円",
        ),
        ((waiver(first=first(1)),), "0円(はじめの1回)、そのあと2,000円"),
        ((percent(30),), "1日 1,400円"),
        ((fixed(HELD_BACK),), "市が決めた額"),
        ((waiver(),), "0円"),
    ],
)
def test_price__says_what_is_left_after_reductions(reductions: tuple[Reduction, ...], expected: str) -> None:
    assert reduced(*reductions) == expected


@pytest.mark.parametrize(
    ("per", "units", "expected"),
    [
        (UnitKind.DAYS, 2, "1泊2日 13,000円、以降1日 6,500円(税抜)"),
        (UnitKind.NIGHTS, 2, "2泊3日 13,000円、以降1泊 6,500円(税抜)"),
    ],
)
def test_price__names_the_first_units_of_a_stay(per: UnitKind, units: int, expected: str) -> None:
    terms = with_price("short_stay", per=per, amount=Yen(6_500), first=FirstUnits(units, Yen(13_000)), tax_note="税抜")
    assert text("short_stay", terms) == expected
    assert price_row(terms.service("short_stay"), terms).price_for("general").amount == 13_000
    assert text("short_stay", terms, "tax_exempt") == "0円"


def test_price__names_the_first_hours_and_what_follows() -> None:
    terms = with_price("supporter_visit", first=FirstUnits(1, Yen(1_000)))
    assert text("supporter_visit", terms) == "はじめの1時間 1,000円、以降1時間 600円"
    halved = with_reductions(percent(50, first=first(2)), terms=terms)
    assert text("supporter_visit", halved) == (
        "はじめの1時間 500円、以降1時間 300円(はじめの2回)、そのあとはじめの1時間 1,000円、以降1時間 600円"
    )
    level = with_price("supporter_visit", first=FirstUnits(2, Yen(600)))
    assert text("supporter_visit", level) == "はじめの2時間 600円、以降1時間 600円"
    unknown = with_price("supporter_visit", first=FirstUnits(1, OPEN))
    assert text("supporter_visit", unknown) == "はじめの1時間 施設ごとに違います、以降1時間 600円"
    neither = with_price("supporter_visit", amount=OPEN, first=FirstUnits(1, OPEN))
    assert text("supporter_visit", neither) == "施設ごとに違います"


@pytest.mark.parametrize(
    ("amount", "reducible", "reductions", "expected"),
    [
        (FARE, False, (waiver(),), "0円 + 交通費相当 500円(税抜)"),
        (FARE, True, (waiver(),), "0円"),
        (FARE, True, (off(Yen(500)), percent(50)), "1日 750円 + 交通費相当 250円(税抜)"),
        (FARE, False, (fixed(HELD_BACK),), "市が決めた額 + 交通費相当 500円(税抜)"),
        (HELD_BACK, False, (), "1日 2,000円 + 交通費相当(市が決めた額)(税抜)"),
    ],
)
def test_price__adds_extras(amount: Amount, reducible: bool, reductions: tuple[Reduction, ...], expected: str) -> None:
    extra = travel(amount, reducible=reducible, per=UnitKind.DAYS)
    assert reduced(*reductions, extras=(extra,), tax_note="税抜") == expected


def test_price__says_for_what_an_extra_of_another_unit_is() -> None:
    assert reduced(extras=(travel(),)) == "1日 2,000円 + 交通費相当 1回 500円"


def test_price__holds_all_children() -> None:
    terms = with_price("day_service", further_child=Yen(300))
    assert text("day_service", terms, children=3) == "1日 2,600円(3人分)"
    assert text("day_service", terms) == "1日 2,000円"
    stays = with_price("short_stay", first=FirstUnits(2, Yen(9_000)), further_child=Yen(500))
    assert text("short_stay", stays, children=2) == "2泊3日 10,000円、以降1泊 5,500円(2人分)"


# amounts that are not published


def test_price__takes_what_was_entered_for_a_place() -> None:
    terms = with_price("day_service", amount=OPEN)
    entered = place(
        Entered(OPEN.key, Yen(3_000)),
        Entered(OPEN.key, Yen(4_000), starts=date(2026, 4, 1), sample=True),
    )
    assert text("day_service", terms) == "施設ごとに違います"
    assert text("day_service", terms, place=entered) == "1日 4,000円(見本の額)"
    assert text("day_service", terms, place=entered, on=date(2026, 3, 31)) == "1日 3,000円"


@pytest.mark.parametrize(
    ("share", "price", "expected"),
    [
        (Yen(15_000), DEAR, "1日 5,000円"),
        (HELD_BACK, DEAR, "1日 20,000円から公費負担額を引いた額。市が決めた額"),
        (Yen(15_000), OPEN, "施設の料金から公費負担額 15,000円を引いた額。施設ごとに違います"),
        (HELD_BACK, OPEN, "施設の料金から公費負担額を引いた額。市が決めた額"),
    ],
)
def test_price__is_the_facilitys_less_the_public_share(share: Amount, price: Amount, expected: str) -> None:
    terms = with_reductions(terms=with_share(share, price))
    assert text("day_service", terms) == expected


def test_price__says_that_a_share_is_a_sample() -> None:
    terms = with_reductions(terms=with_share(HELD_BACK, OPEN))
    entered = place(Entered(HELD_BACK.key, Yen(15_000), sample=True))
    expected = "施設の料金から公費負担額 15,000円(見本の額)を引いた額。施設ごとに違います"
    assert text("day_service", terms, place=entered) == expected


# how much of it there is


@pytest.mark.parametrize(
    ("price", "children", "said"),
    [
        ({}, 1, "0円、上限を超えた分は1日 2,000円"),
        ({"beyond_limit": Yen(9000)}, 1, "0円、上限を超えた分は1日 9,000円"),
        ({"beyond_limit": Yen(9000), "further_child": Yen(500)}, 3, "0円、上限を超えた分は1日 10,000円"),
        ({"beyond_limit": OPEN}, 1, "0円、上限を超えた分は施設ごとに違います"),
    ],
)
def test_price__says_what_use_beyond_the_limit_costs(price: dict[str, Any], children: int, said: str) -> None:
    terms = with_pool("day", with_price("day_service", **price), beyond=Beyond.FULL_PRICE)
    assert text("day_service", terms, "tax_exempt", children=children) == said
    assert "上限" not in text("short_stay", terms)


def test_limit_text__follows_what_was_granted() -> None:
    assert limit_text("short_stay", TERMS, limits={"stay": 7, "stay_nights": 6}) == "6泊7日まで"
    assert limit_text("day_service", TERMS, limits={}) == "0日まで"


def test_limit_text__names_a_shared_pool_where_a_service_has_none_of_its_own() -> None:
    shared = replace(TERMS.pool("stay_and_day"), counter="回", limit_multiples=14)
    terms = replace(TERMS, pools=(shared,))
    assert limit_text("short_stay", terms) == "あわせて7回まで"
    assert limit_text("short_stay", terms, children=2) == "あわせて14回まで"
    assert limit_text("midwife_visit", terms) == ""
