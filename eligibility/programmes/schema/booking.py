"""The shape of a programme file: how often, and what holds for every booking."""

from eligibility.engine import Beyond, PoolScope, UnitKind
from eligibility.programmes.fields import Code, Flag, Number, Sourced, Strict, Text
from eligibility.programmes.schema.who import LeadEntry


class PoolEntry(Sourced):
    code: Code
    label: Text
    services: tuple[Code, ...]
    unit: UnitKind
    limit: Number
    limit_multiples: Number | None = None
    per: PoolScope = PoolScope.BIRTH
    principle: Flag = False
    extended_limit: Number | None = None
    counter: Text = ""
    beyond: Beyond = Beyond.REFUSE


class UsesPerDayEntry(Sourced):
    limit: Number


class LimitEntry(Sourced):
    number: Number


class BookingEntry(Strict):
    uses_per_day: UsesPerDayEntry
    birth_recorded: Sourced | None = None
    approved: Sourced
    in_advance: Sourced
    notice: LeadEntry | None = None
    horizon: LimitEntry | None = None
    open_at_once: LimitEntry | None = None
    provisional: Sourced | None = None
