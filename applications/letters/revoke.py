"""利用承認取消通知書: which approval ends, from which day, and why, by fact and rule."""

import datetime as dt

from applications.models import Birth, Decision, Letter
from applications.selectors.handed_in import handed_in
from postpartum_portal.shared import wareki

from . import compose
from .bereaved import without_children
from .content import Fact, LetterContent, paragraphs
from .original import named, told_of

FROM_DAY = "取り消す日"


def revocation(
    decision: Decision, original: Letter | None, *, number: str, on: dt.date, effective_on: dt.date, reason: str
) -> LetterContent:
    """The letter that ends an approval. `original`: its letter; None where it was given on paper or voided.

    As an adverse disposition it says how it may be contested. After a loss nothing of it speaks of a child.
    """
    application = decision.application
    given = handed_in(application)
    kind, told = given.terms.letters.revocation, told_of(decision, original)
    lost = given.birth.outcome == Birth.Outcome.LOST
    since = f"{wareki.no_weekday(effective_on)}(この日から利用できません)"
    return LetterContent(
        **compose.frame(application, kind, given.terms, number=number, on=on, **told),
        facts=(
            compose.person_and_children(given.birth)[0],
            Fact("もとの通知書", named(decision, original)),
            Fact(FROM_DAY, (since,)),
        ),
        reasons_heading="取り消す理由",
        reasons=paragraphs(reason),
        instructions_heading="これからのこと",
        instructions=without_children(kind.then) if lost else kind.then,
    )
