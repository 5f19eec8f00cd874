"""What the public check says of a service, and of all of them: the engine's verdicts as an answer to her."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.engine import Facts, Family, Finding, ServiceOutlook, Terms, Verdict


class Outcome(StrEnum):
    """The best first. For all services together the best of theirs counts; SOME where not all are YES with it."""

    YES = "yes"
    SOME = "some"
    OPEN = "open"
    """Nothing speaks against it, but questions are unanswered."""
    FACILITY = "facility"
    """The programme leaves the answer to the facilities."""
    PHONE = "phone"
    BIRTH_NEEDED = "birth_needed"
    """By the due date the time is over; only the birth can tell."""
    NO = "no"
    OVER = "over"
    """The last day has passed."""

    @property
    def headline(self) -> str:
        return str(_HEADLINES[self])

    @property
    def word(self) -> str:
        """The answer about a single service."""
        return str(_WORDS[self])

    @property
    def why(self) -> str:
        """What stands above the findings."""
        return str(_WHY.get(self, _("ひとつずつの答え")))

    @property
    def verdict(self) -> Verdict:
        """The shape and colour beside it."""
        return _VERDICTS.get(self, Verdict.ASK)


_HEADLINES = {
    Outcome.YES: gettext_lazy("使えます"),
    Outcome.SOME: gettext_lazy("使えるものがあります"),
    Outcome.OPEN: gettext_lazy("使える時期です"),
    Outcome.FACILITY: gettext_lazy("施設へお問い合わせください"),
    Outcome.PHONE: gettext_lazy("電話で確かめます"),
    Outcome.BIRTH_NEEDED: gettext_lazy("生まれた日で決まります"),
    Outcome.NO: gettext_lazy("いまは使えません"),
    Outcome.OVER: gettext_lazy("いまは使えません"),
}
_WORDS = {
    **_HEADLINES,
    Outcome.OPEN: gettext_lazy("まだわかりません"),
    Outcome.NO: gettext_lazy("使えません"),
    Outcome.OVER: gettext_lazy("使える期間は終わりました"),
}
_WHY = {
    Outcome.YES: gettext_lazy("なぜ使えるのか"),
    Outcome.NO: gettext_lazy("なぜ使えないのか"),
    Outcome.OVER: gettext_lazy("なぜ使えないのか"),
}
_VERDICTS = {
    Outcome.YES: Verdict.MET,
    Outcome.SOME: Verdict.MET,
    Outcome.NO: Verdict.UNMET,
    Outcome.OVER: Verdict.UNMET,
}


def of_all(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    best = min(found, key=list(Outcome).index)
    return Outcome.SOME if best is Outcome.YES and len(found) > 1 else best


def of_service(outlook: ServiceOutlook, facts: Facts, terms: Terms, *, on: date) -> Outcome:
    """After a loss nothing was asked about her, so nothing of it is judged here: the centre talks it over."""
    judged = deciding(outlook.findings, facts, terms)
    if outlook.period.last is not None and outlook.period.last < on:
        if outlook.period.provisional:
            return Outcome.BIRTH_NEEDED
        if any(finding.verdict is Verdict.UNMET and _is_of_age(finding) for finding in judged):
            return Outcome.OVER
    if any(finding.verdict is Verdict.UNMET for finding in judged):
        return Outcome.NO
    asking = [finding for finding in judged if finding.verdict is Verdict.ASK]
    if not asking or (facts.family is Family.BEREAVED and all(map(_is_of_age, asking))):
        return Outcome.YES
    if any(is_unanswered(finding, facts, terms) for finding in asking):
        return Outcome.OPEN
    return Outcome.FACILITY if all(map(is_of_facilities, asking)) else Outcome.PHONE


def deciding(findings: Iterable[Finding], facts: Facts, terms: Terms) -> list[Finding]:
    """The findings that bear on whether she may use it, as far as she was asked."""
    unasked = {rule.code for rule in terms.requirements} if facts.family is Family.BEREAVED else set()
    return [finding for finding in findings if finding.decides and finding.code not in unasked]


def is_unanswered(finding: Finding, facts: Facts, terms: Terms) -> bool:
    """Whether it hangs on a question of the form that she has left open."""
    return finding.verdict is Verdict.ASK and bool(unanswered(finding, facts, terms))


def unanswered(finding: Finding, facts: Facts, terms: Terms) -> list[str]:
    """The circumstances a requirement still waits for. Where the rule says 原則 and she told something against it,
    the centre settles it.
    """
    asked = next((rule.circumstances for rule in terms.requirements if rule.code == finding.code), ())
    return [] if finding.overridable else [item.code for item in asked if item.code not in facts.told]


def is_of_facilities(finding: Finding) -> bool:
    """Whether the facility is asked, not the centre."""
    return finding.code.startswith("ask_beyond")


def _is_of_age(finding: Finding) -> bool:
    return finding.code.startswith("age")
