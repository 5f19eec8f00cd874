"""Why an application is refused: a draft from what was found, and a check that the final text says something.

A reason names the facts and then the rule (行政手続法8条): a rule alone tells nobody what it was about her.
"""

from collections.abc import Iterable

from eligibility import engine

SHORTEST = 20
"""Characters below which a text that quotes no fact cannot hold a fact and a rule."""


def draft_reason(assessment: engine.Assessment, *, after_loss: bool = False) -> str:
    """A paragraph for each ground, fact first, then the rule's own sentence; "" where nothing stands against her.

    After a loss the rule is named, not quoted: its sentence speaks of a child.
    """
    paragraph = _paragraph_after_loss if after_loss else _paragraph
    return "\n".join(paragraph(finding) for finding in assessment.grounds_for_refusal)


def mistake_in(reason: str, assessment: engine.Assessment) -> str:
    """What is wrong with a reason, as a sentence that says what to do; "" if it may go out."""
    text = reason.strip()
    if not text:
        return "理由を書いてください。どの事実が、どのきまりに当たるかを書きます。"
    if any(fact in text for fact in _facts(assessment)) or len(_without_rules(text, assessment)) >= SHORTEST:
        return ""
    return "きまりだけでなく、申請した方の事実を書いてください。"


def _paragraph(finding: engine.Finding) -> str:
    return f"{finding.fact}「{finding.source.text}」({finding.source.document})と定められているため、承認できません。"


def _paragraph_after_loss(finding: engine.Finding) -> str:
    return f"{finding.fact}{finding.source.document}に定める「{finding.title}」に当たらないため、承認できません。"


def _facts(assessment: engine.Assessment) -> Iterable[str]:
    return (finding.fact for finding in assessment.grounds_for_refusal)


def _without_rules(text: str, assessment: engine.Assessment) -> str:
    for finding in assessment.findings:
        text = text.replace(finding.source.text, "")
    return text
