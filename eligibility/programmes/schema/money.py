"""The shape of a programme file: prices, reductions, and what a cancellation costs."""

from typing import Literal

from eligibility.engine import Counts, FeeKind, ReductionKind
from eligibility.programmes.fields import Clock, Code, Flag, Number, Percent, Sourced, Strict, Text, Whole
from eligibility.programmes.schema.amounts import AmountEntry, WhoKnows

Per = Literal["night", "day", "use", "hour"]


class FirstUnitsEntry(Strict):
    units: Number
    amount: AmountEntry


class FurtherChildEntry(Sourced):
    amount: AmountEntry


class ExtraEntry(Sourced):
    label: Text
    per: Per
    amount: AmountEntry
    reducible: Flag = False


class ShareEntry(Sourced):
    label: Text
    amount: AmountEntry


class PriceEntry(Sourced):
    per: Per
    amount: AmountEntry
    first: FirstUnitsEntry | None = None
    further_child: FurtherChildEntry | None = None
    extras: tuple[ExtraEntry, ...] = ()
    share: ShareEntry | None = None
    beyond_limit: AmountEntry | None = None
    tax_note: Text = ""


class FirstUsesEntry(Strict):
    number: Number
    unit: Literal["days", "uses"]
    over: tuple[Code, ...]
    late_cancelled_count: Flag = False


class ReductionEntry(Sourced):
    code: Code
    label: Text
    kind: ReductionKind
    classes: tuple[Code, ...]
    services: tuple[Code, ...]
    amount: AmountEntry | None = None
    percent: Percent | None = None
    round_to: Number | None = None
    first: FirstUsesEntry | None = None


class DeadlineEntry(Sourced):
    days_before: Whole
    at: Clock | None = None
    inclusive: Flag = False
    working: Flag = False


class FeeEntry(Sourced):
    label: Text
    kind: FeeKind = FeeKind.PER_USE
    amount: AmountEntry | None = None
    amount_multiples: AmountEntry | None = None
    percent: Percent | None = None
    except_classes: tuple[Code, ...] = ()


class OutcomeEntry(Sourced):
    counts: Counts
    units: Number | None = None
    fee: FeeEntry | None = None


class TierEntry(OutcomeEntry):
    deadline: DeadlineEntry


class CancellationEntry(Strict):
    text: Text
    letter: Text
    contact: Text
    tiers: tuple[TierEntry, ...] = ()
    unpublished: Text = ""
    who_knows: WhoKnows | None = None
    source: Text = ""
    reading: Text = ""
    no_show: OutcomeEntry
