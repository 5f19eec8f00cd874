"""Whether a household may use the programme: each condition judged, with periods and prices.

The public check, the centre's case page and the draft of a refusal all read this one answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eligibility.engine.age_findings import judge_ages
from eligibility.engine.ages import Period
from eligibility.engine.class_finding import class_finding, class_prices
from eligibility.engine.class_price import ClassPrice
from eligibility.engine.facts import Facts, Family
from eligibility.engine.families import family_findings
from eligibility.engine.handbook import handbook_findings
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.price_table import PriceRow
from eligibility.engine.requirements import requirement_findings
from eligibility.engine.residence import residence_findings, while_resident
from eligibility.engine.service import Service
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Verdict, worst_first
from eligibility.engine.windows import Window, WindowKind, application_window, window_title
from eligibility.engine.wording import day_seen_from


@dataclass(frozen=True, slots=True)
class ServiceOutlook:
    """A service as it stands for this household: whether, until when, at what price."""

    service: Service
    period: Period
    row: PriceRow
    price: ClassPrice
    findings: tuple[Finding, ...]
    """Those about it, also those about all services, worst first."""

    @property
    def verdict(self) -> Verdict:
        """The worst of the findings that decide."""
        return next(finding.verdict for finding in self.findings if finding.decides)

    @property
    def closed(self) -> bool:
        """Whether a refusal of this service could rest on something."""
        return any(finding.against for finding in self.findings)


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
        """The best of the services' verdicts; the window of applying and the proofs have no say in it."""
        return max((outlook.verdict for outlook in self.services), key=lambda verdict: verdict.rank)

    @property
    def opens_on(self) -> date | None:
        return self.window.opens_on

    def may_apply(self, on: date) -> bool:
        """Whether the window of applying is open on a day."""
        return self.window.is_open(on)

    @property
    def grounds_for_refusal(self) -> tuple[Finding, ...]:
        """What a refusal of everything could rest on: ✗, and what stands against a rule that says 原則.

        A finding about some services is one only when nothing is left open.
        """
        all_closed = all(outlook.closed for outlook in self.services)
        return tuple(item for item in self.findings if item.against and (all_closed or not item.services))

    def finding(self, code: str) -> Finding:
        """The finding with this code; KeyError where there is none."""
        for finding in self.findings:
            if finding.code == code:
                return finding
        raise KeyError(code)


def assess(facts: Facts, terms: Terms, *, on: date, place: Place = ANYWHERE) -> Assessment:
    """Judge every condition of the programme for these facts on a day, at a facility where one is chosen."""
    terms = terms.said_to(facts.family)
    window = application_window(facts, terms)
    ages, by_age = judge_ages(facts, terms, on=on, place=place)
    periods = [while_resident(period, facts, terms) for period in by_age]
    used_on, used_until = _days_of_use(periods, on)
    household, class_code = class_finding(facts, terms, on=used_on, last=used_until, place=place)
    findings = worst_first(
        [
            *requirement_findings(facts, terms),
            *family_findings(facts, terms),
            *ages,
            *residence_findings(facts, terms, on=on),
            _application(window, facts, terms, on),
            *handbook_findings(facts, terms, on=on),
            *([household] if household else []),
        ]
    )
    prices = class_prices(terms, class_code, facts.counted_children, place, used_on)
    outlooks = tuple(
        ServiceOutlook(service, period, row, price, about)
        for service, period, (row, price), about in zip(
            terms.services, periods, prices, _about(findings, terms), strict=True
        )
    )
    return Assessment(findings, window, outlooks, class_code)


def _days_of_use(periods: Sequence[Period], on: date) -> tuple[date, date | None]:
    """The first day from now on which anything may be used, and the last. Every period begins at the birth."""
    first = periods[0].first
    last = max((period.last for period in periods if period.last), default=None)
    return on if first is None or first < on else first, last


def _application(window: Window, facts: Facts, terms: Terms, on: date) -> Finding:
    verdict, fact = _applying(window, facts, on)
    return Finding("application_window", verdict, window_title(facts, terms), fact, window.source, decides=False)


def _applying(window: Window, facts: Facts, on: date) -> tuple[Verdict, str]:
    if window.kind is WindowKind.ANY_TIME:
        return Verdict.MET, "いつでも申請できます。"
    if window.kind is WindowKind.UNPUBLISHED:
        return Verdict.ASK, f"申請できるのは「{window.arithmetic}」です。何日からかは公表されていません。"
    if window.opens_on is None:
        expected = facts.due_date is not None and facts.family is not Family.BEREAVED
        return Verdict.UNMET if expected else Verdict.ASK, window.arithmetic
    opens = day_seen_from(window.opens_on, on)
    if on < window.opens_on:
        return Verdict.UNMET, f"{opens}から申請できます({window.arithmetic})。"
    return Verdict.MET, f"{opens}から申請できるようになりました({window.arithmetic})。"


def _about(findings: tuple[Finding, ...], terms: Terms) -> list[tuple[Finding, ...]]:
    """For each service the findings about it; most programmes have none about one alone."""
    if not any(finding.services for finding in findings):
        return [findings] * len(terms.services)
    return [
        tuple(finding for finding in findings if not finding.services or service.code in finding.services)
        for service in terms.services
    ]
