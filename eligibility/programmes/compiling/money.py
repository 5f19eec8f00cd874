"""From the validated file to prices, reductions and what a cancellation costs.

An unpublished amount gets the key under which staff enter it: the service and its place in the file, as
`short_stay.price`; of a second entry of the same kind also its number, as `short_stay.late_fee.2`.
"""

from typing import overload

from eligibility.engine import (
    Amount,
    Cancellation,
    DeadlineRule,
    Extra,
    Fee,
    FirstUnits,
    FirstUses,
    Outcome,
    Price,
    PublicShare,
    Reduction,
    Tier,
    UnitKind,
    Unpublished,
    Yen,
)
from eligibility.programmes.compiling.sources import SourceOf
from eligibility.programmes.fields import Sourced
from eligibility.programmes.schema import money as schema
from eligibility.programmes.schema.amounts import AmountEntry

PER = {"night": UnitKind.NIGHTS, "day": UnitKind.DAYS, "use": UnitKind.USES, "hour": UnitKind.HOURS}


@overload
def amount(entry: AmountEntry, key: str) -> Amount: ...
@overload
def amount(entry: AmountEntry | None, key: str) -> Amount | None: ...
def amount(entry: AmountEntry | None, key: str) -> Amount | None:
    """Whole yen, or the unpublished amount that staff enter under `key`."""
    if entry is None:
        return None
    return Yen(entry) if isinstance(entry, int) else Unpublished(entry.unpublished, entry.who_knows, key)


def price(entry: schema.PriceEntry, service: str, source_of: SourceOf) -> Price:
    further = entry.further_child
    return Price(
        per=PER[entry.per],
        amount=amount(entry.amount, f"{service}.price"),
        source=source_of(entry),
        first=FirstUnits(entry.first.units, amount(entry.first.amount, f"{service}.first")) if entry.first else None,
        further_child=amount(further.amount, f"{service}.further_child") if further else None,
        further_child_source=source_of(further) if further else None,
        extras=tuple(_extra(item, f"{service}.extra.{n}", source_of) for n, item in enumerate(entry.extras, start=1)),
        share=_share(entry.share, f"{service}.share", source_of) if entry.share else None,
        beyond_limit=amount(entry.beyond_limit, f"{service}.beyond"),
        tax_note=entry.tax_note,
    )


def _extra(entry: schema.ExtraEntry, key: str, source_of: SourceOf) -> Extra:
    return Extra(entry.label, PER[entry.per], amount(entry.amount, key), entry.reducible, source_of(entry))


def _share(entry: schema.ShareEntry, key: str, source_of: SourceOf) -> PublicShare:
    return PublicShare(entry.label, amount(entry.amount, key), source_of(entry))


def reductions(entries: tuple[schema.ReductionEntry, ...], source_of: SourceOf) -> tuple[Reduction, ...]:
    return tuple(_reduction(entry, source_of) for entry in entries)


def _reduction(entry: schema.ReductionEntry, source_of: SourceOf) -> Reduction:
    return Reduction(
        code=entry.code,
        label=entry.label,
        kind=entry.kind,
        classes=entry.classes,
        services=entry.services,
        source=source_of(entry),
        amount=amount(entry.amount, f"reduction.{entry.code}"),
        percent=entry.percent or 0,
        round_to=entry.round_to or 1,
        first=_first_uses(entry.first) if entry.first else None,
    )


def _first_uses(entry: schema.FirstUsesEntry) -> FirstUses:
    return FirstUses(entry.number, UnitKind(entry.unit), entry.over, entry.late_cancelled_count)


def cancellation(entry: schema.CancellationEntry, service: str, source_of: SourceOf) -> Cancellation:
    unpublished = Unpublished(entry.unpublished, entry.who_knows) if entry.who_knows else None
    origin = Sourced.model_construct(source=entry.source, reading=entry.reading) if entry.source else None
    return Cancellation(
        text=entry.text,
        letter=entry.letter,
        contact=entry.contact,
        tiers=tuple(_tier(tier, service, number, source_of) for number, tier in enumerate(entry.tiers, start=1)),
        no_show=_outcome(entry.no_show, f"{service}.no_show_fee", source_of),
        unpublished=unpublished,
        source=source_of(origin) if origin else None,
    )


def _tier(entry: schema.TierEntry, service: str, number: int, source_of: SourceOf) -> Tier:
    key = f"{service}.late_fee"
    return Tier(_deadline(entry.deadline, source_of), _outcome(entry, key, source_of, number))


def _deadline(entry: schema.DeadlineEntry, source_of: SourceOf) -> DeadlineRule:
    return DeadlineRule(entry.days_before, entry.at, bool(entry.inclusive), source_of(entry), entry.working)


def _outcome(entry: schema.OutcomeEntry, key: str, source_of: SourceOf, number: int = 1) -> Outcome:
    fee = _fee(entry.fee, key, source_of, number) if entry.fee else None
    return Outcome(entry.counts, fee, source_of(entry), entry.units or 0)


def _fee(entry: schema.FeeEntry, key: str, source_of: SourceOf, number: int) -> Fee:
    which = f".{number}" if number > 1 else ""
    one = amount(entry.amount, f"{key}{which}")
    multiples = amount(entry.amount_multiples, f"{key}_multiples{which}")
    return Fee(
        label=entry.label,
        kind=entry.kind,
        amount=one,
        amount_multiples=one if multiples is None else multiples,
        source=source_of(entry),
        percent=entry.percent or 100,
        except_classes=frozenset(entry.except_classes),
    )
