"""A letter after a loss: what a programme says to every parent, without what it says about children."""

import re
from collections.abc import Iterable

OF_CHILDREN = re.compile("お子さ|子ども|赤ちゃん|乳児|新生児|多胎|双子|生まれ|出生|出産|妊娠|授乳")
"""What a sentence about a child or a birth to come speaks of."""

_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）")


def without_children(sentences: Iterable[str]) -> tuple[str, ...]:
    """Leave out asides in brackets, then sentences, that speak of children: (多胎児の場合は13,500円)."""
    plain = (_ASIDE.sub(_unless_of_children, sentence) for sentence in sentences)
    return tuple(sentence for sentence in plain if not OF_CHILDREN.search(sentence))


def _unless_of_children(aside: re.Match[str]) -> str:
    return "" if OF_CHILDREN.search(aside[0]) else aside[0]
