"""What must hold for any price: never negative, the sum of its lines, and no reduction lost by one more use."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import ANYWHERE, Facts, Quote, Terms, Unpublished, Use, UseStatus, quote, quotes
from tests.eligibility.five import ALL, KAWASAKI, terms_of

STATUSES = st.sampled_from(UseStatus)
DAYS = st.dates(date(2026, 6, 1), date(2026, 8, 31))


def yen(amount: object) -> int:
    assert isinstance(amount, int)
    return amount


@st.composite
def uses(draw: st.DrawFn, terms: Terms) -> Use:
    service, first = draw(st.sampled_from(terms.services)), draw(DAYS)
    nights = draw(st.integers(0, 7)) if service.kind == "stay" else 0
    hours = draw(st.sampled_from([None, 0.5, 1.5, 2.0])) if service.duration else None
    return Use(service.code, first, first + timedelta(days=nights), hours=hours, status=draw(STATUSES))


@st.composite
def households(draw: st.DrawFn, terms: Terms) -> Facts:
    named = draw(st.sampled_from(terms.classes)).code
    return Facts(
        household_class=named, children=draw(st.integers(1, 3)), proofs=draw(st.sampled_from([None, frozenset()]))
    )


@given(st.data(), st.sampled_from(ALL))
def test_quote__is_never_negative_and_the_sum_of_its_lines(data: st.DataObject, municipality: str) -> None:
    terms = terms_of(municipality)
    use, held = data.draw(uses(terms)), data.draw(st.lists(uses(terms), max_size=8))
    price = quote(use, facts=data.draw(households(terms)), terms=terms, held=held, beyond=data.draw(st.booleans()))
    if any(isinstance(line.amount, Unpublished) for line in price.lines):
        assert isinstance(price.total, Unpublished)
    else:
        assert yen(price.total) == sum(yen(line.amount) for line in price.lines) >= 0


def reduced_uses(prices: dict[int, Quote]) -> int:
    """How many units of all the uses together are reduced."""
    off = [line for price in prices.values() for line in price.lines if yen(line.amount) < 0]
    return sum(-yen(line.amount) for line in off) // 2_500


@given(st.data())
def test_quotes__an_earlier_use_never_lowers_the_number_of_reduced_ones(data: st.DataObject) -> None:
    terms = terms_of(KAWASAKI)
    drawn = data.draw(st.lists(uses(terms), min_size=1, max_size=8))
    live = [replace(use, number=number, status=UseStatus.LIVE) for number, use in enumerate(drawn, start=1)]

    def prices(some: list[Use]) -> dict[int, Quote]:
        return quotes(some, facts=Facts(), terms_of=lambda _: terms, place_of=lambda _: ANYWHERE)

    fewer, more = reduced_uses(prices(live[1:])), reduced_uses(prices(live))
    assert fewer <= more <= 5
