"""The answer to the public check: the engine's assessment, put into one headline, its days and its ruler."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_lazy

from eligibility.days import IfAllowed, LastDay, draw_ruler, if_allowed, last_days, marks
from eligibility.engine import (
    ANYWHERE,
    HANDBOOK,
    Assessment,
    Facts,
    Family,
    Finding,
    Place,
    ServiceOutlook,
    Source,
    Terms,
    ToldRule,
    Verdict,
    Window,
    WindowKind,
    assess,
    beforehand,
)
from eligibility.outcomes import Outcome, deciding, is_of_facilities, is_unanswered, of_all, of_service, unanswered
from postpartum_portal.shared import wareki
from postpartum_portal.shared.ruler import Mark, Ruler

_SEVERAL = {2: gettext_lazy("双子のお子さん"), 3: gettext_lazy("三つ子のお子さん")}


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding and, where the check knows better than the verdict's own word, the word beside it."""

    finding: Finding
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """The answer about some services: 宿泊型・通所型, what it is, and why."""

    label: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    lines: tuple[Line, ...]
    """One for each answer that differs; empty where one holds for all services."""
    against: tuple[Finding, ...]
    """The conditions that are not met."""
    reasons: tuple[Reason, ...]
    """What the headline rests on, worst first."""
    conditions: tuple[Reason, ...]
    """What bears on when to apply and on the price, not on whether she may use the programme."""
    unanswered: tuple[str, ...]
    """The circumstances whose answer is still needed."""
    may_apply: bool
    opens_later: bool
    """Applying opens on a day to come, of which she may be told."""
    applying: str
    """From when she may apply."""
    provisional: bool
    """The days are reckoned from the due date."""
    applying_first: bool
    """The headline says from when she may apply: while questions are open, and that day is to come, nothing is hers
    to use yet."""
    after_loss: bool
    """Nothing on the page quotes the programme's own sentences then: they speak of a child."""
    priced: tuple[ServiceOutlook, ...]
    """The services that may be for her."""
    last_days: tuple[LastDay, ...]
    if_allowed: IfAllowed | None
    """What a child born early may yet be given, where the centre decides it."""
    beforehand: tuple[ToldRule, ...]
    """What she would else learn only when she applies or books."""
    of_whom: str
    """双子のお子さん: all of them have the same days. "" of a single child."""
    ruler: Ruler | None
    marks: tuple[Mark, ...]

    @property
    def headline(self) -> str:
        return self.applying.rstrip("。.") if self.applying_first else self.outcome.headline


def answer(facts: Facts, terms: Terms, *, on: dt.date, place: Place = ANYWHERE) -> Answer:
    """What the check says on a day. `place` holds the amounts that the municipality has entered."""
    assessment = assess(facts, terms, on=on, place=place)
    found = [(outlook, of_service(outlook, facts, terms, on=on)) for outlook in assessment.services]
    outcome = of_all(each for _, each in found)
    hers = tuple(outlook for outlook, each in found if each is not Outcome.NO) or assessment.services
    judged = deciding(assessment.findings, facts, terms)
    return Answer(
        outcome=outcome,
        lines=_lines(found, facts, terms),
        against=tuple(item for item in judged if item.verdict is Verdict.UNMET),
        reasons=tuple(_reason(item, facts, terms) for item in judged),
        conditions=_conditions(facts, assessment),
        unanswered=tuple(dict.fromkeys(code for item in judged for code in _open(item, facts, terms))),
        may_apply=assessment.may_apply(on),
        opens_later=facts.birth_date is None and assessment.opens_on is not None and assessment.opens_on > on,
        applying=_applying(assessment.window, on),
        applying_first=outcome is Outcome.OPEN and not assessment.may_apply(on),
        provisional=facts.birth_date is None,
        after_loss=facts.family is Family.BEREAVED,
        priced=tuple(outlook for outlook, each in found if each not in (Outcome.NO, Outcome.OVER)),
        last_days=last_days(hers),
        if_allowed=if_allowed(facts, hers, on=on),
        beforehand=_beforehand(facts, terms, place, on),
        of_whom=str(_SEVERAL.get(facts.children, "")) if facts.family is not Family.BEREAVED else "",
        ruler=draw_ruler(hers, assessment, on=on),
        marks=marks(facts, hers, assessment, on=on),
    )


