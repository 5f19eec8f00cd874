"""Differences as a page shows them: by chapter, rules first, mere texts apart."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from eligibility.public import Change


def grouped(found: Iterable[Change]) -> dict[str, Any]:
    """The context of `centre/_changes.html`."""
    all_changes = list(found)
    rules = [change for change in all_changes if not change.is_words]
    texts = [change for change in all_changes if change.is_words]
    return {
        "rules": _by_chapter(rules),
        "texts": _by_chapter(texts),
        "rule_count": len(rules),
        "text_count": len(texts),
    }


def _by_chapter(found: list[Change]) -> list[tuple[str, list[Change]]]:
    """The chapters follow each other as in the file."""
    return [(chapter, list(changes)) for chapter, changes in groupby(found, key=lambda change: change.chapter)]
