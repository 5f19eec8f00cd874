"""The amounts that stand for what a programme leaves unpublished, of a municipality and of its facilities."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from eligibility import engine
from eligibility.public import AmountRow, MunicipalAmount, Municipality, as_entered, that_count
from facilities.models import Offering, OfferingAmount

Holder: TypeAlias = Municipality | Offering
"""Where an amount holds: in the whole municipality, or for one service of a facility."""


def entered_for_each(offerings: Sequence[Offering]) -> dict[int, tuple[engine.Entered, ...]]:
    """Offering id → what stands for unpublished amounts there: its own, then the municipality's. Two statements."""
    own = rows_by("offering_id", OfferingAmount.objects.filter(offering__in=offerings))
    municipalities = {offering.municipality_id for offering in offerings}
    municipal = rows_by("municipality_id", MunicipalAmount.objects.filter(municipality__in=municipalities))
    return {
        offering.pk: tuple(
            as_entered(row)
            for rows in (own[offering.pk], municipal[offering.municipality_id])
            for row in that_count(rows)
        )
        for offering in offerings
    }


def rows_of(holder: Holder) -> Iterable[AmountRow]:
    """Every amount that was ever entered there, in the order of entering."""
    if isinstance(holder, Offering):
        return OfferingAmount.objects.filter(offering=holder)
    return MunicipalAmount.objects.filter(municipality=holder)


def rows_by(field: str, rows: Iterable[AmountRow]) -> defaultdict[int, list[AmountRow]]:
    """Rows by the id that one of their columns holds."""
    found: defaultdict[int, list[AmountRow]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found
