"""Money: whole yen, never a float, and the words in which the portal prints it."""

from typing import NewType

Yen = NewType("Yen", int)


def format_yen(amount: Yen) -> str:
    """`10,000円`; a reduction carries a real minus sign: `−2,500円`."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}円"
