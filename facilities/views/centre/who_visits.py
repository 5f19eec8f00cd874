"""Who visits her address on the days that are wished or looked at, and why the others do not."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eligibility import engine
from eligibility.engine.wording import clock
from facilities.models import Facility
from facilities.selectors.hours import STEP
from facilities.selectors.soundings import title_of
from facilities.selectors.visiting import Visitor, visitor_for

from .arrange_page import Desk

NOT_SAID = "訪問の地域と時間を、まだ入れていません。電話か打診で確かめてください。"
FREE = "訪問できます。"


@dataclass(frozen=True, slots=True)
class Serves:
    """One of those who visit. `tone` of a `word` (できる, できない, 確かめる), and why, or at which hours."""

    facility: Facility
    tone: str
    word: str
    told: str


@dataclass(frozen=True, slots=True)
class Served:
    """A day, or a day and an hour, with everybody who gives the service; who can come is first."""

    title: str
    rows: tuple[Serves, ...]


def who_visits(desk: Desk, looked: engine.Use | None = None) -> tuple[Served, ...]:
    """For what is looked at, else for each day that she wishes; nothing where she goes to the facility herself."""
    service = desk.card.service
    if service.kind is not engine.ServiceKind.VISIT:
        return ()
    uses = [looked] if looked else [engine.Use(service.code, day, day) for day in desk.wish.wished_days]
    if not uses:
        return ()
    first, last = min(use.first_day for use in uses), max(use.last_day for use in uses)
    visitors = [(offering.facility, visitor_for(desk.standing, offering, first, last)) for offering in desk.offerings]
    return tuple(_served(use, service, visitors) for use in uses)


def _served(use: engine.Use, service: engine.Service, visitors: Sequence[tuple[Facility, Visitor | None]]) -> Served:
    rows = [_serves(facility, visitor, use, service) for facility, visitor in visitors]
    order = ["ok", "warn", "bad"]
    return Served(title_of(use, service), tuple(sorted(rows, key=lambda row: order.index(row.tone))))


def _serves(facility: Facility, visitor: Visitor | None, use: engine.Use, service: engine.Service) -> Serves:
    if visitor is None:
        return Serves(facility, "warn", "確かめる", NOT_SAID)
    findings = visitor.findings(use, service)
    if against := engine.refusals_of(findings):
        return Serves(facility, "bad", "できない", "".join(finding.fact for finding in against))
    open_ones = "".join(finding.fact for finding in findings if finding.verdict is engine.Verdict.ASK)
    hours = "" if use.start_time else hours_told(visitor.begins(use, service) or ())
    told = f"{hours}にはじめられます。" if hours else FREE
    return Serves(facility, "warn" if open_ones else "ok", "確かめる" if open_ones else "できる", f"{told}{open_ones}")


def hours_told(hours: Iterable[dt.time]) -> str:
    """9:00〜10:00、13:00: half hours that follow each other are one span."""
    spans: list[list[dt.datetime]] = []
    for hour in hours:
        at = dt.datetime.combine(dt.date.min, hour)
        if spans and at - spans[-1][-1] == STEP:
            spans[-1].append(at)
        else:
            spans.append([at])
    return "、".join(clock(span[0]) if len(span) == 1 else f"{clock(span[0])}〜{clock(span[-1])}" for span in spans)
