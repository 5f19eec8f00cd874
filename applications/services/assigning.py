"""Who is in charge of an application: taking it on, handing it to a colleague, giving it back."""

import datetime as dt

from django.db import transaction

from applications.models import Application
from applications.services.screening import open_application
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

SCREEN = "applications.screen"


def take_on(application: Application, *, by: User, at: dt.datetime) -> None:
    """Make `by` the one in charge of an open application, which comes as the caller saw it.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
        TakenByAnother: somebody else was put in charge since, or taken out.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        if _put_in_charge(application, by):
            events.record("application.taken_on", application, at=at, by_id=by.pk)


def hand_over(application: Application, *, to: User, by: User, at: dt.datetime) -> None:
    """Make a colleague the one in charge of an open application, which comes as the caller saw it.

    Raises:
        PermissionDenied: not the work of this person.
        NotTheirWork: it is not for `to` to work on: of another municipality, gone, or her own application.
        NotOpen, TakenByAnother: as `take_on`.
    """
    authorise(by, SCREEN, application)
    if not to.has_perm(SCREEN, application):
        raise NotTheirWork
    with transaction.atomic():
        if _put_in_charge(application, to):
            events.record("application.assigned", application, at=at, by_id=by.pk, to=to.pk)


def give_back(application: Application, *, by: User, at: dt.datetime) -> None:
    """Leave an open application, which comes as the caller saw it, to whoever takes it on next.

    Raises:
        PermissionDenied, NotOpen, TakenByAnother: as `take_on`.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        if _put_in_charge(application, None):
            events.record("application.given_back", application, at=at, by_id=by.pk)


class TakenByAnother(Exception):
    """Somebody was faster. `colleague` is in charge now; None where nobody is any more."""

    def __init__(self, colleague: User | None) -> None:
        super().__init__()
        self.colleague = colleague


class NotTheirWork(Exception):
    """The application is not for that colleague to work on."""


def _put_in_charge(application: Application, whom: User | None) -> bool:
    """Whether that changed anything: sent twice, it is done once."""
    row = open_application(application)
    if row.assignee == whom:
        return False
    if row.assignee_id != application.assignee_id:
        raise TakenByAnother(row.assignee)
    application.assignee = whom
    Application.objects.filter(pk=row.pk).update(assignee=whom)
    return True
