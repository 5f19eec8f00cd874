"""Money: whole yen, never a float, and the words in which the portal prints it."""

from typing import NewType

Yen = NewType("Yen", int)


def format_yen(amount: Yen) -> str:
    """`10,000円`; a reduction carries a real minus sign: `−2,500円`."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}円"


def notes_told(amount: object, *notes: str) -> str:
    """`(税抜・見本の額)`, to stand behind an amount; nothing behind 0円 and behind words for one.

    A note that does not apply is "".
    """
    told = "・".join(note for note in notes if note)
    return f"({told})" if told and amount and isinstance(amount, int) else ""
