"""What a booking keeps of the engine's answers: plain JSON that can be read years later without the engine."""

from collections.abc import Iterable, Mapping
from typing import Any

from eligibility import engine
from eligibility.engine.quote_line import SHARE
from eligibility.engine.wording import money
from facilities.selectors.consequences import FREE

from .returning import Moved

FEE = "取り消しの料金"
STILL_OPEN = "お金は、まだ決まっていません。"


def quote_record(quote: engine.Quote, *, household_class: str, version_id: int) -> dict[str, Any]:
    """Lines and total as they were shown, the class and the version they rest on, and what the office counts of it.

    `reduced`: whether a reduction was granted. `public`: the yen that reductions and the public share took off her
    price; None where the price, or what was taken off, is not published.
    """
    taken = [line for line in quote.lines if line.taken_by]
    return {
        "lines": [_line(line) for line in quote.lines],
        "total": _amount(quote.total),
        "reduced": any(line.taken_by != SHARE for line in taken),
        "public": _public(quote, taken),
        "class": household_class,
        "version": version_id,
    }


def consequence_record(
    consequence: engine.Consequence, moved: Moved, left_open: engine.Unpublished | None
) -> dict[str, Any]:
    """What a cancellation or a no-show cost, with the rule's own sentence; `moved` are the units it came down to.

    `left_open`: the words that no rule is published, where staff may decide otherwise.
    """
    open_words = {"open": _amount(left_open)} if left_open else {}
    return {
        "kind": consequence.kind.value,
        "code": consequence.findings[0].code,
        "counted": moved.counted,
        "returned": moved.returned,
        "lines": [_line(line) for line in consequence.lines],
        "total": _amount(consequence.total),
        "headline": consequence.headline,
        "money_text": consequence.money_text,
        "fact": consequence.findings[0].fact,
        "source": consequence.source.text,
        **open_words,
    }


def decided_record(record: Mapping[str, Any], moved: Moved, fee: int | None) -> dict[str, Any]:
    """A consequence that the programme left open, as staff decided it. `fee`: None as long as it is open."""
    line = {"label": FEE, "arithmetic": "", "amount": fee}
    return {
        **record,
        "counted": moved.counted,
        "returned": moved.returned,
        "lines": [line] if fee else [],
        "total": record["open"] if fee is None else fee,
        "money_text": STILL_OPEN if fee is None else f"{money(engine.Yen(fee))}がかかります。" if fee else str(FREE),
    }


def _public(quote: engine.Quote, taken: Iterable[engine.QuoteLine]) -> int | None:
    """A line that stands in the place of an unpublished price says what is left of it, not what was taken off."""
    if any(isinstance(line.amount, engine.Unpublished) for line in quote.lines):
        return None
    amounts = [int(line.amount) for line in taken if not isinstance(line.amount, engine.Unpublished)]
    return None if any(amount > 0 for amount in amounts) else -sum(amounts)


def _line(line: engine.QuoteLine) -> dict[str, Any]:
    kept = {"label": line.label, "arithmetic": line.arithmetic, "amount": _amount(line.amount)}
    return {**kept, "sample": True} if line.sample else kept


def _amount(amount: engine.Amount) -> int | dict[str, str]:
    """Whole yen, or the words for what is not published and who can tell."""
    if isinstance(amount, engine.Unpublished):
        return {"reason": amount.reason, "who_knows": amount.who_knows, "key": amount.key}
    return int(amount)
