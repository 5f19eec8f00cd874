"""Which facilities can take somebody, and why the others cannot: from her record, or from what a visitor typed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext, gettext_lazy

from eligibility import engine
from eligibility.engine.ages import place_period
from eligibility.engine.windows import sure_period
from eligibility.engine.wording import day_seen_from

from .ages import age_on
from .listed import ListedFacility, ListedService

UNREAD_AREA = gettext_lazy("地域は、市の一覧では読み取れません。施設に確かめてください。")


class Way(StrEnum):
    """How one books."""

    HERE = "here"
    PHONE = "phone"
    MAIL = "mail"
    WEB = "web"
    ASSOCIATION = "association"


BOOKED_BY = {
    Way.HERE: gettext_lazy("このサイト"),
    Way.PHONE: gettext_lazy("電話"),
    Way.MAIL: gettext_lazy("メール"),
    Way.WEB: gettext_lazy("施設のページ"),
    Way.ASSOCIATION: gettext_lazy("団体の窓口"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. `on`: the day of use; `facts`: of the child, as far as they are known.

    `today`: dates of another year are told with it. `service` is a code, `area` a word of the list; empty or None:
    anything.
    """

    on: dt.date
    facts: engine.Facts = field(default_factory=engine.Facts)
    service: str = ""
    siblings: bool = False
    area: str = ""
    by: Way | None = None
    today: dt.date | None = None

    def told(self, day: dt.date) -> str:
        """6月10日(水), 令和9年6月10日(木)"""
        return day_seen_from(day, self.today or self.on)

    @property
    def on_told(self) -> str:
        """6月10日, 令和9年6月10日"""
        return self.told(self.on).partition("(")[0]


@dataclass(frozen=True, slots=True)
class MatchedService:
    """`reasons` why she cannot use it there on that day; `notes`: what nobody has published, so that she asks."""

    service: engine.Service
    listed: ListedService
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A facility against a wish. `elsewhere`: reasons that lie in it as a whole, such as its area or how it books."""

    listed: ListedFacility
    services: tuple[MatchedService, ...]
    elsewhere: tuple[str, ...]

    @property
    def usable(self) -> tuple[MatchedService, ...]:
        """The services that she could use there; none where the facility as a whole is not what she looks for."""
        return () if self.elsewhere else tuple(item for item in self.services if not item.reasons)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is filtered out, each sentence once; none where it is not. One that bears on a part names the part."""
        if self.usable:
            return ()
        own = [(item, reason) for item in self.services for reason in item.reasons]
        shared = [reason for _, reason in own if all(reason in item.reasons for item in self.services)]
        told = [
            reason
            if reason in shared
            else gettext("%(service)sは、%(reason)s") % {"service": item.service.short_label, "reason": reason}
            for item, reason in own
        ]
        return tuple(dict.fromkeys([*self.elsewhere, *told]))


def match(listed: Iterable[ListedFacility], wanted: Wanted, terms: engine.Terms) -> list[Matched]:
    """Every facility in its order, with what it can do for `wanted` under `terms`. Reads nothing."""
    known = {service.code: service for service in terms.services}
    return [_matched(item, wanted, known, terms) for item in listed]


def ways_of(listed: ListedFacility) -> tuple[Way, ...]:
    """How one books at a facility: here where somebody answers, and as its list says; a phone number is a way too."""
    said = listed.contract.booking.get("by") or ("phone" if listed.facility.phones else "")
    return (*([Way.HERE] if listed.here else []), *([Way(said)] if said else []))


def areas_of(listed: Iterable[ListedFacility]) -> tuple[str, ...]:
    """The areas that a list names, each once, in its order."""
    return tuple(dict.fromkeys(item.facility.area for item in listed if item.facility.area))


def _matched(listed: ListedFacility, wanted: Wanted, known: dict[str, engine.Service], terms: engine.Terms) -> Matched:
    services = tuple(
        _service(known[item.code], item, wanted, terms)
        for item in listed.services
        if item.code in known and wanted.service in ("", item.code)
    )
    missing = known[wanted.service].short_label if wanted.service and not services else ""
    elsewhere = [gettext("%(missing)sはしていません。") % {"missing": missing}] if missing else []
    return Matched(listed, services, (*elsewhere, *_area(listed, wanted), *_ways(listed, wanted)))


