"""The rules of a booking that look at who comes: granted, family, requirements, twins, siblings, until which age.

After a loss no sentence speaks of a child: the same time counts from that day, and no rule on children bears on it.
"""

from dataclasses import replace
from datetime import date

from eligibility.engine.ages import Period, age_period, may_hang_on_due_date, narrowed, period_if_allowed, place_period
from eligibility.engine.facts import Facts, Family
from eligibility.engine.families import family_findings
from eligibility.engine.limits import asked_text
from eligibility.engine.place import Place
from eligibility.engine.requirements import requirement_findings
from eligibility.engine.residence import beyond_residence
from eligibility.engine.service import Service, TestedOn
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Grant, Use, children_of
from eligibility.engine.values import Finding, Source, Verdict
from eligibility.engine.windows import sure_period
from eligibility.engine.wording import span, weekday_day


def granted(service: Service, grant: Grant, terms: Terms) -> Finding:
    title, source = f"{service.label}の利用が承認されている", terms.booking.approved
    if service.code in grant.services:
        return Finding("service_granted", Verdict.MET, title, "承認されています。", source)
    early = terms.booking.before_granted
    if early and grant.awaited:
        not_yet = f"{terms.coupons.label}は、まだ交付" if terms.coupons else "利用は、まだ承認"
        fact = f"{not_yet}されていません。予約の申込みはできます。{early.answer.rstrip('。')}。"
        return Finding("service_granted", Verdict.ASK, title, fact, early.source)
    fact = f"{service.label}は予約できません。承認された種類に入っていません。センターに相談してください。"
    return Finding("service_granted", Verdict.UNMET, title, fact, source)


def who(use: Use, *, facts: Facts, terms: Terms, place: Place) -> list[Finding]:
    """The family, what she told about the requirements of this service, twins and siblings at this facility.

    What she has not told is not asked again: the decision that granted the service has judged it.
    """
    findings = [item for item in family_findings(facts, terms) if not item.services or use.service in item.services]
    told = [item for item in requirement_findings(facts, terms) if item.verdict is not Verdict.ASK or item.overridable]
    findings += [item for item in told if use.service in item.services]
    if children_of(use, facts) > 1 and place.multiples is not None:
        findings.append(_multiples(place, place.multiples))
    if use.siblings and facts.family is not Family.BEREAVED:
        findings.append(_siblings(place))
    return findings


def age(use: Use, service: Service, *, facts: Facts, grant: Grant, terms: Terms, place: Place) -> list[Finding]:
    """The birth is recorded where the file asks for it, and the use lies within the period; or one has to ask."""
    recorded = terms.booking.birth_recorded
    if recorded and facts.birth_date is None:
        return [_not_recorded(facts, recorded)]
    findings = [_recorded(facts, recorded)] if recorded else []
    inside = _inside(use, service, facts, grant, terms, place)
    ask = _ask(use, service, facts, place) if inside.verdict is Verdict.MET else []
    return [*findings, inside, *ask]


def _multiples(place: Place, taken: bool) -> Finding:
    title, name = "双子などの受け入れ", place.name or "この施設"
    source = place.source or Source(f"{title}: {'あり' if taken else 'なし'}", name)
    if taken:
        return Finding("multiples", Verdict.MET, title, f"{name}は、双子などを受け入れています。", source)
    fact = f"{name}は予約できません。双子などの受け入れをしていません。ほかの施設を選んでください。"
    return Finding("multiples", Verdict.UNMET, title, fact, source)


def _siblings(place: Place) -> Finding:
    title, name = "きょうだいの受け入れ", place.name or "この施設"
    if place.siblings is None:
        fact = f"{name}がきょうだいを受け入れるかどうかは、公表されていません。施設に確かめます。"
        return Finding("siblings", Verdict.ASK, title, fact, place.source or Source(f"{title}: 記載なし", name))
    source = place.source or Source(f"{title}: {'あり' if place.siblings else 'なし'}", name)
    if place.siblings:
        return Finding("siblings", Verdict.MET, title, f"{name}は、きょうだいを受け入れています。", source)
    fact = (
        f"きょうだいといっしょには予約できません。{name}は、きょうだいの受け入れをしていません。"
        "お母さんとお子さんだけで来るか、ほかの施設を選んでください。"
    )
    return Finding("siblings", Verdict.UNMET, title, fact, source)


