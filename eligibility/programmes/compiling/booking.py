"""From the validated file to pools, coupons and the rules of booking."""

from eligibility.engine import BeforeGranted, BookingRules, Coupons, EachCoupon, Limit, Pool, Source
from eligibility.programmes.compiling.sources import SourceOf
from eligibility.programmes.compiling.who import lead
from eligibility.programmes.fields import Sourced
from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.schema import booking as schema


def pool(entry: schema.PoolEntry, source_of: SourceOf) -> Pool:
    return Pool(
        code=entry.code,
        label=entry.label,
        services=entry.services,
        unit=entry.unit,
        limit=entry.limit,
        limit_multiples=entry.limit_multiples or entry.limit,
        per=entry.per,
        principle=entry.principle,
        extended_limit=entry.extended_limit or entry.limit,
        source=source_of(entry),
        counter=entry.counter,
        beyond=entry.beyond,
    )


def coupons(file: ProgrammeFile, source_of: SourceOf) -> Coupons | None:
    """None where the letter is what she holds.

    Versions stored before this section was there say `granted_by: coupons` alone: 利用券, one for each unit.
    """
    if file.coupons:
        return Coupons(file.coupons.label, file.coupons.each, source_of(file.coupons))
    if file.programme.granted_by == "coupons":
        return Coupons("利用券", EachCoupon.UNIT, source_of(file.booking.approved))
    return None


def booking_rules(entry: schema.BookingEntry, source_of: SourceOf) -> BookingRules:
    return BookingRules(
        uses_per_day=entry.uses_per_day.limit,
        uses_per_day_source=source_of(entry.uses_per_day),
        birth_recorded=_said(entry.birth_recorded, source_of),
        approved=source_of(entry.approved),
        in_advance=source_of(entry.in_advance),
        notice=lead(entry.notice, source_of),
        horizon=_limit(entry.horizon, source_of),
        open_at_once=_limit(entry.open_at_once, source_of),
        provisional=_said(entry.provisional, source_of),
        before_granted=_before_granted(entry.before_granted, source_of),
    )


def _limit(entry: schema.LimitEntry | None, source_of: SourceOf) -> Limit | None:
    return Limit(entry.number, source_of(entry)) if entry else None


def _before_granted(entry: schema.BeforeGrantedEntry | None, source_of: SourceOf) -> BeforeGranted | None:
    return BeforeGranted(entry.answer, source_of(entry)) if entry else None


def _said(entry: Sourced | None, source_of: SourceOf) -> Source | None:
    return source_of(entry) if entry else None
