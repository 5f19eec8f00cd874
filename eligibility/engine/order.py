"""The prices of all open uses of a household together: booking, moving or cancelling one may change the others'."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from eligibility.engine.facts import Facts
from eligibility.engine.place import Place
from eligibility.engine.pricing import Quote, quote
from eligibility.engine.terms import Terms
from eligibility.engine.timeline import Timeline
from eligibility.engine.uses import Use, UseStatus
from eligibility.engine.values import Amount, Unpublished
from eligibility.engine.wording import money, month_day


@dataclass(frozen=True, slots=True)
class Repriced:
    """A use whose price changes, with the sentence that says so."""

    number: int
    before: Amount
    after: Amount
    sentence: str


def quotes(
    uses: Sequence[Use],
    *,
    facts: Facts,
    terms_of: Callable[[Use], Terms],
    place_of: Callable[[Use], Place],
    timeline: Timeline | None = None,
    beyond: Collection[int] = (),
) -> dict[int, Quote]:
    """The price of every live use of a household by its number, in their order; `beyond` names those at full price.

    Uses that are over count for the order, and keep the price that they had.
    """
    live = sorted((use for use in uses if use.status is UseStatus.LIVE), key=lambda use: use.order)
    return {use.number: _quote(use, uses, facts, terms_of(use), place_of(use), timeline, beyond) for use in live}


def price_changes(before: Mapping[int, Quote], after: Mapping[int, Quote]) -> tuple[Repriced, ...]:
    """The uses that `quotes` priced otherwise before; one that is new or gone is not among them."""
    return tuple(
        Repriced(number, before[number].total, new.total, _sentence(new.subject, before[number].total, new.total))
        for number, new in after.items()
        if number in before and before[number].total != new.total
    )


def _quote(
    use: Use,
    uses: Sequence[Use],
    facts: Facts,
    terms: Terms,
    place: Place,
    timeline: Timeline | None,
    beyond: Collection[int],
) -> Quote:
    held = [other for other in uses if other is not use]
    price = quote(use, facts=facts, terms=terms, place=place, held=held, timeline=timeline, beyond=use.number in beyond)
    return replace(price, subject=f"{month_day(use.first_day)}の{terms.service(use.service).label}")


def _sentence(subject: str, before: Amount, after: Amount) -> str:
    """7月5日の訪問型は、2,500円から5,000円になります。"""
    if isinstance(before, Unpublished) or isinstance(after, Unpublished):
        return f"{subject}の料金が変わります({money(before)} → {money(after)})。"
    return f"{subject}は、{money(before)}から{money(after)}になります。"
