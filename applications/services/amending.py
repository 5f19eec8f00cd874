"""Amending an approval when the record no longer gives what its letter printed.

A draft is a row without a text: what it says is read from the record whenever it is looked at, and again when it is
issued, by the same function.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from applications.letters import amend
from applications.letters.content import LetterContent
from applications.letters.numbers import number_label
from applications.letters.register import enter_letter
from applications.models import Amendment, Application, Birth, Decision, Letter, Pool
from applications.selectors.amendments import Given, given_by, latest_text, original_of
from applications.selectors.births import dates_of
from applications.selectors.handed_in import handed_in
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.pdf import MissingGlyph, missing_glyphs

from .preparing import DECIDE, NUMBER_TO_COME, SameHands, same_hands


@dataclass(frozen=True, slots=True)
class Prepared:
    """The letter, its number still to come, and the approval's whole text as it holds from then on."""

    letter: LetterContent
    stands: LetterContent


def draft_amendments(birth: Birth, *, at: dt.datetime) -> None:
    """Draft what a changed record asks for, and drop a draft that nothing asks for any more.

    Part of the transaction that changed the record. After a loss nothing is drafted.
    """
    rows = Decision.objects.filter(application__birth=birth, application__status=Application.Status.APPROVED)
    for decision in rows.select_related("application").order_by("pk"):
        waiting = Amendment.objects.filter(decision=decision, issued_at=None)
        if not _differs(decision):
            waiting.delete()
        elif not waiting.exists():
            row = Amendment.objects.create(
                municipality_id=decision.municipality_id,
                citizen_id=decision.citizen_id,
                decision=decision,
                drafted_at=at,
            )
            events.record("amendment.drafted", row, at=at, by_id=None)


def drop_drafts(birth: Birth) -> None:
    """After a loss no letter is to say what a recorded birth has changed. Part of the caller's transaction."""
    Amendment.objects.filter(decision__application__birth=birth, issued_at=None).delete()


def prepare_amendment(amendment: Amendment, *, by: User, at: dt.datetime) -> Prepared:
    """The letter as it would be issued now.

    Raises:
        PermissionDenied: not a decider here, or her own application.
        SameHands: whoever did the hearing may not decide in this municipality.
        NothingToAmend: it was issued, or the record gives again what was printed.
        postpartum_portal.shared.pdf.MissingGlyph: the letter cannot be printed; names the characters.
    """
    application = amendment.decision.application
    authorise(by, DECIDE, application)
    if same_hands(application, by):
        raise SameHands
    on = clock.day_of(at)
    prepared = _prepare(amendment.decision, on)
    if amendment.issued_at is not None or prepared is None or not prepared.letter.changes:
        raise NothingToAmend
    if missing := missing_glyphs(prepared.letter.printed_text()):
        raise MissingGlyph(missing)
    return prepared


def issue_amendment(amendment: Amendment, *, by: User, at: dt.datetime) -> Letter:
    """Give it a number of the decisions' series and let the worker print it. Two deciders at once issue one.

    Raises:
        As `prepare_amendment`.
    """
    prepared = prepare_amendment(amendment, by=by, at=at)

    with transaction.atomic():
        waiting = Amendment.objects.filter(pk=amendment.pk, issued_at=None)
        if not waiting.update(issued_at=at, by=by, stands=prepared.stands.as_snapshot()):
            raise NothingToAmend
        letter = enter_letter(Letter.Kind.AMENDMENT, prepared.letter, about=amendment, on=clock.day_of(at), at=at)
        events.record("amendment.issued", amendment, at=at, by_id=by.pk, letter=letter.pk)
    return letter


class NothingToAmend(Exception):
    """It was issued or dropped meanwhile, or what is printed is right as it is."""


def _differs(decision: Decision) -> bool:
    prepared = _prepare(decision, decision.decided_on)
    return prepared is not None and bool(prepared.letter.changes)


def _prepare(decision: Decision, on: dt.date) -> Prepared | None:
    """None where no letter was printed, or after a loss."""
    rows = Application.objects.select_related("municipality", "birth__household", "programme_version")
    application = rows.get(pk=decision.application_id)
    original = original_of(application)
    if original is None or handed_in(application).birth.outcome == Birth.Outcome.LOST:
        return None
    decision.application = application
    before = latest_text(decision, original)
    given = given_by(decision)
    now = amend.approval_now(decision, original, given.granted, _limits(given, application))
    number = number_label(application.municipality, wareki.fiscal_year(on), NUMBER_TO_COME)
    return Prepared(amend.amendment(decision, original, before, now, number=number, on=on), now)


def _limits(given: Given, application: Application) -> dict[str, int]:
    """What was granted, moved as the pools were when the children became more or fewer; never below what is used."""
    birth, terms = application.birth, handed_in(application).terms
    known = {pool.code: pool for pool in terms.pools}
    used = dict(Pool.objects.filter(entitlement__birth=birth).values_list("code", "used"))
    was, children = given.children, dates_of(handed_in(application).birth).counted_children
    return {
        code: max(used.get(code, 0), limit + known[code].limit_for(children) - known[code].limit_for(was))
        for code, limit in given.granted["limits"].items()
    }
