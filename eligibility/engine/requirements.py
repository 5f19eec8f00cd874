"""What a programme asks about her: AND over its requirements, OR within one."""

from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from eligibility.engine.applying import Requirement
from eligibility.engine.facts import Facts
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Verdict

Answers: TypeAlias = tuple[bool | None, ...]
"""What she told about each circumstance, in the order in which they are asked; None: not known."""


def requirement_findings(facts: Facts, terms: Terms) -> tuple[Finding, ...]:
    """One for each: settled as soon as one circumstance settles it, open while it hangs on unknown ones."""
    return _findings(terms, tuple(map(facts.told.get, _asked(terms))))


@lru_cache
def _asked(terms: Terms) -> tuple[str, ...]:
    """The circumstances of each requirement in turn."""
    return tuple(item.code for requirement in terms.requirements for item in requirement.circumstances)


@lru_cache(maxsize=4096)
def _findings(terms: Terms, told: Answers) -> tuple[Finding, ...]:
    """Few answers are possible, so each sentence is written once."""
    left = iter(told)
    return tuple(_judge(item, tuple(islice(left, len(item.circumstances)))) for item in terms.requirements)


def _judge(requirement: Requirement, answers: Answers) -> Finding:
    told = _told(requirement, answers)
    holds = any(answers)
    if not holds and None in answers:
        return _finding(requirement, Verdict.ASK, [*told, *_still_open(requirement, answers)])
    if holds == requirement.expects:
        return _finding(requirement, Verdict.MET, told)
    against = [*told, requirement.otherwise] if requirement.otherwise else told
    if requirement.principle:
        return _finding(requirement, Verdict.ASK, against, overridable=True)
    return _finding(requirement, Verdict.UNMET, against)


def _told(requirement: Requirement, answers: Answers) -> list[str]:
    asked = zip(requirement.circumstances, answers, strict=True)
    return [item.yes if answer else item.no for item, answer in asked if answer is not None]


def _still_open(requirement: Requirement, answers: Answers) -> list[str]:
    asked = zip(requirement.circumstances, answers, strict=True)
    return [f"{item.question}(まだわかりません)" for item, answer in asked if answer is None]


def _finding(requirement: Requirement, verdict: Verdict, sentences: list[str], *, overridable: bool = False) -> Finding:
    return Finding(
        code=requirement.code,
        verdict=verdict,
        title=requirement.title,
        fact=" ".join(sentences),
        source=requirement.source,
        overridable=overridable,
        services=requirement.services,
    )
