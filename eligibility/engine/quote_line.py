"""A line of a price: what, how it is reckoned, how much, by which sentence."""

from dataclasses import dataclass

from eligibility.engine.values import Amount, Source

SAMPLE = "見本の額"
"""What an amount of the demo is called wherever it is shown."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A cause of a price: what, how it is reckoned, how much (negative for what is taken off), by which sentence."""

    label: str
    arithmetic: str
    amount: Amount
    source: Source
    sample: bool = False
    """It rests on a 見本の額, and its label says so."""


def told(label: str, arithmetic: str, amount: Amount, source: Source, sample: bool) -> QuoteLine:
    """A line that says of a 見本の額 that it is one."""
    return QuoteLine(f"{label}({SAMPLE})" if sample else label, arithmetic, amount, source, sample)
