"""Why an application is refused: a draft from what was found.

A reason names the facts and then the rule (行政手続法8条): a rule alone tells nobody what it was about her.
`letters.linting` checks what the decider makes of it.
"""

from eligibility import engine


def draft_reason(assessment: engine.Assessment, *, after_loss: bool = False) -> str:
    """A paragraph for each ground, fact first, then the rule's own sentence; "" where nothing stands against her.

    After a loss the rule is named, not quoted: its sentence speaks of a child.
    """
    paragraph = _paragraph_after_loss if after_loss else _paragraph
    return "\n".join(paragraph(finding) for finding in assessment.grounds_for_refusal)


def _paragraph(finding: engine.Finding) -> str:
    return f"{finding.fact}「{finding.source.text}」({finding.source.document})と定められているため、承認できません。"


def _paragraph_after_loss(finding: engine.Finding) -> str:
    return f"{finding.fact}{finding.source.document}に定める「{finding.title}」に当たらないため、承認できません。"
