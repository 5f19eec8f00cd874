"""A colleague leaves, or only reads from now on: her open cases are handed on or released, her views are gone."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from applications.models import Application, SavedView
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.signals import work_laid_down
from postpartum_portal.shared import events
from postpartum_portal.shared.tenancy import tenant

from .assigning import SCREEN


@receiver(work_laid_down)
def hand_on(membership: Membership, to: User | None, by_id: int, at: dt.datetime, **_kwargs: Any) -> None:
    """To `to` what is for her to work on; her own application, or all where nobody is named, to whoever takes it on."""
    with tenant(municipality=membership.municipality_id):
        for application in Application.objects.filter(assignee_id=membership.user_id, status__in=Application.OPEN):
            heir = to if to and to.has_perm(SCREEN, application) else None
            Application.objects.filter(pk=application.pk, assignee_id=membership.user_id).update(assignee=heir)
            verb = "application.assigned" if heir else "application.given_back"
            events.record(verb, application, at=at, by_id=by_id, to=heir.pk if heir else None)
        SavedView.objects.filter(user_id=membership.user_id).delete()
