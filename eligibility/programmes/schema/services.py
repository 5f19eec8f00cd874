"""The shape of a programme file: what may be used, in which hours and at which length."""

from eligibility.engine import ArrangedBy, ServiceKind
from eligibility.programmes.fields import Clock, Code, MonthDay, Number, Sourced, Strict, Text
from eligibility.programmes.schema.money import CancellationEntry, PriceEntry
from eligibility.programmes.schema.who import AgeLimitEntry, AskBeyondEntry, FamiliesEntry


class HoursEntry(Sourced):
    opens: Clock | None = None
    closes: Clock | None = None
    text: Text


class DurationEntry(Sourced):
    hours: Number | None = None
    hours_multiples: Number | None = None
    minutes: Number | None = None
    minutes_multiples: Number | None = None


class LengthEntry(Sourced):
    shortest: Number
    longest: Number | None = None


class ClosedEntry(Sourced):
    label: Text
    first: MonthDay
    last: MonthDay


class ServiceEntry(Strict):
    code: Code
    label: Text
    short_label: Text
    kind: ServiceKind
    arranged_by: ArrangedBy
    summary: Text
    care: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    families: FamiliesEntry | None = None
    age_limit: AgeLimitEntry | None = None
    ask_beyond: AskBeyondEntry | None = None
    hours: HoursEntry
    duration: DurationEntry | None = None
    length: LengthEntry | None = None
    price: PriceEntry
    closed: tuple[ClosedEntry, ...] = ()
    not_on_vaccination_day: Sourced | None = None
    cancellation: CancellationEntry
