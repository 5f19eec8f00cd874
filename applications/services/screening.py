"""The phone screening: attempts to reach the mother, and what the nurse recommends."""

import datetime as dt
from typing import Any

from django.db import transaction

from applications.models import Application, Hearing, PhoneCall
from applications.selectors.facts import heard_or_written
from applications.selectors.handed_in import handed_in
from applications.services.holding import locked
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition
from postpartum_portal.shared.tenancy import same_tenant

SCREEN = "applications.screen"
CONSENT = "本人の同意"


def record_call(
    application: Application,
    *,
    by: User,
    at: dt.datetime,
    reached: bool,
    call_back_at: dt.datetime | None = None,
    note: str = "",
    known: int | None = None,
) -> PhoneCall:
    """Note an attempt to reach her and, where she named one, the time to call again.

    `known`: how many calls there were for whoever sends this; if it was written since in the same words, it came twice.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = open_application(application)
        said = {"application": row, "by": by, "reached": reached, "call_back_at": call_back_at, "note": note}
        if known is not None and (sent := _sent(said, known)):
            return sent
        start(row, by)
        call = PhoneCall.objects.create(**same_tenant(row), **said, at=at)
        events.record("call.recorded", row, at=at, by_id=by.pk, call=call.pk, reached=reached)
    return call


def _sent(said: dict[str, Any], known: int) -> PhoneCall | None:
    calls = PhoneCall.objects.filter(application=said["application"]).order_by("pk")
    since = calls[known:].values_list("pk", flat=True)
    return calls.filter(**said, pk__in=list(since)).first()


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
        row = open_application(application)
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


def open_application(application: Application) -> Application:
    """The application, held until the end of the transaction: two nurses may call the same mother at once."""
    row = locked(application)
    if row.status not in Application.OPEN:
        raise NotOpen
    return row


def start(application: Application, by: User) -> None:
    """The first call or the first line of the hearing begins the screening and puts somebody in charge."""
    if application.status in (Application.Status.SUBMITTED, Application.Status.RESUBMITTED):
        pass_transition(application.start_screening)
    if application.assignee_id is None:
        _put_in_charge(application, by)


def _put_in_charge(application: Application, by: User) -> None:
    application.assignee = by
    Application.objects.filter(pk=application.pk).update(assignee=by)


def _not_asked(application: Application) -> list[str]:
    """Her consent, and the questions of the programme that nobody has answered."""
    hearing = Hearing.objects.filter(application=application).first()
    terms = handed_in(application).terms
    said = heard_or_written(application, terms, hearing)
    missing = [CONSENT] if hearing is None or not hearing.consent else []
    return missing + [item.question for item in terms.circumstances if said[item.code] is None]
