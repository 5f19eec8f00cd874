"""Money: whole yen, never a float, and the words in which the portal prints it."""

from fractions import Fraction
from typing import NewType

Yen = NewType("Yen", int)


def format_yen(amount: Yen) -> str:
    """`10,000円`; a reduction carries a real minus sign: `−2,500円`."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}円"


def floor_to_10_yen(amount: int | Fraction) -> Yen:
    """Drop what is below ten yen (10円未満切捨て) of an amount to be paid."""
    if amount < 0:
        raise ValueError("10円未満の切捨ては0円以上の額に使います。")
    return Yen(int(amount // 10) * 10)
