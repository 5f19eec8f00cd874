"""A line of a price: what, how it is reckoned, how much, by which sentence."""

from dataclasses import dataclass

from eligibility.engine.values import Amount, Source

SHARE = "share"
"""Stands for the code of a reduction where the municipality bears a part of everybody's price."""
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
    taken_by: str = ""
    """The code of the reduction that takes it off, `SHARE` for the public share; "" for what is charged."""


def told(label: str, arithmetic: str, amount: Amount, source: Source, sample: bool) -> QuoteLine:
    """A line that says of a 見本の額 that it is one."""
    return QuoteLine(f"{label}({SAMPLE})" if sample else label, arithmetic, amount, source, sample)
