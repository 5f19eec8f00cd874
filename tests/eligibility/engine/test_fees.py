"""What a late cancellation costs: per use, per unit, a share of the price; for whom not; and where nobody has said."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    Counts,
    Entered,
    Fee,
    FeeKind,
    Outcome,
    Place,
    Quote,
    Terms,
    Unpublished,
    Use,
    Yen,
    no_show,
    quote,
)
from tests.eligibility.engine.cancelled import CUT_OFF, JUNE, cancelled, deadline, fee, tier, with_tiers
from tests.eligibility.engine.planned import SOURCE, with_service
from tests.eligibility.five import KAWASAKI, terms_of
from tests.eligibility.kodaira import SET_BY_FACILITY, TERMS, day, family, stay, visit

BORN = date(2026, 3, 15)
NOBODY_SAID = Unpublished("額は公表されていません", "facility", "day_service.late_fee")


def owing(service: str, owed: Fee, terms: Terms = TERMS) -> Terms:
    return with_tiers(service, tier(deadline(30), owed, Counts.ALL), terms=terms)


def same(amount: object, kind: FeeKind = FeeKind.PER_USE, **known: object) -> Fee:
    return fee(kind, amount=amount, amount_multiples=amount, **known)


def lines(use: Use, terms: Terms, **known: object) -> list[tuple[str, str, object]]:
    return [(line.label, line.arithmetic, line.amount) for line in cancelled(use, CUT_OFF, terms, **known).lines]


def test_per_use__is_one_amount_however_long() -> None:
    assert lines(stay(JUNE, 4), owing("short_stay", same(Yen(3000)))) == [("キャンセル料", "1回 3,000円", 3000)]


@pytest.mark.parametrize(
    ("use", "service", "said"),
    [
        (stay(JUNE, 2), "short_stay", ("キャンセル料", "1泊 1,000円 × 2泊", 2000)),
        (Use("day_service", JUNE, date(2026, 6, 12)), "day_service", ("キャンセル料", "1日 1,000円 × 3日", 3000)),
        (visit(JUNE, "supporter_visit", hours=1.5), "supporter_visit", ("キャンセル料", "1時間 1,000円 × 2時間", 2000)),
        (visit(JUNE), "midwife_visit", ("キャンセル料", "1回 1,000円 × 1回", 1000)),
    ],
)
def test_per_unit__is_for_each_unit_of_the_price(use: Use, service: str, said: tuple[str, str, int]) -> None:
    assert lines(use, owing(service, same(Yen(1000), FeeKind.PER_UNIT))) == [said]


def test_fee__of_twins_follows_the_children_who_come() -> None:
    terms = owing("day_service", fee(amount=Yen(1000), amount_multiples=Yen(1500)))
    twins = {"children": 2}
    assert cancelled(day(JUNE), CUT_OFF, terms).total == 1000
    assert cancelled(day(JUNE), CUT_OFF, terms, **twins).total == 1500
    assert cancelled(Use("day_service", JUNE, JUNE, children=1), CUT_OFF, terms, **twins).total == 1000


@pytest.mark.parametrize(
    ("percent", "price", "said"),
    [
        (100, 2000, ("キャンセル料", "利用料金 2,000円", 2000)),
        (50, 2001, ("キャンセル料", "利用料金 2,001円の50%", 1000)),
        (30, 0, ("キャンセル料", "利用料金 0円の30%", 0)),
    ],
)
def test_copayment__is_a_share_of_what_she_would_have_paid(
    percent: int, price: int, said: tuple[str, str, int]
) -> None:
    terms = owing("day_service", fee(FeeKind.COPAYMENT, percent=percent))
    assert lines(day(JUNE), terms, price=Quote((), Yen(price))) == [said]


@pytest.mark.parametrize(
    ("earlier", "last", "owed"),
    [
        (same(Yen(1000)), fee(FeeKind.COPAYMENT, label="全額"), [("全額", "利用料金 2,000円", 2000)]),
        (same(Yen(2001)), fee(FeeKind.COPAYMENT, label="全額"), [("キャンセル料", "1回 2,001円", 2001)]),
        (same(Yen(2000)), fee(FeeKind.COPAYMENT, label="全額"), [("全額", "利用料金 2,000円", 2000)]),
        (same(NOBODY_SAID), same(Yen(1), label="全額"), [("全額", "1回 1円", 1)]),
        (same(NOBODY_SAID), same(Yen(0), label="全額"), [("キャンセル料", "1回", NOBODY_SAID)]),
        (same(Yen(9000)), same(NOBODY_SAID, label="全額"), [("全額", "1回", NOBODY_SAID)]),
    ],
)
def test_fee__of_a_later_tier_is_never_less(earlier: Fee, last: Fee, owed: list[tuple[str, str, object]]) -> None:
    """Kinds that a file cannot compare are compared for the household: 1,000円, then all of a price that may be 0."""
    tiers = (tier(deadline(30), earlier, Counts.ALL), tier(deadline(20), last, Counts.ALL))
    terms = with_tiers("day_service", *tiers, no_show=Outcome(Counts.ALL, last, SOURCE))
    assert lines(day(JUNE), terms) == owed
    absent = no_show(day(JUNE), facts=family(birth_date=BORN), terms=terms)
    assert [(line.label, line.arithmetic, line.amount) for line in absent.lines] == owed


def test_copayment__is_quoted_where_no_price_is_given() -> None:
    terms = owing("short_stay", fee(FeeKind.COPAYMENT))
    assert cancelled(stay(JUNE, 2), CUT_OFF, terms).total == 10000
    exempt = cancelled(stay(JUNE, 2), CUT_OFF, terms, household_class="public_assistance")
    assert exempt.total == 0
    assert cancelled(stay(JUNE, 2), CUT_OFF, terms, household_class="public_assistance", beyond=True).total == 10000
    assert exempt.money_text == "お金はかかりません。"


def test_copayment__of_an_unpublished_price_stays_unpublished() -> None:
    terms = owing("day_service", fee(FeeKind.COPAYMENT))
    late = cancelled(day(JUNE), CUT_OFF, terms, price=Quote((), SET_BY_FACILITY))
    assert late.total is SET_BY_FACILITY
    assert late.money_text == "キャンセル料がかかります(施設が決めた額。施設にお問い合わせください)。"
    assert [(line.arithmetic, line.amount) for line in late.lines] == [("利用料金", SET_BY_FACILITY)]


def test_fee__is_not_owed_by_classes_that_the_file_excepts() -> None:
    terms = owing("day_service", same(Yen(1000), except_classes=frozenset({"public_assistance"})))
    assert lines(day(JUNE), terms, household_class="public_assistance") == []
    assert cancelled(day(JUNE), CUT_OFF, terms, household_class="public_assistance").counted
    assert cancelled(day(JUNE), CUT_OFF, terms, household_class="tax_exempt").total == 1000
    unproven = cancelled(day(JUNE), CUT_OFF, terms, household_class="public_assistance", proofs=frozenset())
    assert unproven.total == 1000


def test_unpublished_fee__is_told_in_words() -> None:
    late = cancelled(day(JUNE), CUT_OFF, owing("day_service", same(NOBODY_SAID)))
    assert late.total is NOBODY_SAID
    assert late.money_text == "キャンセル料がかかります(額は公表されていません。施設にお問い合わせください)。"
    assert [line.arithmetic for line in late.lines] == ["1回"]
    whole = Unpublished("額は公表されていません。施設にお問い合わせください", "facility")
    assert cancelled(day(JUNE), CUT_OFF, owing("day_service", same(whole))).money_text == (
        "キャンセル料がかかります(額は公表されていません。施設にお問い合わせください)。"
    )


def test_unpublished_fee__takes_the_amount_that_the_facility_entered() -> None:
    terms = owing("day_service", same(NOBODY_SAID))
    key = NOBODY_SAID.key
    place = Place(entered=(Entered(key, Yen(700)), Entered(key, Yen(900), starts=date(2026, 6, 11))))
    late = cancelled(day(JUNE), CUT_OFF, terms, place=place)
    assert late.money_text == "700円がかかります。"
    assert [(line.label, line.sample) for line in late.lines] == [("キャンセル料", False)]


def test_unpublished_fee__of_the_demo_says_that_it_is_a_sample() -> None:
    place = Place(entered=(Entered(NOBODY_SAID.key, Yen(700), sample=True),))
    late = cancelled(day(JUNE), CUT_OFF, owing("day_service", same(NOBODY_SAID)), place=place)
    assert late.money_text == "700円(見本の額)がかかります。"
    assert [(line.label, line.sample) for line in late.lines] == [("キャンセル料(見本の額)", True)]


def test_unpublished_fee__of_kawasaki_has_a_key_to_enter_it_under() -> None:
    terms = terms_of(KAWASAKI)
    use = Use("home_visit", JUNE, JUNE)
    place = Place(entered=(Entered("home_visit.late_fee", Yen(1500)),))
    assert isinstance(cancelled(use, CUT_OFF, terms).total, Unpublished)
    assert cancelled(use, CUT_OFF, terms, place=place).total == 1500


def test_copayment__rests_on_a_sample_where_the_price_does() -> None:
    price = Unpublished("施設ごとに違います", "facility", "day_service.price")
    own = replace(TERMS.service("day_service").price, amount=price)
    terms = owing("day_service", fee(FeeKind.COPAYMENT), with_service("day_service", price=own))
    place = Place(entered=(Entered("day_service.price", Yen(6000), sample=True),))
    assert quote(day(JUNE), facts=family(birth_date=BORN), terms=terms, place=place).total == 6000
    late = cancelled(day(JUNE), CUT_OFF, terms, place=place)
    assert (late.total, late.lines[0].sample) == (6000, True)
