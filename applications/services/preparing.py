"""What must hold before a decision is taken, and what its letter would say. Nothing is written here.

The preview and the decision itself prepare in the same way, so what a decider saw is what goes out.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, NotRequired, TypedDict, Unpack

from applications.letters import compose
from applications.letters.content import LetterContent
from applications.letters.numbers import DECISIONS, number_label, refuse_closed
from applications.models import Application, Hearing
from applications.selectors.answers import clean_in
from applications.selectors.births import dates_of
from applications.selectors.facts import assessment_of
from applications.selectors.handbook import counts_paper
from applications.selectors.handed_in import handed_in
from applications.selectors.reasons import remarks_for
from applications.steps import Step
from eligibility import engine
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.pdf import MissingGlyph, missing_glyphs

DECIDE = "applications.decide"
NUMBER_TO_COME = "○"


class ToGive(TypedDict):
    """What is to be given: `services` with `limits` (pool code → units for all children together) at the price of
    `class_code`. `extension_reason`: why more than 原則; it is kept, and not printed.
    """

    services: Collection[str]
    limits: Mapping[str, int]
    class_code: str
    extension_reason: NotRequired[str]


def prepare_approval(
    application: Application,
    *,
    by: User,
    at: dt.datetime,
    corrected_age: bool | None = None,
    used_on_paper: Mapping[str, int] | None = None,
    **given: Unpack[ToGive],
) -> LetterContent:
    """The letter of an approval, its number still to come.

    Raises:
        PermissionDenied: not a decider here, or her own application.
        SameHands: whoever did the hearing may not decide in this municipality.
        NotGrantable: a limit lies beyond the rules, or beyond 原則 without a reason; or more was used on paper than
            there is, or anything where no coupons came with the handbook, or they were counted already.
        postpartum_portal.shared.pdf.MissingGlyph: the letter cannot be printed; names the characters.
    """
    authorise_decision(application, by)
    judge_grant(application, given)
    _judge_paper(application, given["limits"], used_on_paper or {})
    on = clock.day_of(at)
    content = compose.approval(
        application,
        number=number_to_come(application, on),
        on=on,
        services=given["services"],
        limits=given["limits"],
        class_code=given["class_code"],
        corrected_age=corrected_age,
    )
    return printable(content)


def prepare_refusal(application: Application, *, by: User, at: dt.datetime, reason: str) -> LetterContent:
    """The letter of a refusal, its number still to come.

    Raises:
        ReasonTooThin: the reason is not one; says what to put right.
        PermissionDenied, SameHands, MissingGlyph: as for `prepare_approval`.
    """
    authorise_decision(application, by)
    on = clock.day_of(at)
    check_reason(reason, application, on=on)
    content = compose.refusal(
        application,
        number=number_to_come(application, on),
        on=on,
        wished=clean_in(application, Step.WISHES).get("services", ()),
        reason=reason,
    )
    return printable(content)


def as_kept(given: ToGive) -> dict[str, Any]:
    """Plain JSON, as decisions and their changes keep what they gave."""
    return {
        "services": sorted(given["services"]),
        "limits": dict(given["limits"]),
        "class_code": given["class_code"],
        "extension_reason": given.get("extension_reason", ""),
    }


def same_hands(application: Application, by: User) -> bool:
    """Whether this person asked her on the phone, where hearing and decision are kept apart."""
    if not application.municipality.separate_decider:
        return False
    return Hearing.objects.filter(application=application, by=by).exists()


class SameHands(Exception):
    """Hearing and decision are kept apart in this municipality, and this person did the hearing."""


class NotGrantable(Exception):
    """The rules do not allow this grant. The message says what and why."""


class ReasonTooThin(Exception):
    """The reason of a decision says too little, or what it must not. The message says what to put right."""


def authorise_decision(application: Application, by: User) -> None:
    """Raises PermissionDenied or SameHands: as `prepare_approval`."""
    authorise(by, DECIDE, application)
    if same_hands(application, by):
        raise SameHands


def check_reason(reason: str, application: Application, *, on: dt.date) -> None:
    """Raises ReasonTooThin: it may not go out like this."""
    remarks = remarks_for(application, reason, assessment_of(application, on=on))
    if mistakes := "".join(remark.text for remark in remarks if remark.blocks):
        raise ReasonTooThin(mistakes)


def number_to_come(application: Application, on: dt.date) -> str:
    """How a letter that is not decided yet writes its number.

    Raises:
        SeriesClosed: none can be given now.
    """
    refuse_closed(application.municipality, on, DECISIONS)
    return number_label(application.municipality, wareki.fiscal_year(on), NUMBER_TO_COME)


def printable(content: LetterContent) -> LetterContent:
    """Raises MissingGlyph: a character that no letter font has."""
    missing = missing_glyphs(content.printed_text())
    if missing:
        raise MissingGlyph(missing)
    return content


def judge_grant(application: Application, given: ToGive) -> None:
    """Raises NotGrantable: as `prepare_approval`."""
    terms, children = handed_in(application).terms, dates_of(handed_in(application).birth).counted_children
    services, limits = given["services"], given["limits"]
    drawn_on = {pool.code for service in services for pool in terms.pools_of(service)}
    if not services or drawn_on != set(limits):
        raise NotGrantable("承認する種類を選び、それぞれの回数を入れてください。")
    grant, reasoned = engine.Grant(limits, frozenset(services)), given.get("extension_reason", "").strip()
    for finding in engine.judge_grant(grant, children=children, terms=terms):
        if finding.verdict is not engine.Verdict.MET and not (finding.overridable and reasoned):
            raise NotGrantable(f"{finding.title}。{finding.fact}")


def _judge_paper(application: Application, limits: Mapping[str, int], used: Mapping[str, int]) -> None:
    if used and not counts_paper(application):
        raise NotGrantable("紙の利用券で使った分は、もう数えてあるか、手帳と一緒に渡されていません。")
    if any(units > limits.get(code, 0) for code, units in used.items()):
        raise NotGrantable("紙の利用券で使った分が、承認する回数を超えています。")
