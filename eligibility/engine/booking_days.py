"""The rules of a booking that look at its days and hours: past, too short or long, closed, vaccination, taken."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from eligibility.engine.dates import each_day
from eligibility.engine.service import ArrangedBy, ClosedSeason, Duration, Hours, Length, Service, ServiceKind
from eligibility.engine.terms import BookingRules
from eligibility.engine.uses import HOLDS_DAYS, Use, hours_of
from eligibility.engine.values import Finding, Verdict
from eligibility.engine.wording import clock, hours_text, minutes_text, month_day, span, stay, weekday_day
from eligibility.engine.working_days import in_season

_WHO_SETTLES = {ArrangedBy.FACILITY: "施設", ArrangedBy.CENTRE: "センター"}
"""Who settles the day, and so the hour."""


def not_past(use: Use, rules: BookingRules, on: date) -> Finding:
    when = span(use.first_day, use.last_day)
    if use.first_day < on:
        fact = f"{when}は予約できません。もう過ぎています。{weekday_day(on)}からの日を選んでください。"
        return Finding("not_past", Verdict.UNMET, "これからの日", fact, rules.in_advance)
    return Finding("not_past", Verdict.MET, "これからの日", f"{when}です。", rules.in_advance)


def not_begun(use: Use, rules: BookingRules, at: datetime) -> list[Finding]:
    """On the day itself, an hour that was agreed must lie ahead: nobody can come at an hour that is over."""
    if use.start_time is None or use.first_day != at.date() or use.start_time > at.time():
        return []
    hour = f"{weekday_day(use.first_day)} {clock(use.start_time)}"
    fact = f"{hour}は予約できません。もう過ぎています。あとの時刻か、ほかの日を選んでください。"
    return [Finding("not_past", Verdict.UNMET, "これからの時刻", fact, rules.in_advance)]


def shape(use: Use, service: Service) -> list[Finding]:
    """A stay has a night at least, a visit is one day, and a file may set the shortest and the longest use."""
    if service.kind is ServiceKind.STAY and use.nights < 1:
        fact = f"{service.label}は、1泊2日から予約できます。最後の日を選びなおしてください。"
    elif service.kind is ServiceKind.VISIT and use.nights > 0:
        fact = f"{service.label}は、1日ずつ予約します。日を1つ選んでください。"
    else:
        return [_length(use, service, service.length)] if service.length else []
    return [Finding("shape", Verdict.UNMET, "予約の長さ", fact, service.hours.source)]


def closed_days(use: Use, service: Service) -> list[Finding]:
    """One finding for each closed season of the service."""
    return [_closed(use, service, season) for season in service.closed]


def vaccination(use: Use, service: Service, days: Collection[date]) -> list[Finding]:
    """Where the service is not possible on the day of a vaccination: whether one of its days is declared as such."""
    if service.vaccination is None:
        return []
    title = "予防接種の日ではない"
    hit = [day for day in each_day(use.first_day, use.last_day) if day in days]
    if hit:
        rule = f"予防接種の当日は{service.label}を使えません。"
        fact = f"{weekday_day(hit[0])}は予約できません。{rule}ほかの日を選んでください。"
        return [Finding("vaccination_day", Verdict.UNMET, title, fact, service.vaccination)]
    fact = f"{span(use.first_day, use.last_day)}に予防接種の予定はありません。"
    return [Finding("vaccination_day", Verdict.MET, title, fact, service.vaccination)]


def day_taken(use: Use, held: Sequence[Use], rules: BookingRules, labels: Mapping[str, str]) -> Finding:
    """No more uses on one day than the programme allows a household. `labels` name the services that it has."""
    title, source = f"1日に使えるのは{rules.uses_per_day}つ", rules.uses_per_day_source
    fullest: list[Use] = []
    for day in each_day(use.first_day, use.last_day):
        others = [item for item in held if item.status in HOLDS_DAYS and item.first_day <= day <= item.last_day]
        if len(others) >= rules.uses_per_day:
            booked = "と".join(dict.fromkeys(labels.get(item.service, "ほか") for item in others))
            fact = f"{weekday_day(day)}は予約できません。{booked}の予約があり、{title}です。ほかの日を選んでください。"
            return Finding("one_use_per_day", Verdict.UNMET, title, fact, source)
        fullest = max(fullest, others, key=len)
    number = f"{len(fullest)}つです" if fullest else "ありません"
    fact = f"{span(use.first_day, use.last_day)}に、ほかの予約は{number}。"
    return Finding("one_use_per_day", Verdict.MET, title, fact, source)


def hours(use: Use, service: Service, children: int) -> list[Finding]:
    """The hour of arrival and the length of a visit, as far as they are agreed and the file sets them."""
    findings = []
    if use.start_time is not None and (service.hours.opens or service.hours.closes):
        findings.append(_start(use, service, service.hours, use.start_time, children))
    if use.hours is not None and service.duration is not None:
        findings.append(_duration(use.hours, service, service.duration, children))
    return findings


def _length(use: Use, service: Service, length: Length) -> Finding:
    bounds = _bounds(length, service)
    asked = _days_text(use.days, service)
    if length.shortest <= use.days <= (length.longest or use.days):
        return Finding("length", Verdict.MET, bounds, f"{asked}です。", length.source)
    fact = f"{asked}は予約できません。{service.label}は{bounds}です。最後の日を選びなおしてください。"
    return Finding("length", Verdict.UNMET, bounds, fact, length.source)


def _bounds(length: Length, service: Service) -> str:
    """1泊2日から6泊7日まで, 1泊2日から, 1回2日"""
    if length.shortest == length.longest:
        return f"1回{_days_text(length.shortest, service)}"
    until = f"{_days_text(length.longest, service)}まで" if length.longest else ""
    return f"{_days_text(length.shortest, service)}から{until}"


def _days_text(days: int, service: Service) -> str:
    return stay(days - 1) if service.kind is ServiceKind.STAY else f"{days}日"


def _closed(use: Use, service: Service, season: ClosedSeason) -> Finding:
    title = f"{season.label}の休みではない"
    hit = [day for day in each_day(use.first_day, use.last_day) if in_season(day, season)]
    name = f"{season.label}({season.first[0]}月{season.first[1]}日〜{season.last[0]}月{season.last[1]}日)"
    if hit:
        rule = f"{name}は{service.label}を使えません。"
        fact = f"{weekday_day(hit[0])}は予約できません。{rule}ほかの日を選んでください。"
        return Finding("closed_season", Verdict.UNMET, title, fact, season.source)
    fact = f"{month_day(use.first_day)}は{name}に入りません。"
    return Finding("closed_season", Verdict.MET, title, fact, season.source)


def _start(use: Use, service: Service, rule: Hours, start: time, children: int) -> Finding:
    """An end of the hours that the file leaves to the facility is not judged; outside of 原則 one asks.

    So one does where no length is agreed and the longest that the programme allows would run past the end.
    """
    begin = datetime.combine(use.first_day, start)
    end = begin + timedelta(hours=use.hours or 0)
    closes = datetime.combine(use.last_day, rule.closes) if rule.closes else None
    early = rule.opens is not None and start < rule.opens
    late = closes is not None and (begin >= closes or end > closes)
    longest = timedelta(hours=hours_of(use, service, children))
    title = f"{clock(rule.opens)}〜{clock(rule.closes)}" if rule.opens and rule.closes else rule.text
    if not early and not late and closes is not None and begin + longest > closes:
        return _may_run_over(service, rule, closes, begin, longest, title)
    if not early and not late:
        return Finding("hours", Verdict.MET, title, f"{clock(start)}からです。", rule.source)
    until = f"{clock(start)}から{hours_text(use.hours)}" if use.hours else f"{clock(start)}から"
    hours_are = f"{service.label}の時間は{rule.text}です。"
    if rule.principle:
        whom = _WHO_SETTLES[service.arranged_by]
        fact = f"{until}は、原則の時間の外です。{hours_are}使えるかどうかは、{whom}に確かめます。"
        return Finding("hours", Verdict.ASK, title, fact, rule.source)
    fact = f"{until}は予約できません。{hours_are}この中の時刻を選んでください。"
    return Finding("hours", Verdict.UNMET, title, fact, rule.source)


def _may_run_over(
    service: Service, rule: Hours, closes: datetime, begin: datetime, longest: timedelta, title: str
) -> Finding:
    most, until = minutes_text(round(longest.total_seconds() / 60)), clock(begin + longest)
    fact = (
        f"{clock(begin)}からだと、いちばん長い{most}のとき{until}までになり、{clock(closes)}を過ぎます。"
        f"{service.label}の時間は{rule.text}です。使えるかどうかは、{_WHO_SETTLES[service.arranged_by]}に確かめます。"
    )
    return Finding("hours", Verdict.ASK, title, fact, rule.source)


def _duration(hours: float, service: Service, rule: Duration, children: int) -> Finding:
    minutes, most = round(hours * 60), rule.for_children(children)
    longest = minutes_text(most)
    asked = f"{minutes}分" if most % 60 else hours_text(hours)  # the same unit on both sides of >
    title = f"1回{longest}以内"
    if minutes <= most:
        return Finding("duration", Verdict.MET, title, f"{asked}です。", rule.source)
    fact = (
        f"{asked}は予約できません。{service.label}は1回{longest}までで、"
        f"{asked} > {longest} です。{longest}以内なら予約できます。"
    )
    return Finding("duration", Verdict.UNMET, title, fact, rule.source)
