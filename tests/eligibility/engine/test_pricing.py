"""Prices: every yen on a line of its own, and unpublished amounts as words."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    Terms,
    Unpublished,
    Yen,
    class_label,
    effective_class,
    limit_text,
    price_table,
    quote,
    total,
)
from tests.eligibility.kodaira import SET_BY_FACILITY, TERMS, day, family, stay, visit

MARCH = date(2026, 3, 2)


def unpublished_stay() -> Terms:
    short_stay = TERMS.service("short_stay")
    priced = replace(short_stay, price=replace(short_stay.price, amount=SET_BY_FACILITY))
    return replace(TERMS, services=(priced, *TERMS.services[1:]))


def test_quote__has_a_line_for_each_night() -> None:
    lines = quote(stay(date(2026, 3, 30), 2), household_class="general", terms=TERMS).lines
    assert [line.arithmetic for line in lines] == ["3月30日→31日", "3月31日→4月1日"]


@pytest.mark.parametrize(("hours", "yen"), [(1.0, 600), (1.5, 1200), (2.0, 1200), (None, 1200)])
def test_quote__pays_supporters_by_the_started_hour(hours: float | None, yen: int) -> None:
    paid = quote(visit(MARCH, "supporter_visit", hours=hours), household_class="general", terms=TERMS)
    assert paid.total == yen


def test_quote__shows_what_is_waived() -> None:
    waived = quote(day(MARCH), household_class="tax_exempt", terms=TERMS)
    assert [(line.label, line.arithmetic, line.amount) for line in waived.lines] == [
        ("日帰り型", "3月2日", 2000),
        ("免除", "住民税非課税世帯(均等割)", -2000),
    ]
    assert waived.total == 0


def test_quote__says_who_sets_an_unpublished_price() -> None:
    assert quote(stay(MARCH, 2), household_class="general", terms=unpublished_stay()).total is SET_BY_FACILITY
    waived = quote(stay(MARCH, 2), household_class="public_assistance", terms=unpublished_stay())
    assert (waived.total, len(waived.lines)) == (0, 1)
    hourly = TERMS.service("supporter_visit")
    terms = replace(TERMS, services=(replace(hourly, price=replace(hourly.price, amount=SET_BY_FACILITY)),))
    line = quote(visit(MARCH, "supporter_visit"), household_class="general", terms=terms).lines[0]
    assert line.arithmetic == "1時間 施設が決めた額 × 2時間"


def test_total__is_unpublished_as_soon_as_one_amount_is() -> None:
    assert total([Yen(100), Unpublished("施設が決めた額", "facility")]) == SET_BY_FACILITY
    assert str(SET_BY_FACILITY) == "施設が決めた額"
    assert total([]) == 0


def test_price_table__shows_each_service_for_each_class() -> None:
    rows = {row.service: row for row in price_table(TERMS)}
    shown = [(row.price_for("general").text, row.limit_text, row.duration_text) for row in rows.values()]
    assert shown == [
        ("1泊 5,000円", "5泊6日まで", ""),
        ("1日 2,000円", "5日まで", ""),
        ("1回 1,500円", "2回まで", "1回2時間以内"),
        ("1時間 600円", "5回まで", "1回2時間以内"),
    ]
    assert {price.text for row in rows.values() for price in row.prices[1:]} == {"0円"}
    twins = price_table(TERMS, children=2)
    assert [row.duration_text for row in twins] == ["", "", "1回3時間以内", "1回2時間以内"]


def test_limit_text__follows_what_was_granted() -> None:
    assert limit_text("short_stay", TERMS, limits={"stay": 7, "stay_nights": 6}) == "6泊7日まで"
    assert limit_text("day_service", TERMS, limits={}) == "0日まで"


def test_effective_class__falls_back_while_the_proof_is_missing() -> None:
    assert effective_class(family(household_class="tax_exempt", proofs=frozenset()), TERMS).code == "general"
    assert effective_class(family(household_class="tax_exempt"), TERMS).code == "tax_exempt"
    assert class_label("general", TERMS) == "一般"
