"""The amounts that stand for what a programme leaves unpublished, of a municipality and of its facilities."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias, TypeVar

from django.db import models

from eligibility import engine
from eligibility.public import MunicipalAmount, Municipality, as_entered, that_count
from facilities.models import Offering, OfferingAmount

Holder: TypeAlias = Municipality | Offering
"""Where an amount holds: in the whole municipality, or for one service of a facility."""

PlacedAmount: TypeAlias = MunicipalAmount | OfferingAmount

Row = TypeVar("Row", bound=models.Model)


def entered_for_each(
    offerings: Sequence[Offering], *, entering: PlacedAmount | None = None
) -> dict[int, tuple[engine.Entered, ...]]:
    """Offering id → what stands for unpublished amounts there: its own, then the municipality's. Two statements.

    `entering` is an amount that is not saved yet, as if it were.
    """
    own = rows_by("offering_id", OfferingAmount.objects.filter(offering__in=offerings))
    municipalities = {offering.municipality_id for offering in offerings}
    municipal = rows_by("municipality_id", MunicipalAmount.objects.filter(municipality__in=municipalities))
    if isinstance(entering, OfferingAmount):
        own[entering.offering_id].append(entering)
    if isinstance(entering, MunicipalAmount):
        municipal[entering.municipality_id].append(entering)
    return {
        offering.pk: tuple(
            as_entered(row)
            for rows in (own[offering.pk], municipal[offering.municipality_id])
            for row in that_count(rows)
        )
        for offering in offerings
    }


def rows_of(holder: Holder) -> Iterable[PlacedAmount]:
    """Every amount that was ever entered there, in the order of entering."""
    if isinstance(holder, Offering):
        return OfferingAmount.objects.filter(offering=holder)
    return MunicipalAmount.objects.filter(municipality=holder)


def rows_by(field: str, rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """Rows by the id that one of their columns holds."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found
