"""What the nurse hands to the decider, drafted from answers and findings: facts first, then rule and proposal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eligibility import engine

MARKS = {engine.Verdict.MET: "満たす", engine.Verdict.UNMET: "満たさない", engine.Verdict.ASK: "確かめる"}
"""What decides nothing has no mark, and is left to the page."""


def draft_grounds(
    script: engine.Script,
    told: Mapping[str, Any],
    assessment: engine.Assessment,
    terms: engine.Terms,
    *,
    wished: Iterable[str] = (),
) -> str:
    """Plain text in parts with headings, to be worded by the nurse; `told` by the codes of the script.

    A part that has nothing to say is left out. It recommends nothing by itself: it says which services are open, and
    where the rules let staff grant more, which answers speak for it.
    """
    parts = {
        "急ぐこと": [f"{question.text} → {follow.text}" for question, follow in _following(script, told, urgent=True)],
        "聞いたこと": list(_facts(script, told)),
        "きまり": [_rule(finding) for finding in assessment.findings if finding.verdict in MARKS],
        "案": list(_proposal(script, told, assessment, terms, frozenset(wished))),
    }
    return "\n\n".join("\n・".join([f"【{head}】", *lines]) for head, lines in parts.items() if lines)


def _following(
    script: engine.Script, told: Mapping[str, Any], *, urgent: bool
) -> list[tuple[engine.ScreeningQuestion, engine.FollowUp]]:
    return [(question, follow_up) for question, follow_up in script.following(told) if follow_up.urgent is urgent]


def _facts(script: engine.Script, told: Mapping[str, Any]) -> Iterator[str]:
    """What the rules judge stands under the rules."""
    for question in script.questions:
        said = question.said(told.get(question.code))
        if said and not question.judged:
            yield f"{question.text}: {said}"


def _rule(finding: engine.Finding) -> str:
    fact = finding.fact.strip() or finding.title
    return f"{fact} — {finding.title}: {MARKS[finding.verdict]}"


def _proposal(
    script: engine.Script,
    told: Mapping[str, Any],
    assessment: engine.Assessment,
    terms: engine.Terms,
    wished: frozenset[str],
) -> Iterator[str]:
    if assessment.grounds_for_refusal:
        yield "使えない理由があります。事実ときまりを、不承認の理由に書きます。"
        return
    open_ones = [outlook.service for outlook in assessment.services if not outlook.closed]
    chosen = [service.label for service in open_ones if not wished or service.code in wished]
    if chosen:
        yield f"使えるもののうち、希望: {'、'.join(chosen)}"
    more = [pool.label for pool in terms.pools if pool.principle]
    reasons = [
        f"{question.text}: {question.said(told.get(question.code))}"
        for question, _ in _following(script, told, urgent=False)
        if not question.judged
    ]
    if more and reasons:
        yield f"原則より増やすとき({'、'.join(more)})の理由の案: {'。'.join(reasons)}。"
