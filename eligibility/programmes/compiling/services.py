"""From the validated file to the services."""

from typing import TypeVar

from eligibility.engine import ClosedSeason, Duration, Hours, Length, Service
from eligibility.programmes.compiling.money import cancellation, price
from eligibility.programmes.compiling.sources import SourceOf
from eligibility.programmes.compiling.who import age_limit, ask_beyond, family_rule
from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.schema import services as schema

_Entry = TypeVar("_Entry")


def service(entry: schema.ServiceEntry, file: ProgrammeFile, source_of: SourceOf) -> Service:
    """A service; families and age limit are the programme's own where it names none."""
    within = age_limit(_own_or_common(entry.age_limit, file.age_limit), source_of)
    return Service(
        code=entry.code,
        label=entry.label,
        short_label=entry.short_label,
        kind=entry.kind,
        arranged_by=entry.arranged_by,
        summary=entry.summary,
        care=entry.care,
        notes=entry.notes,
        families=family_rule(_own_or_common(entry.families, file.families), source_of),
        age_limit=within,
        ask_beyond=ask_beyond(entry.ask_beyond, within, source_of) if entry.ask_beyond else None,
        hours=_hours(entry.hours, source_of),
        duration=_duration(entry.duration, source_of) if entry.duration else None,
        length=_length(entry.length, source_of) if entry.length else None,
        price=price(entry.price, entry.code, source_of),
        cancellation=cancellation(entry.cancellation, entry.code, source_of),
        closed=tuple(closed_season(item, source_of) for item in entry.closed),
        vaccination=source_of(entry.not_on_vaccination_day) if entry.not_on_vaccination_day else None,
        preparatory_visit=source_of(entry.preparatory_visit) if entry.preparatory_visit else None,
    )


def closed_season(entry: schema.ClosedEntry, source_of: SourceOf) -> ClosedSeason:
    return ClosedSeason(entry.label, entry.first, entry.last, source_of(entry))


def _own_or_common(own: _Entry | None, common: _Entry | None) -> _Entry:
    """The service's own entry, else the programme's: a file without contradictions has one of them."""
    return next(entry for entry in (own, common) if entry is not None)


def _hours(entry: schema.HoursEntry, source_of: SourceOf) -> Hours:
    return Hours(entry.opens, entry.closes, entry.text, source_of(entry), entry.principle)


def _duration(entry: schema.DurationEntry, source_of: SourceOf) -> Duration:
    one = entry.minutes or 60 * (entry.hours or 0)
    multiples = entry.minutes_multiples or 60 * (entry.hours_multiples or 0)
    return Duration(one, multiples or one, source_of(entry))


def _length(entry: schema.LengthEntry, source_of: SourceOf) -> Length:
    return Length(entry.shortest, entry.longest, source_of(entry))
