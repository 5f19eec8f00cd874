"""The phone screening: attempts to reach the mother, what she says, and what the nurse recommends."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from applications.models import Application, Hearing, PhoneCall
from applications.selectors.facts import facts_under_review
from applications.selectors.handed_in import handed_in
from applications.services.holding import locked
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

SCREEN = "applications.screen"
ANSWERS = {
    "consent": "本人の同意",
    "resident": "市の住民登録",
    "fever_or_infection": "熱や感染症のおそれ",
    "needs_medical_care": "医療の介入",
    "lacks_support": "家族の手助け",
    "unwell_or_anxious": "体調・授乳・育児の不安",
    "note": "聞いたこと",
}
"""What a hearing asks, by its fields, in the words of the page."""


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
    """Keep what she has said so far; `answers` names fields of the hearing (`ANSWERS`). A second equal save is none.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = _open(application)
        hearing, created = Hearing.objects.get_or_create(application=row, defaults={**_tenant(row), "by": by, "at": at})
        changed = sorted(name for name in ANSWERS.keys() & answers if getattr(hearing, name) != answers[name])
        if not (changed or created):
            return hearing
        for name in changed:
            setattr(hearing, name, answers[name])
        hearing.by, hearing.at = by, at
        hearing.save(update_fields=[*changed, "by", "at"])
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
        if missing := _not_asked(row, on=clock.day_of(at)):
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


def _not_asked(application: Application, *, on: dt.date) -> list[str]:
    """What the programme asks and nobody has answered, and her consent, in the hearing's words."""
    hearing = Hearing.objects.filter(application=application).first()
    facts = facts_under_review(application, on=on)
    asked = {item.code for item in handed_in(application).terms.circumstances}
    open_fields = ["consent"] if hearing is None or not hearing.consent else []
    open_fields += [code for code in ANSWERS if code in asked and getattr(facts, code) is None]
    return [ANSWERS[name] for name in open_fields]
