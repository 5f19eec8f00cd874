"""What a booking keeps of the engine's answers: plain JSON that can be read years later without the engine."""

from typing import Any

from eligibility import engine

from .returning import Moved


def quote_record(quote: engine.Quote, *, household_class: str, version_id: int) -> dict[str, Any]:
    """Lines and total as they were shown, the class and the version they rest on."""
    return {
        "lines": [_line(line) for line in quote.lines],
        "total": _amount(quote.total),
        "class": household_class,
        "version": version_id,
    }


def consequence_record(consequence: engine.Consequence, moved: Moved) -> dict[str, Any]:
    """What a cancellation or a no-show cost, with the rule's own sentence; `moved` are the units it came down to."""
    return {
        "kind": consequence.kind.value,
        "counted": moved.counted,
        "returned": moved.returned,
        "lines": [_line(line) for line in consequence.lines],
        "total": _amount(consequence.total),
        "headline": consequence.headline,
        "money_text": consequence.money_text,
        "fact": consequence.findings[0].fact,
        "source": consequence.source.text,
    }


def _line(line: engine.QuoteLine) -> dict[str, Any]:
    kept = {"label": line.label, "arithmetic": line.arithmetic, "amount": _amount(line.amount)}
    return {**kept, "sample": True} if line.sample else kept


def _amount(amount: engine.Amount) -> int | dict[str, str]:
    """Whole yen, or the words for what is not published and who can tell."""
    if isinstance(amount, engine.Unpublished):
        return {"reason": amount.reason, "who_knows": amount.who_knows, "key": amount.key}
    return int(amount)