def _beforehand(facts: Facts, terms: Terms, place: Place, on: dt.date) -> tuple[ToldRule, ...]:
    if facts.family is Family.BEREAVED:
        return ()
    return tuple(rule for rule in beforehand(terms, place=place, on=on) if facts.children > 1 or not rule.of_twins)


def _lines(found: Sequence[tuple[ServiceOutlook, Outcome]], facts: Facts, terms: Terms) -> tuple[Line, ...]:
    """Services with the same answer and the same reason together."""
    if len({each for _, each in found}) == 1:
        return ()
    labels: dict[tuple[Outcome, str], list[str]] = {}
    for outlook, each in found:
        labels.setdefault((each, _sentence(outlook, each, facts, terms)), []).append(outlook.service.short_label)
    return tuple(Line("・".join(same), each, sentence) for (each, sentence), same in labels.items())


def _sentence(outlook: ServiceOutlook, outcome: Outcome, facts: Facts, terms: Terms) -> str:
    """Until when, or what stands against it."""
    last = outlook.period.last
    if outcome is Outcome.YES:
        return _until(outlook, last) if last else outlook.period.arithmetic
    if outcome is Outcome.OVER and last:
        return gettext("使える最後の日は、%(day)sでした。") % {"day": wareki.full(last)}
    verdict = Verdict.UNMET if outcome is Outcome.NO else Verdict.ASK
    told = [item.fact for item in deciding(outlook.findings, facts, terms) if item.verdict is verdict]
    return "".join(dict.fromkeys(told))


def _until(outlook: ServiceOutlook, last: dt.date) -> str:
    if outlook.period.provisional:
        return gettext("予定日どおりに生まれると、%(day)sまで使えます。") % {"day": wareki.full(last)}
    return gettext("%(day)sまで使えます。") % {"day": wareki.full(last)}


def _open(finding: Finding, facts: Facts, terms: Terms) -> list[str]:
    return unanswered(finding, facts, terms) if finding.verdict is Verdict.ASK else []


def _reason(finding: Finding, facts: Facts, terms: Terms) -> Reason:
    word = ""
    if is_unanswered(finding, facts, terms):
        word = Outcome.OPEN.word
    elif finding.verdict is Verdict.ASK and is_of_facilities(finding):
        word = gettext("施設に確かめます")
    return Reason(_unquoted(finding) if facts.family is Family.BEREAVED else finding, word)


def _conditions(facts: Facts, assessment: Assessment) -> tuple[Reason, ...]:
    """After a loss it is talked over: the rules about applying speak of a child."""
    if facts.family is Family.BEREAVED:
        return ()
    told_beforehand = (HANDBOOK,)
    open_ones = (item for item in assessment.findings if not item.decides and item.code not in told_beforehand)
    return tuple(Reason(item, _condition_word(item)) for item in open_ones)


def _condition_word(finding: Finding) -> str:
    if finding.verdict is Verdict.UNMET:
        return gettext("まだです")
    if finding.verdict is not Verdict.ASK:
        return ""
    return gettext("日は公表されていません") if finding.code == "application_window" else gettext("証明書で決まります")


def _applying(window: Window, on: dt.date) -> str:
    if window.kind is WindowKind.ANY_TIME:
        return gettext("いつでも申請できます。")
    if window.kind is WindowKind.UNPUBLISHED:
        return gettext("申請できるのは「%(arithmetic)s」です。") % {"arithmetic": window.arithmetic}
    if window.opens_on is None:
        return window.arithmetic
    return (
        gettext("今日から申請できます。")
        if window.is_open(on)
        else gettext("%(day)sから申請できます。") % {"day": wareki.full(window.opens_on)}
    )


def _unquoted(finding: Finding) -> Finding:
    return replace(finding, source=Source("", ""))
