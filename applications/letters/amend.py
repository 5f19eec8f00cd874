"""利用承認変更決定通知書: what an approval said, what it says now, and why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from applications.models import Birth, Decision, Letter
from applications.selectors.handed_in import handed_in
from postpartum_portal.shared import wareki

from . import compose
from .content import Change, Fact, Grant, LetterContent, paragraphs
from .original import named, told_of

UNCHANGED = "この通知書にないことは、もとの通知書のとおりです。"
BIRTH_TOLD, AGE_SETTLED, OTHERWISE = "生まれた日の届け出", "月齢の数え方の変更", "届け出"
PERSON, CLASS = "利用する方", "利用者負担の区分"
"""Rows that a record changes by other ways, each with papers of its own; the class is a decider's to change."""
NOTHING = ("なし",)


def approval_now(
    decision: Decision, original: Letter | None, granted: Mapping[str, Any], limits: Mapping[str, int]
) -> LetterContent:
    """What the approval's letter would print by today's record of what is `granted`: dated and priced as it was."""
    return compose.approval(
        decision.application,
        number=original.label if original else "",
        on=decision.decided_on,
        services=granted["services"],
        limits=limits,
        class_code=granted["class_code"],
    )


def changes(before: LetterContent, now: LetterContent, *, by_will: bool = False) -> tuple[Change, ...]:
    """What is given otherwise than it was printed; a date that was reckoned and has come true is the same.

    Unless a decider wills it, a class is not compared, nor a price as long as the number of children is the same: else
    a birth does not move it.
    """
    elsewhere = {PERSON} if by_will else {PERSON, CLASS}
    printed = {fact.label: fact for fact in before.facts}
    told = [
        Change(row.label, *_different(printed[row.label].lines, row.lines))
        for row in now.facts
        if row.label in printed and row.label not in elsewhere and _meant(printed[row.label]) != _meant(row)
    ]
    priced = by_will or _children(before) != _children(now)
    rows = {grant.service: grant for grant in before.grants}
    kept = {grant.service for grant in now.grants}
    gone = [row for row in before.grants if by_will and row.service not in kept]
    return (
        *told,
        *(change for row in now.grants for change in _of_grant(rows.get(row.service), row, priced=priced)),
        *(Change(f"{row.service}の回数", _line(row.units), NOTHING) for row in gone),
    )


def amendment(
    decision: Decision,
    original: Letter | None,
    before: LetterContent,
    now: LetterContent,
    *,
    number: str,
    on: dt.date,
    reason: str = "",
) -> LetterContent:
    """The letter of the changes between what was printed and what holds now. `reason`: a decider's, who wills them.

    A service that is given only now brings its own sentences on how to cancel.
    """
    application = decision.application
    given = handed_in(application)
    kind, told = given.terms.letters.amendment, told_of(decision, original)
    new = tuple(sentence for sentence in now.instructions if reason and sentence not in before.instructions)
    return LetterContent(
        **compose.frame(application, kind, given.terms, number=number, on=on, **told),
        facts=(
            compose.person_and_children(given.birth)[0],
            Fact("もとの通知書", named(decision, original)),
            Fact("変更の理由", paragraphs(reason) or tuple(_reasons(given.birth, before, now))),
        ),
        changes=changes(before, now, by_will=bool(reason)),
        instructions_heading="ほかのこと" if new else "変わらないこと",
        instructions=(*new, UNCHANGED),
    )


def _of_grant(was: Grant | None, row: Grant, *, priced: bool) -> Iterable[Change]:
    if (was.units if was else "") != row.units:
        yield Change(f"{row.service}の回数", _line(was.units if was else ""), _line(row.units))
    if priced and (was.copayment if was else "") != row.copayment:
        yield Change(f"{row.service}の利用者負担額", _line(was.copayment if was else ""), _line(row.copayment))


def _line(text: str) -> tuple[str, ...]:
    return (text,) if text else NOTHING


def _different(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that are not the same on both sides, without the brackets in which a row puts its arithmetic."""
    gone = tuple(_bare(line) for line in before if line not in after)
    come = tuple(_bare(line) for line in after if line not in before)
    return gone or NOTHING, come or NOTHING


def _bare(line: str) -> str:
    return line[1:-1] if line.startswith("(") and line.endswith(")") else line


def _meant(fact: Fact) -> tuple[str, ...]:
    """A row without what is only the way of saying it: whether a day was reckoned, how the birth is dated."""
    if fact.label == compose.CHILDREN:
        return tuple(line.partition("(")[0] for line in fact.lines)
    return tuple(line.replace(compose.IF_ON_TIME, "") for line in fact.lines)


def _children(content: LetterContent) -> tuple[str, ...]:
    return next((_meant(fact) for fact in content.facts if fact.label == compose.CHILDREN), ())


def _reasons(birth: Birth, before: LetterContent, now: LetterContent) -> Iterable[str]:
    said = [next((fact for fact in content.facts if fact.label == compose.CHILDREN), None) for content in (before, now)]
    born = said[0] != said[1] and birth.born_on
    if born:
        yield f"{BIRTH_TOLD}({wareki.no_weekday(born)}生まれ)"
    if birth.age_reason:
        yield AGE_SETTLED
    if not born and not birth.age_reason:
        yield OTHERWISE
