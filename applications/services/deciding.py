"""Deciding an application: one transaction for the decision, its grant, its letter with the number, and what follows.

The letter is rendered later by a worker; the number it carries is taken here and never again.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Unpack

from django.db import transaction
from django_fsm import TransitionNotAllowed

from applications.letters.content import LetterContent
from applications.letters.register import enter_letter
from applications.models import Application, Birth, Decision, Grant, Letter
from applications.selectors.duplicates import like_household
from applications.selectors.facts import assessment_of, facts_under_review
from applications.selectors.handed_in import handed_in
from applications.selectors.records import as_json, findings_as_json
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, pass_transition

from . import entitlements
from .preparing import ToGive, as_kept, prepare_approval, prepare_refusal
from .reducing import issue_with_approval, prepare_with_approval
from .settling_class import settle_class


def approve(
    application: Application,
    *,
    by: User,
    at: dt.datetime,
    corrected_age: bool | None = None,
    used_on_paper: Mapping[str, int] | None = None,
    class_reason: str = "",
    looked: bool = False,
    **given: Unpack[ToGive],
) -> Decision:
    """Grant what is `given`.

    `used_on_paper` of these units are used already, with coupons that came with the 母子健康手帳. `corrected_age`
    settles from which day the age is counted, if anything. `class_reason`: why a complete proof of another class is not
    accepted, where a letter says so. `looked`: whoever may be the same mother was looked at.

    Raises:
        AlreadyDecided: somebody else was first; says who, what and when. Nothing changes.
        NotToBeDecided: she took it back, or its hearing is not finished. NotLookedAt.
        What `prepare_approval` and `prepare_with_approval` raise.
    """
    settled: dict[str, Any] = {"corrected_age": corrected_age}
    if used_on_paper:
        settled["used_on_paper"] = dict(used_on_paper)
    content = prepare_approval(application, by=by, at=at, **settled, **given)
    class_code, services = given["class_code"], given["services"]
    judgement = prepare_with_approval(application, class_code, services=services, reason=class_reason, at=at)
    about = handed_in(application)
    alike = _alike(about.birth, looked=looked)
    with transaction.atomic():
        _take(application, Decision.Outcome.APPROVED)
        _settle_age(about.birth, corrected_age)
        decision = _kept(application, Decision.Outcome.APPROVED, by=by, at=at, granted=as_kept(given) | settled)
        settle_class(application, class_code, decision.decided_on)
        entitlements.grant(
            about.birth,
            version=about.version,
            origin=Grant.Origin.DECISION,
            decision=decision,
            services=services,
            limits=given["limits"],
            used_on_paper=used_on_paper,
            by=by,
            at=at,
        )
        _record("decision.approved", Letter.Kind.APPROVAL, decision, content, looked_at=alike)
        if judgement:
            issue_with_approval(judgement, application, at=at)
    return decision


def refuse(application: Application, *, by: User, at: dt.datetime, reason: str) -> Decision:
    """Refuse for `reason`, the facts and the rule as the letter will say them, one paragraph a line.

    Raises:
        AlreadyDecided, NotToBeDecided: as for `approve`.
        What `prepare_refusal` raises.
    """
    content = prepare_refusal(application, by=by, at=at, reason=reason)
    with transaction.atomic():
        _take(application, Decision.Outcome.REFUSED)
        decision = _kept(application, Decision.Outcome.REFUSED, by=by, at=at, reason=reason)
        _record("decision.refused", Letter.Kind.REFUSAL, decision, content)
    return decision


class AlreadyDecided(Exception):
    """Two deciders at once: the other one's `decision` stands."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.pk)
        self.decision = decision


class NotLookedAt(Exception):
    """Other households may be the same mother's, and nobody says to have looked at them."""


class NotToBeDecided(Exception):
    """The application does not wait for a decision (any more)."""


def _take(application: Application, outcome: Decision.Outcome) -> None:
    """Pass the transition, which only one decider can. The case comes before its birth, as `hold_family` says."""
    try:
        pass_transition(application.approve if outcome == Decision.Outcome.APPROVED else application.refuse)
    except (Overtaken, TransitionNotAllowed):
        earlier = Decision.objects.filter(application=application).select_related("by").first()
        raise AlreadyDecided(earlier) if earlier else NotToBeDecided from None


def _kept(application: Application, outcome: Decision.Outcome, *, by: User, at: dt.datetime, **said: Any) -> Decision:
    """Keep the facts and findings that the decision rests on."""
    on = clock.day_of(at)
    return Decision.objects.create(
        municipality_id=application.municipality_id,
        citizen_id=application.citizen_id,
        application=application,
        outcome=outcome,
        programme_version=handed_in(application).version,
        facts=as_json(facts_under_review(application, on=on)),
        findings=findings_as_json(assessment_of(application, on=on).findings),
        decided_at=at,
        decided_on=on,
        by=by,
        **said,
    )


def _alike(birth: Birth, *, looked: bool) -> list[str]:
    """The households that may be the same mother's, for whom units would be granted twice."""
    alike = [str(match.household.pk) for match in like_household(birth.household)]
    if alike and not looked:
        raise NotLookedAt
    return alike


def _record(verb: str, kind: Letter.Kind, decision: Decision, content: LetterContent, **looked: Any) -> None:
    """Its letter, which takes the number, and its event."""
    about, at = decision.application, decision.decided_at
    enter_letter(kind, content, about=about, on=decision.decided_on, at=at)
    events.record(verb, decision, at=at, by_id=decision.by_id, application=about.pk, **looked)


def _settle_age(birth: Birth, corrected_age: bool | None) -> None:
    if corrected_age is not None:
        birth.corrected_age = corrected_age
        birth.save(update_fields=["corrected_age"])
