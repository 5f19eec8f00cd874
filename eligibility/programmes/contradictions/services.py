"""Contradictions within a service: its names, hours and lengths."""

from collections.abc import Iterator

from eligibility.engine import ServiceKind
from eligibility.programmes.contradictions.found import Found, twice
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile, ServiceEntry
from eligibility.programmes.schema.services import DurationEntry, LengthEntry


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    for key in ("label", "short_label"):
        # in an example a label stands without blanks
        yield from twice(("services",), key, ["".join(getattr(entry, key).split()) for entry in file.services])
    for number, entry in enumerate(file.services):
        path: Path = ("services", number)
        yield from _hours(path, entry)
        if entry.duration:
            yield from _duration((*path, "duration"), entry.duration)
        if entry.length:
            yield from _length((*path, "length"), entry.length, entry.kind)


def _hours(path: Path, entry: ServiceEntry) -> Iterator[Found]:
    opens, closes = entry.hours.opens, entry.hours.closes
    if entry.kind is not ServiceKind.STAY and opens and closes and closes <= opens:
        yield (*path, "hours", "closes"), "opens より後の時刻を書いてください。"
    if entry.hours.principle and not (opens or closes):
        yield (*path, "hours", "principle"), "opens か closes を書いたときだけ書けます。"


def _duration(path: Path, entry: DurationEntry) -> Iterator[Found]:
    if (entry.hours is None) == (entry.minutes is None):
        yield path, "hours か minutes のどちらか1つを書いてください。"
    if entry.hours_multiples is not None and entry.minutes_multiples is not None:
        yield path, "hours_multiples か minutes_multiples のどちらか1つを書いてください。"


def _length(path: Path, entry: LengthEntry, kind: ServiceKind) -> Iterator[Found]:
    if entry.longest is not None and entry.longest < entry.shortest:
        yield (*path, "longest"), "shortest 以上の数を書いてください。"
    if kind is ServiceKind.STAY and entry.shortest < 2:
        yield (*path, "shortest"), "両端の日を数えます。1泊2日なら 2 です。"
