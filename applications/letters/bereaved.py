"""A letter after a loss: what a programme says to every parent, without what it says about children."""

import re
from collections.abc import Iterable

from eligibility.engine.bereaved import OF_CHILDREN

_UNFIT = re.compile(f"{OF_CHILDREN.pattern}|母乳|月齢")
"""In a rule's own sentence; elsewhere 母乳 may be part of a facility's name."""
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）")


def without_children(sentences: Iterable[str]) -> tuple[str, ...]:
    """Leave out asides in brackets, then sentences, that speak of children: (多胎児の場合は13,500円)."""
    plain = (_ASIDE.sub(_unless_of_children, sentence) for sentence in sentences)
    return tuple(sentence for sentence in plain if not _UNFIT.search(sentence))


def _unless_of_children(aside: re.Match[str]) -> str:
    return "" if _UNFIT.search(aside[0]) else aside[0]
