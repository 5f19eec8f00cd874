"""What is taken off a price: kinds, their order, the first so many uses, and prices that are not published."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from eligibility.engine import Entered, HeldClass, Reduction, Terms, UnitKind, Use, UseStatus, Yen
from tests.eligibility.engine.priced import (
    HELD_BACK,
    MARCH,
    OPEN,
    REDUCED,
    amounts,
    first,
    fixed,
    off,
    percent,
    place,
    priced,
    shown,
    waiver,
    with_price,
    with_reductions,
    with_share,
)
from tests.eligibility.kodaira import day, family, stay, visit

TAX_EXEMPT = family(household_class="tax_exempt")


def line(*reductions: Reduction) -> tuple[str, int]:
    """What is taken off a day of 2,000 yen, and what is left."""
    price = priced(day(MARCH), with_reductions(*reductions))
    assert isinstance(price.total, int)
    return "".join(arithmetic for _, arithmetic, _ in shown(price)[1:]), price.total


def test_quote__shows_what_is_waived_in_one_line() -> None:
    waived = priced(stay(MARCH, 2), facts=TAX_EXEMPT)
    assert shown(waived)[2:] == [("免除", "住民税非課税世帯(均等割)", -10_000)]
    assert waived.total == 0


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [
        (off(Yen(500)), ("1日 500円 × 1日", 1_500)),
        (off(Yen(3_000)), ("1日 2,000円 × 1日", 0)),
        (fixed(Yen(500)), ("(2,000円 − 500円) × 1日", 500)),
        (fixed(Yen(2_500)), ("", 2_000)),
        (percent(30), ("2,000円の30% × 1日", 1_400)),
        (percent(33, round_to=100), ("(2,000円の33%、残りは100円未満切り捨て) × 1日", 1_300)),
        (waiver(), ("一般", 0)),
        (off(Yen(500), classes=("tax_exempt",)), ("", 2_000)),
        (off(Yen(500), services=("short_stay",)), ("", 2_000)),
    ],
)
def test_quote__takes_off_what_the_reduction_says(reduction: Reduction, expected: tuple[str, int]) -> None:
    assert line(reduction) == expected


def test_quote__applies_reductions_in_the_files_order() -> None:
    assert line(off(Yen(1_000)), percent(50))[1] == 500
    assert line(percent(50), off(Yen(1_000)))[1] == 0
    assert line(waiver(), off(Yen(1_000))) == ("一般", 0)


def test_quote__says_by_which_sentence_something_is_taken_off() -> None:
    price = priced(day(MARCH), with_reductions(off(Yen(500))))
    assert price.lines[1].source is REDUCED


# unpublished


def test_quote__of_an_unpublished_reduction_is_unpublished() -> None:
    price = priced(day(MARCH), with_reductions(fixed(HELD_BACK)))
    assert (shown(price)[1], price.total) == (("減免", "1日", HELD_BACK), HELD_BACK)


def test_quote__takes_the_entered_reduction_of_the_class() -> None:
    reduced = fixed(HELD_BACK, classes=("general", "tax_exempt"))
    entered = place(
        Entered("reduction.off", Yen(1_000)),
        Entered("reduction.off", Yen(700), household_class="tax_exempt", sample=True),
    )
    terms = with_reductions(reduced)
    assert priced(day(MARCH), terms, place=entered).total == 1_000
    exempt = priced(day(MARCH), terms, TAX_EXEMPT, place=entered)
    assert shown(exempt)[1] == ("減免(見本の額)", "(2,000円 − 700円) × 1日", -1_300)


def test_quote__knows_what_is_left_of_an_unpublished_price() -> None:
    """A waiver leaves nothing and a fixed price itself, whatever the price."""
    terms = with_price("day_service", amount=OPEN)
    assert shown(priced(day(MARCH), with_reductions(waiver(), terms=terms))) == [("減免", "一般", 0)]
    assert shown(priced(day(MARCH), with_reductions(fixed(Yen(500)), terms=terms))) == [
        ("減免", "1日 500円 × 1日", 500),
    ]
    assert amounts(priced(day(MARCH), with_reductions(off(HELD_BACK), fixed(Yen(500)), terms=terms))) == [500]


def test_quote__of_an_unpublished_price_stays_so_after_other_reductions() -> None:
    terms = with_price("day_service", amount=OPEN)
    assert amounts(priced(day(MARCH), with_reductions(off(Yen(500)), terms=terms))) == [OPEN, -500]
    assert amounts(priced(day(MARCH), with_reductions(percent(50), terms=terms))) == [OPEN, OPEN]


def test_quote__a_fixed_price_never_exceeds_the_price_of_the_facility() -> None:
    terms = with_reductions(fixed(Yen(2_500)), terms=with_share(HELD_BACK, Yen(2_000)))
    assert shown(priced(day(MARCH), terms)) == [("日帰り型", "3月2日", 2_000)]


# the first so many uses

FIVE_DAYS = with_reductions(off(Yen(1_000), first=first(5)))


def used(number: int, status: UseStatus = UseStatus.ATTENDED) -> list[Use]:
    """Visits on the first days of February."""
    return [replace(visit(date(2026, 2, day)), number=day, status=status) for day in range(1, number + 1)]


def turns(use: Use, terms: Terms = FIVE_DAYS, **known: Any) -> list[str]:
    price = priced(use, terms, **known)
    return [arithmetic.partition("(")[2].rstrip(")") for label, arithmetic, _ in shown(price) if label == "減免"]


def test_quote__counts_each_day_of_a_stay_as_a_use() -> None:
    terms = with_price("short_stay", FIVE_DAYS, per=UnitKind.DAYS)
    price = priced(stay(MARCH, 6), terms)
    assert shown(price)[7:] == [("減免", "3月2日〜6日 1日 1,000円 × 5日(5回のうち1〜5回め)", -5_000)]
    assert turns(day(date(2026, 3, 20)), terms, held=[stay(MARCH, 2)]) == ["5回のうち4回め"]


def test_quote__names_which_of_the_first_uses_it_is() -> None:
    assert turns(day(MARCH), held=used(4)) == ["5回のうち5回め"]
    assert turns(day(MARCH), held=used(5)) == []


def test_quote__counts_a_whole_stay_as_one_use_where_the_file_says_so() -> None:
    terms = with_reductions(off(Yen(1_000), first=first(2, UnitKind.USES)))
    assert turns(stay(MARCH, 3), terms, held=used(1)) == ["2回のうち2回め"]
    assert priced(stay(MARCH, 3), terms, held=used(1)).total == 12_000
    assert turns(day(date(2026, 3, 20)), terms, held=[*used(1), stay(MARCH, 3)]) == []


def test_quote__counts_a_use_with_both_twins_once() -> None:
    assert turns(day(MARCH), held=used(4), facts=family(children=2)) == ["5回のうち5回め"]


def test_quote__counts_only_the_services_that_the_file_names() -> None:
    over_days = replace(first(1), over=("day_service",))
    terms = with_reductions(off(Yen(1_000), first=over_days, services=("day_service",)))
    assert turns(day(MARCH), terms, held=used(3)) == ["1回のうち1回め"]


@pytest.mark.parametrize("status", UseStatus)
def test_quote__counts_what_was_cancelled_late_only_where_the_file_says_so(status: UseStatus) -> None:
    counts = {UseStatus.LIVE, UseStatus.ATTENDED}
    assert turns(day(MARCH), held=used(5, status)) == ([] if status in counts else ["5回のうち1回め"])
    strict = with_reductions(off(Yen(1_000), first=first(5, late_cancelled_count=True)))
    assert turns(day(MARCH), strict, held=used(5, status)) == (
        ["5回のうち1回め"] if status is UseStatus.RELEASED else []
    )


def test_quote__orders_uses_of_a_day_by_hour_and_number() -> None:
    terms = with_reductions(off(Yen(1_000), first=first(1)))
    earlier = visit(MARCH, start_time=time(9), number=8)
    assert turns(visit(MARCH, start_time=time(13), number=2), terms, held=[earlier]) == []
    assert turns(visit(MARCH, start_time=time(13)), terms, held=[visit(MARCH, start_time=time(13), number=2)]) == []
    assert turns(visit(MARCH, start_time=time(8)), terms, held=[earlier]) == ["1回のうち1回め"]


def test_quote__tells_each_run_of_days_in_a_line_of_its_own() -> None:
    household = family(classes=(HeldClass("tax_exempt", date(2026, 3, 3), date(2026, 3, 4)),))
    terms = with_price("short_stay", FIVE_DAYS, per=UnitKind.DAYS)
    assert turns(stay(MARCH, 4), terms, facts=household) == ["5回のうち1回め", "5回のうち4〜5回め"]


def test_quote__goes_on_from_what_was_used_on_paper() -> None:
    three = family(reductions_used={"off": 3, "another": 9})
    assert turns(day(MARCH), facts=three) == ["5回のうち4回め"]
    assert turns(day(MARCH), facts=three, held=used(1)) == ["5回のうち5回め"]
    assert turns(day(MARCH), facts=three, held=used(2)) == []
