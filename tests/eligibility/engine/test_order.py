"""The prices of all open uses together, and which of them change when another is booked or cancelled."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from eligibility.engine import ANYWHERE, Quote, Terms, Use, UseStatus, Yen, price_changes, quotes
from tests.eligibility.engine.priced import HELD_BACK, first, fixed, off, waiver, with_reductions
from tests.eligibility.kodaira import family, visit

FIRST_TWO = with_reductions(off(Yen(1_000), first=first(2)))


def visits(*days: int) -> list[Use]:
    return [visit(date(2026, 3, day), number=day) for day in days]


def quoted(uses: Iterable[Use], terms: Terms = FIRST_TWO, **known: object) -> dict[int, Quote]:
    return quotes(
        list(uses),
        facts=family(),
        terms_of=lambda _: terms,
        place_of=lambda _: ANYWHERE,
        **known,  # type: ignore[arg-type]
    )


def test_quotes__price_each_open_use_in_its_place() -> None:
    prices = quoted(visits(5, 3, 4))
    assert [(number, price.total, price.subject) for number, price in prices.items()] == [
        (3, 500, "3月3日の助産師による訪問"),
        (4, 500, "3月4日の助産師による訪問"),
        (5, 1_500, "3月5日の助産師による訪問"),
    ]


def test_quotes__count_attended_uses_without_pricing_them_again() -> None:
    attended = replace(visits(1)[0], status=UseStatus.ATTENDED)
    late = replace(visits(2)[0], status=UseStatus.COUNTED)
    prices = quoted([attended, late, *visits(3, 4)])
    assert {number: price.total for number, price in prices.items()} == {3: 500, 4: 1_500}


def test_quotes__price_what_is_beyond_a_limit_in_full() -> None:
    assert quoted(visits(3), beyond={3})[3].total == 1_500


def test_price_changes__say_from_what_to_what() -> None:
    (change,) = price_changes(quoted(visits(3, 4)), quoted(visits(2, 3, 4)))
    assert (change.number, change.before, change.after) == (4, 500, 1_500)
    assert change.sentence == "3月4日の助産師による訪問は、500円から1,500円になります。"
    (back,) = price_changes(quoted(visits(2, 3, 4)), quoted(visits(3, 4)))
    assert back.sentence == "3月4日の助産師による訪問は、1,500円から500円になります。"


def test_price_changes__tell_unpublished_prices_in_words() -> None:
    unknown, free = with_reductions(fixed(HELD_BACK)), with_reductions(waiver())
    (change,) = price_changes(quoted(visits(3), unknown), quoted(visits(3), free))
    assert change.sentence == "3月3日の助産師による訪問の料金が変わります(市が決めた額 → 0円)。"
    (back,) = price_changes(quoted(visits(3), free), quoted(visits(3), unknown))
    assert back.after is HELD_BACK
