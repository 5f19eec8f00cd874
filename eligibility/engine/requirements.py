"""What a programme asks about her: AND over its requirements, OR within one."""

from functools import lru_cache
from typing import TypeAlias

from eligibility.engine.applying import Requirement
from eligibility.engine.facts import Facts
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Verdict

Answers: TypeAlias = tuple[bool | None, ...]
"""What she told about each circumstance of a requirement, in the file's order; None: not known."""


def requirement_findings(facts: Facts, terms: Terms) -> list[Finding]:
    """One for each: settled as soon as one circumstance settles it, open while it hangs on unknown ones."""
    told = facts.told.get
    return [_judge(terms, number, tuple(map(told, codes))) for number, codes in enumerate(_circumstances(terms))]


@lru_cache
def _circumstances(terms: Terms) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(item.code for item in requirement.circumstances) for requirement in terms.requirements)


@lru_cache(maxsize=4096)
def _judge(terms: Terms, number: int, answers: Answers) -> Finding:
    """Few answers are possible to a requirement, so each finding is written once."""
    requirement = terms.requirements[number]
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