def _not_recorded(facts: Facts, source: Source) -> Finding:
    if facts.family is Family.BEREAVED:
        fact = "予約できません。いつのことかの記録がまだありません。センターに知らせると予約できます。"
    else:
        fact = "予約できません。生まれた日の記録がまだありません。生まれた日を届け出ると予約できます。"
    return Finding("birth_recorded", Verdict.UNMET, _record_title(facts), fact, source)


def _recorded(facts: Facts, source: Source) -> Finding:
    assert facts.birth_date is not None  # noqa: S101 - asked by age
    return Finding(
        "birth_recorded", Verdict.MET, _record_title(facts), f"{weekday_day(facts.birth_date)}です。", source
    )


def _record_title(facts: Facts) -> str:
    return "いつのことかの記録" if facts.family is Family.BEREAVED else "生まれた日の記録"


def _inside(use: Use, service: Service, facts: Facts, grant: Grant, terms: Terms, place: Place) -> Finding:
    limit = service.age_limit
    by_place = place_period(place, facts, limit)
    own = grant.period or age_period(limit, facts)
    period = narrowed(own, by_place)
    if moved := beyond_residence(use, period, facts, terms):
        return moved
    title = place.age_limit.title if place.age_limit and period is by_place else limit.title
    if facts.family is Family.BEREAVED:
        title = "使える期間"
    when = _when(use, service)
    if _holds(period, use, service):
        if_born = "予定日どおりに生まれると、" if period.provisional else ""
        return Finding("period", Verdict.MET, title, f"{if_born}{when}は、使える期間の中です。", period.source)
    fact = f"{when}は予約できません。{_rule(use, service, period)}"
    elsewhere = _holds(own, use, service)
    if elsewhere:
        fact += "または、ほかの施設を選んでください。"
    allowed = period_if_allowed(limit, facts)
    by_then = place_period(place, replace(facts, corrected_age=True), limit)
    allowable = allowed is not None and _holds(narrowed(allowed, by_then), use, service)
    if allowable:
        fact += "早く生まれたお子さんの月齢を予定日から数えることをセンターが認めると、予約できます。"
    elif not elsewhere and may_hang_on_due_date(limit, facts, _tested_day(use, service)):
        fact += "早く生まれたお子さんは、出産予定日を届け出ると、期間がのびることがあります。"
    return Finding("period", Verdict.UNMET, title, fact, period.source, overridable=allowable)


def _rule(use: Use, service: Service, period: Period) -> str:
    if period.first is None or period.last is None:
        return period.arithmetic
    if use.first_day < period.first:
        first = weekday_day(period.first)
        return f"使えるのは{first}からです。{first}からの日を選んでください。"
    last = weekday_day(period.last)
    return f"{service.last_day_called}は{last}です({period.arithmetic})。{last}までの日を選んでください。"


def _ask(use: Use, service: Service, facts: Facts, place: Place) -> list[Finding]:
    """From an age on the page leaves the answer to the facility: neither yes nor no."""
    sure = sure_period(service, facts, place=place)
    rule = service.ask_beyond
    if rule is None or sure is None or facts.family is Family.BEREAVED or _holds(sure, use, service):
        return []
    fact = f"{_when(use, service)}を使えるかどうかは、施設によります。{rule.answer.rstrip('。')}。"
    return [Finding("ask_beyond", Verdict.ASK, rule.limit.title, fact, rule.limit.source)]


def _holds(period: Period, use: Use, service: Service) -> bool:
    return period.holds(use.first_day, _tested_day(use, service))


def _tested_day(use: Use, service: Service) -> date:
    return use.first_day if service.age_limit.tested_on is TestedOn.FIRST_DAY else use.last_day


def _when(use: Use, service: Service) -> str:
    return f"{span(use.first_day, use.last_day)}の{asked_text(use, service)}"
