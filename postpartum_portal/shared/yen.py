"""Money: whole yen, never a float, and the words in which the portal prints it."""

from typing import NewType

Yen = NewType("Yen", int)


def format_yen(amount: Yen) -> str:
    """`10,000円`; a reduction carries a real minus sign: `−2,500円`."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}円"


def tax_told(amount: object, note: str) -> str:
    """`(税抜)`, to stand behind an amount where prices are without tax; nothing behind 0円 and behind words for one."""
    return f"({note})" if note and amount and isinstance(amount, int) else ""
