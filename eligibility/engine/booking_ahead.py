"""The rules of a booking that look at when it is made: too late, too early, too many at once, applied too late."""

from collections.abc import Sequence
from datetime import date, timedelta

from eligibility.engine.applying import Lead
from eligibility.engine.terms import Limit, OfficeDays, Terms
from eligibility.engine.uses import Use, UseStatus
from eligibility.engine.values import Finding, Source, Verdict
from eligibility.engine.wording import span, weekday_day
from eligibility.engine.working_days import earliest_first_day, latest_day


def timing(use: Use, *, held: Sequence[Use], terms: Terms, on: date, applied_on: date | None) -> list[Finding]:
    """One finding for each such rule of the file; the application's lead needs the day she applied on."""
    rules, lead = terms.booking, terms.application.lead
    findings = []
    if rules.notice:
        findings.append(_notice(use, rules.notice, terms.office_days, on))
    if rules.horizon:
        findings.append(_horizon(use, rules.horizon, on))
    if rules.open_at_once:
        findings.append(_open_at_once(held, rules.open_at_once, on))
    if lead and applied_on:
        findings.append(_application_lead(use, lead, terms.office_days, applied_on))
    if rules.provisional:
        findings.append(_provisional(rules.provisional))
    return findings


def application_title(lead: Lead) -> str:
    return f"申請は、利用する日の{_lead_text(lead)}まで"


def notice_title(notice: Lead) -> str:
    return f"予約は、利用する日の{_lead_text(notice)}まで"


def horizon_title(horizon: Limit) -> str:
    return f"予約は{horizon.number}日先まで"


def at_once_title(most: Limit) -> str:
    return f"一度に予約できるのは{most.number}つまで"


def _notice(use: Use, notice: Lead, office_days: OfficeDays, on: date) -> Finding:
    rule = notice_title(notice)
    latest = latest_day(use.first_day, notice, office_days)
    if on <= latest:
        return Finding("notice", Verdict.MET, rule, f"{weekday_day(latest)}まで予約できます。", notice.source)
    earliest = weekday_day(earliest_first_day(on, notice, office_days))
    fact = f"{span(use.first_day, use.last_day)}は予約できません。{rule}です。{earliest}からの日を選んでください。"
    return Finding("notice", Verdict.UNMET, rule, fact, notice.source)


def _horizon(use: Use, horizon: Limit, on: date) -> Finding:
    title = horizon_title(horizon)
    latest = on + timedelta(days=horizon.number)
    if use.first_day <= latest:
        return Finding("horizon", Verdict.MET, title, f"{weekday_day(latest)}まで予約できます。", horizon.source)
    fact = (
        f"{span(use.first_day, use.last_day)}は、まだ予約できません。いま予約できるのは、{horizon.number}日先の"
        f"{weekday_day(latest)}までです。{weekday_day(latest)}までの日を選んでください。"
    )
    return Finding("horizon", Verdict.UNMET, title, fact, horizon.source)


def _open_at_once(held: Sequence[Use], most: Limit, on: date) -> Finding:
    """Bookings to come: asked for or confirmed, and not over."""
    title = at_once_title(most)
    to_come = sum(other.status is UseStatus.LIVE and other.last_day >= on for other in held)
    if to_come < most.number:
        return Finding("open_at_once", Verdict.MET, title, f"これからの予約は、いま{to_come}つです。", most.source)
    fact = f"予約できません。これからの予約が、いま{to_come}つあります。{title}です。どれかを使うと予約できます。"
    return Finding("open_at_once", Verdict.UNMET, title, fact, most.source)


def _application_lead(use: Use, lead: Lead, office_days: OfficeDays, applied_on: date) -> Finding:
    title = application_title(lead)
    earliest = weekday_day(earliest_first_day(applied_on, lead, office_days))
    because = f"申請が{weekday_day(applied_on)}なので、使えるのは{earliest}からです。"
    if applied_on <= latest_day(use.first_day, lead, office_days):
        return Finding("application_lead", Verdict.MET, title, because, lead.source)
    fact = f"{span(use.first_day, use.last_day)}は予約できません。{because}{earliest}からの日を選んでください。"
    return Finding("application_lead", Verdict.UNMET, title, fact, lead.source)


def _provisional(source: Source) -> Finding:
    """A reminder, which refuses nothing: nobody here knows of her phone call."""
    fact = "予約の前に、施設に電話などで仮予約をしてください。"
    return Finding("provisional", Verdict.MET, "施設への仮予約", fact, source, decides=False)


def _lead_text(lead: Lead) -> str:
    """3日前, 土日・祝日などをのぞいて3日前"""
    return f"土日・祝日などをのぞいて{lead.days}日前" if lead.working else f"{lead.days}日前"
