"""The phone screening: attempts to reach the mother, what she says, and what the nurse recommends."""

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from django.db import transaction

from applications.models import Application, Hearing, PhoneCall
from applications.selectors.facts import heard_or_written
from applications.selectors.handbook import GIVEN_ON
from applications.selectors.handed_in import handed_in
from applications.services.holding import locked
from eligibility.engine import Terms
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

SCREEN = "applications.screen"
CONSENT = "本人の同意"
OWN_FIELDS = ("consent", "note")
"""What every hearing has; all else that it asks is of the programme."""


def take_on(application: Application, *, by: User, at: dt.datetime) -> None:
    """Make `by` the one in charge of an open application.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = _open(application)
        _put_in_charge(row, by)
        events.record("application.taken_on", row, at=at, by_id=by.pk)


def record_call(
    application: Application,
    *,
    by: User,
    at: dt.datetime,
    reached: bool,
    call_back_at: dt.datetime | None = None,
    note: str = "",
) -> PhoneCall:
    """Note an attempt to reach her and, where she named one, the time to call again.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = _open(application)
        _start(row, by)
        call = PhoneCall.objects.create(
            **_tenant(row),
            application=row,
            at=at,
            by=by,
            reached=reached,
            call_back_at=call_back_at,
            note=note,
        )
        events.record("call.recorded", row, at=at, by_id=by.pk, call=call.pk, reached=reached)
    return call


def save_hearing(application: Application, answers: Mapping[str, Any], *, by: User, at: dt.datetime) -> Hearing:
    """Keep what she has said so far. A second equal save is none.

    `answers` may name `consent`, `note`, the circumstances of the programme and, where it asks for the handbook, the
    day that was given (`handbook_on`); anything else in it is left alone.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = _open(application)
        hearing, created = Hearing.objects.get_or_create(application=row, defaults={**_tenant(row), "by": by, "at": at})
        changed = _note(hearing, answers, _asked(handed_in(row).terms))
        if not (changed or created):
            return hearing
        hearing.by, hearing.at = by, at
        hearing.save(update_fields=[*OWN_FIELDS, "told", "by", "at"])
        _start(row, by)
        events.record("hearing.saved", row, at=at, by_id=by.pk, fields=changed)
    return hearing


def recommend(
    application: Application, recommendation: Hearing.Recommendation, *, by: User, at: dt.datetime
) -> Application:
    """End the hearing and hand the application to the decider.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
        HearingIncomplete: naming what has not been asked yet.
        TransitionNotAllowed: it was returned to her and has not come back.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = _open(application)
        if missing := _not_asked(row):
            raise HearingIncomplete(missing)
        pass_transition(row.recommend)
        Hearing.objects.filter(application=row).update(recommendation=recommendation, by=by, at=at)
        events.record("application.recommended", row, at=at, by_id=by.pk, recommendation=str(recommendation))
    return row


class NotOpen(Exception):
    """The application is decided or withdrawn: nothing is asked any more."""


class HearingIncomplete(Exception):
    """Questions are open. `missing` names them in the words of the page."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("、".join(missing))
        self.missing = missing


def _tenant(application: Application) -> dict[str, Any]:
    return {"municipality_id": application.municipality_id, "citizen_id": application.citizen_id}


def _open(application: Application) -> Application:
    """The application, held until the end of the transaction: two nurses may call the same mother at once."""
    row = locked(application)
    if row.status not in Application.OPEN:
        raise NotOpen
    return row


def _start(application: Application, by: User) -> None:
    """The first call or the first line of the hearing begins the screening and puts somebody in charge."""
    if application.status in (Application.Status.SUBMITTED, Application.Status.RESUBMITTED):
        pass_transition(application.start_screening)
    if application.assignee_id is None:
        _put_in_charge(application, by)


def _put_in_charge(application: Application, by: User) -> None:
    application.assignee = by
    Application.objects.filter(pk=application.pk).update(assignee=by)


def _asked(terms: Terms) -> set[str]:
    """What a hearing keeps of a programme's questions, by code."""
    circumstances = {item.code for item in terms.circumstances}
    return circumstances | {GIVEN_ON} if terms.application.handbook else circumstances


def _note(hearing: Hearing, answers: Mapping[str, Any], asked: AbstractSet[str]) -> list[str]:
    """Write into the hearing what differs from it; return the names."""
    own = [name for name in OWN_FIELDS if name in answers and getattr(hearing, name) != answers[name]]
    said = {code: _storable(answers[code]) for code in asked & answers.keys()}
    told = [code for code, answer in said.items() if hearing.told.get(code) != answer]
    for name in own:
        setattr(hearing, name, answers[name])
    hearing.told = {**hearing.told, **{code: said[code] for code in told}}
    return sorted([*own, *told])


def _storable(answer: dt.date | bool | None) -> str | bool | None:
    return answer.isoformat() if isinstance(answer, dt.date) else answer


def _not_asked(application: Application) -> list[str]:
    """Her consent, and the questions of the programme that nobody has answered."""
    hearing = Hearing.objects.filter(application=application).first()
    terms = handed_in(application).terms
    said = heard_or_written(application, terms)
    missing = [CONSENT] if hearing is None or not hearing.consent else []
    return missing + [item.question for item in terms.circumstances if said[item.code] is None]
