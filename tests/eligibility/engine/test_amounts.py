"""What was entered for unpublished amounts, and which of these a programme has."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    Amount,
    Counts,
    Entered,
    Fee,
    FeeKind,
    FirstUnits,
    PublicShare,
    Unpublished,
    Yen,
    is_fee,
    resolve,
    unpublished_amounts,
)
from tests.eligibility.engine.planned import with_service
from tests.eligibility.engine.priced import OPEN, SOURCE, fixed, travel, with_price, with_reductions
from tests.eligibility.kodaira import TERMS

APRIL = date(2026, 4, 1)
KEY = OPEN.key


def entered(amount: int, **known: object) -> Entered:
    return Entered(KEY, Yen(amount), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), OPEN),
        ((Entered("other", Yen(1)),), OPEN),
        ((entered(1, starts=date(2026, 4, 2)),), OPEN),
        ((entered(1, starts=APRIL),), 1),
        ((entered(1), entered(2, starts=date(2026, 3, 1)), entered(3, starts=date(2026, 2, 1))), 2),
        ((entered(1), entered(2)), 1),
        ((entered(1, household_class="tax_exempt"),), OPEN),
        ((entered(1, household_class="general"), entered(2, starts=APRIL)), 1),
    ],
)
def test_resolve__takes_the_row_of_the_class_then_the_latest(rows: tuple[Entered, ...], expected: Amount) -> None:
    assert resolve(OPEN, on=APRIL, entered=rows, household_class="general") == (expected, False)


def test_resolve__leaves_what_is_published_and_what_nobody_enters() -> None:
    nobody = Unpublished("公表されていません", "facility")
    assert resolve(Yen(500), on=APRIL, entered=(entered(1),)) == (500, False)
    assert resolve(nobody, on=APRIL, entered=(Entered("", Yen(1)),)) == (nobody, False)


def test_resolve__tells_a_sample() -> None:
    assert resolve(OPEN, on=APRIL, entered=(entered(1, sample=True),)) == (1, True)


def unpublished(key: str) -> Unpublished:
    return Unpublished("公表されていません", "facility", key)


def test_unpublished_amounts__are_none_where_all_is_published() -> None:
    assert unpublished_amounts(TERMS) == ()


def test_unpublished_amounts__name_each_key_once() -> None:
    terms = with_price(
        "day_service",
        amount=OPEN,
        first=FirstUnits(2, unpublished("day_service.first")),
        further_child=unpublished("day_service.further_child"),
        extras=(travel(unpublished("day_service.extra.1")),),
        share=PublicShare("公費負担額", unpublished("day_service.share"), SOURCE),
        beyond_limit=unpublished("day_service.beyond"),
    )
    reduced = fixed(unpublished("reduction.off"), label="軽減後の額", services=("day_service", "short_stay"))
    nameless = fixed(Unpublished("公表されていません", "facility"))
    assert [
        (amount.key, label) for amount, label in unpublished_amounts(with_reductions(reduced, nameless, terms=terms))
    ] == [
        ("day_service.price", "日帰り型の料金"),
        ("day_service.first", "日帰り型のはじめの料金"),
        ("day_service.further_child", "日帰り型の2人めからの料金"),
        ("day_service.extra.1", "日帰り型の交通費相当"),
        ("day_service.share", "日帰り型の公費負担額"),
        ("day_service.beyond", "日帰り型の上限を超えたときの料金"),
        ("reduction.off", "日帰り型・宿泊型の軽減後の額"),
    ]


def test_unpublished_amounts__tell_fees_apart() -> None:
    def fee(key: str, key_multiples: str) -> Fee:
        return Fee("キャンセル料", FeeKind.PER_USE, unpublished(key), unpublished(key_multiples), SOURCE)

    rules = TERMS.service("day_service").cancellation
    late = replace(rules.tiers[0].outcome, counts=Counts.ALL, fee=fee("late_fee", "late_fee"))
    later = replace(late, fee=fee("late_fee.2", "late_fee_multiples.2"))
    tiers = (replace(rules.tiers[0], outcome=late), replace(rules.tiers[0], outcome=later))
    no_show = replace(rules.no_show, fee=fee("no_show_fee", "no_show_fee"))
    terms = with_service("day_service", cancellation=replace(rules, tiers=tiers, no_show=no_show))
    assert [(amount.key, label) for amount, label in unpublished_amounts(terms)] == [
        ("late_fee", "日帰り型のキャンセル料(1つめの期限のあと)"),
        ("late_fee.2", "日帰り型のキャンセル料(2つめの期限のあと)"),
        ("late_fee_multiples.2", "日帰り型のキャンセル料(2つめの期限のあと)(多胎児)"),
        ("no_show_fee", "日帰り型のキャンセル料(連絡なく来ないとき)"),
    ]


@pytest.mark.parametrize(
    ("key", "fee"),
    [
        ("short_stay.late_fee.2", True),
        ("day_service.no_show_fee", True),
        ("day_service.share", False),
        ("reduction.off", False),
    ],
)
def test_is_fee__tells_what_a_late_cancellation_or_a_no_show_costs_by_its_key(key: str, fee: bool) -> None:
    assert is_fee(key) is fee