def _area(listed: ListedFacility, wanted: Wanted) -> list[str]:
    if wanted.area in ("", listed.facility.area):
        return []
    return [
        gettext("地域は%(area)sです。") % {"area": listed.facility.area} if listed.facility.area else str(UNREAD_AREA)
    ]


def _ways(listed: ListedFacility, wanted: Wanted) -> list[str]:
    ways = ways_of(listed)
    if wanted.by is None or wanted.by in ways:
        return []
    told = gettext("か").join(str(BOOKED_BY[way]) for way in ways)
    return [
        gettext("予約は%(told)sで受けています。") % {"told": told}
        if told
        else gettext("予約のしかたは公表されていません。")
    ]


def _service(service: engine.Service, listed: ListedService, wanted: Wanted, terms: engine.Terms) -> MatchedService:
    place, facts = listed.place, wanted.facts
    twins = facts.counted_children > 1
    comes_along = wanted.siblings and facts.family is not engine.Family.BEREAVED
    siblings = comes_along and service.kind is not engine.ServiceKind.VISIT  # whom they visit is at home already
    reasons, notes = _age(service, place, wanted, terms), _ask(service, place, wanted)
    if twins and place.multiples is False:
        reasons.append(gettext("双子などの受け入れをしていません。"))
    if twins and place.multiples is None:
        notes.append(gettext("双子などの受け入れは、施設に確かめてください。"))
    if siblings and place.siblings is False:
        reasons.append(gettext("きょうだいの受け入れをしていません。"))
    if siblings and place.siblings is None:
        notes.append(gettext("きょうだいの受け入れは、施設に確かめてください。"))
    return MatchedService(service, listed, tuple(reasons), tuple(notes))


def _age(service: engine.Service, place: engine.Place, wanted: Wanted, terms: engine.Terms) -> list[str]:
    """生後4か月未満のお子さんが対象です。6月10日には5か月です。 Nothing is said before the birth."""
    facts, on = wanted.facts, wanted.on
    if facts.birth_date is None or on < facts.birth_date:
        return []
    period = engine.use_period(service.code, facts, terms, place=place)
    if period.last is None or on <= period.last:
        return []
    limit = _limit_passed(service, place, facts, on)
    if limit is None or facts.family is engine.Family.BEREAVED:
        return [gettext("使えるのは%(told)sまでです。") % {"told": wanted.told(period.last)}]
    if _corrected(limit, facts):
        return [
            gettext("%(limit)sのお子さんが対象です。予定日から数えて、使えるのは%(told)sまでです。")
            % {"limit": limit.title, "told": wanted.told(period.last)}
        ]
    return [
        gettext("%(limit)sのお子さんが対象です。%(on_told)sには%(age_on)sです。")
        % {"limit": limit.title, "on_told": wanted.on_told, "age_on": age_on(facts.birth_date, on)}
    ]


def _limit_passed(
    service: engine.Service, place: engine.Place, facts: engine.Facts, on: dt.date
) -> engine.AgeLimit | None:
    """The programme's own limit where the child is past that, else the facility's; None where it is not the age."""
    own, by_place = engine.age_period(service.age_limit, facts).last, place_period(place, facts, service.age_limit)
    if own is not None and own < on:
        return service.age_limit
    if place.age_limit is None or by_place is None or by_place.last is None or on <= by_place.last:
        return None
    own_limit = service.age_limit
    return replace(place.age_limit, counted_from=own_limit.counted_from, corrected_up_to=own_limit.corrected_up_to)


def _corrected(limit: engine.AgeLimit, facts: engine.Facts) -> bool:
    """Whether the days are counted from the due date of a child born early."""
    from_birth = replace(limit, counted_from=engine.CountedFrom.BIRTH)
    return engine.age_period(from_birth, facts).last != engine.age_period(limit, facts).last


def _ask(service: engine.Service, place: engine.Place, wanted: Wanted) -> list[str]:
    """What the programme leaves to the facility from an age on."""
    facts, rule = wanted.facts, service.ask_beyond
    sure = sure_period(service, facts, place=place)
    beyond = sure is not None and sure.last is not None and facts.birth_date is not None and wanted.on > sure.last
    return (
        [
            gettext("%(limit)sのお子さんは、%(answer)s。")
            % {"limit": rule.limit.title, "answer": rule.answer.rstrip("。")}
        ]
        if rule and beyond
        else []
    )
