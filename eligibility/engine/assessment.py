"""Whether a household may use the programme: each condition judged, with periods and prices.

The public check, the centre's case page and the draft of a refusal all read this one answer.
"""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.facts import Facts
from eligibility.engine.pricing import ClassPrice, PriceRow, effective_class, price_row
from eligibility.engine.service import AgeLimit, Service
from eligibility.engine.terms import Requirement, Terms
from eligibility.engine.values import Finding, Verdict, worst_first
from eligibility.engine.windows import Period, Window, age_period, application_window
from eligibility.engine.wording import day_seen_from


@dataclass(frozen=True, slots=True)
class ServiceOutlook:
    """A service as it stands for this household: until when, at what price."""

    service: Service
    period: Period
    row: PriceRow
    price: ClassPrice


@dataclass(frozen=True, slots=True)
class Assessment:
    """Findings, worst first; the window of applying; each service's outlook."""

    findings: tuple[Finding, ...]
    window: Window
    services: tuple[ServiceOutlook, ...]
    household_class: str
    """The class that sets the prices shown."""

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of the findings that decide; the window of applying and the proofs do not."""
        return next(finding.verdict for finding in self.findings if finding.decides)

    @property
    def opens_on(self) -> date | None:
        return self.window.opens_on

    def may_apply(self, on: date) -> bool:
        """Whether the window of applying is open on a day."""
        return self.window.opens_on is not None and self.window.opens_on <= on

    @property
    def grounds_for_refusal(self) -> tuple[Finding, ...]:
        """The findings that a refusal could rest on: ✗, and what stands against a rule that says 原則."""
        return tuple(finding for finding in self.findings if finding.against)

    def finding(self, code: str) -> Finding:
        """The finding with this code; KeyError where there is none."""
        for finding in self.findings:
            if finding.code == code:
                return finding
        raise KeyError(code)


def assess(facts: Facts, terms: Terms, *, on: date) -> Assessment:
    """Judge every condition of the programme for these facts on a day."""
    window = application_window(facts, terms)
    household = effective_class(facts, terms)
    findings = [
        *(_requirement(requirement, facts) for requirement in terms.requirements),
        *(_age(limit, facts, terms, on) for limit in _age_limits(terms)),
        _application(window, terms, on),
        _household_class(facts, terms),
    ]
    outlooks = tuple(_outlook(service, facts, terms, household.code) for service in terms.services)
    return Assessment(worst_first(findings), window, outlooks, household.code)


def _requirement(requirement: Requirement, facts: Facts) -> Finding:
    """AND over requirements, OR within one: decided as soon as one circumstance holds, open while one is not known."""
    answers = {item: getattr(facts, item.code) for item in requirement.circumstances}
    told = [item.yes if answer else item.no for item, answer in answers.items() if answer is not None]
    open_questions = [f"{item.question}(まだわかりません)" for item, answer in answers.items() if answer is None]
    holds = any(answers.values())
    if open_questions and not holds:
        return _judged(requirement, Verdict.ASK, [*told, *open_questions])
    if holds == requirement.expects:
        return _judged(requirement, Verdict.MET, told)
    if requirement.principle:
        return _judged(requirement, Verdict.ASK, told, overridable=True)
    return _judged(requirement, Verdict.UNMET, told)


def _judged(requirement: Requirement, verdict: Verdict, sentences: list[str], *, overridable: bool = False) -> Finding:
    fact = " ".join(sentences)
    return Finding(requirement.code, verdict, requirement.title, fact, requirement.source, overridable=overridable)


def _age_limits(terms: Terms) -> tuple[AgeLimit, ...]:
    """The different age limits of the programme's services, in the file's order."""
    limits: list[AgeLimit] = []
    for service in terms.services:
        if service.age_limit not in limits:
            limits.append(service.age_limit)
    return tuple(limits)


def _age(limit: AgeLimit, facts: Facts, terms: Terms, on: date) -> Finding:
    period = age_period(limit, facts)
    code = _age_code(limit, terms)
    if period.last is None:
        return Finding(code, Verdict.ASK, limit.title, period.arithmetic, limit.source)
    last = day_seen_from(period.last, on)
    reckoning = f"({period.arithmetic})"
    if period.provisional and on > period.last:
        verdict, fact = (
            Verdict.ASK,
            f"予定日から数えると、{last}まででした{reckoning}。生まれた日を教えてください。",
        )
    elif period.provisional:
        verdict, fact = Verdict.MET, f"予定日どおりに生まれると、{last}まで使えます{reckoning}。"
    elif on > period.last:
        verdict, fact = Verdict.UNMET, f"使える最後の日は{last}でした{reckoning}。"
    else:
        verdict, fact = Verdict.MET, f"{last}まで使えます{reckoning}。"
    return Finding(code, verdict, limit.title, fact, limit.source)


def _age_code(limit: AgeLimit, terms: Terms) -> str:
    """`age` where the programme has one limit for all."""
    return "age" if len(_age_limits(terms)) == 1 else f"age_{limit.months}"


def _application(window: Window, terms: Terms, on: date) -> Finding:
    title = terms.application.title
    if window.opens_on is None:
        return Finding("application_window", Verdict.ASK, title, window.arithmetic, window.source, decides=False)
    opens = day_seen_from(window.opens_on, on)
    if on < window.opens_on:
        verdict, fact = Verdict.UNMET, f"{opens}から申請できます({window.arithmetic})。"
    else:
        verdict, fact = Verdict.MET, f"{opens}から申請できるようになりました({window.arithmetic})。"
    return Finding("application_window", verdict, title, fact, window.source, decides=False)


def _household_class(facts: Facts, terms: Terms) -> Finding:
    named = terms.household_class(facts.household_class)
    if named.waiver is None:
        rule = next((item.waiver for item in terms.classes if item.waiver), None)
        return Finding(
            "household_class",
            Verdict.NOT_APPLICABLE,
            "利用者負担額の免除",
            f"世帯の区分は「{named.label}」です。",
            rule.source if rule else terms.application.source,
            decides=False,
        )
    proof = named.waiver.proof
    title = f"{named.label}の{named.waiver.label}"
    if facts.proofs is None:
        verdict, fact = Verdict.ASK, f"申請のときに{proof.label}を添えると、利用者負担額は0円です。"
    elif proof.code in facts.proofs:
        verdict, fact = Verdict.MET, f"{proof.label}がそろっています。利用者負担額は0円です。"
    else:
        standing = terms.classes[0].label
        verdict, fact = Verdict.UNMET, f"{proof.label}がそろっていません。そろうまでの料金は「{standing}」です。"
    return Finding("household_class", verdict, title, fact, named.waiver.source, decides=False)


def _outlook(service: Service, facts: Facts, terms: Terms, household_class: str) -> ServiceOutlook:
    row = price_row(service, terms, children=facts.children)
    return ServiceOutlook(service, age_period(service.age_limit, facts), row, row.price_for(household_class))
