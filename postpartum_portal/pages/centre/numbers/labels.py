"""What services, classes and pools are called, those of earlier versions of the programme too."""

from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.engine import Terms
from facilities.public import versions_of


@dataclass(frozen=True, slots=True)
class Labels:
    """Code → label, in the order of the latest version, then what earlier ones had."""

    services: dict[str, str]
    classes: dict[str, str]
    pools: dict[str, str]


def labels_of(municipality_id: int) -> Labels:
    """One query."""
    latest_first: list[Terms] = list(reversed(versions_of(municipality_id).terms))
    return Labels(
        _collected((item.code, item.label) for terms in latest_first for item in terms.services),
        _collected((item.code, item.label) for terms in latest_first for item in terms.classes),
        _collected((item.code, item.label) for terms in latest_first for item in terms.pools),
    )


def _collected(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, label in pairs:
        found.setdefault(code, label)
    return found
