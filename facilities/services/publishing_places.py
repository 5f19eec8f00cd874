"""Showing the free places that a facility keeps here to everybody, or no longer."""

import datetime as dt

from django.db import transaction

from facilities.models import Facility
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise


def publish_places(facility: Facility, *, publish: bool, by: User, at: dt.datetime) -> None:
    """From now on the public page shows how many places are free, or stops doing so. Saying it twice changes nothing.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NothingToPublish: it keeps no places here.
    """
    authorise(by, "facilities.set_places", facility)
    if publish and not facility.keeps_capacity:
        raise NothingToPublish
    with transaction.atomic():
        if Facility.objects.filter(pk=facility.pk).exclude(publishes_places=publish).update(publishes_places=publish):
            verb = "capacity.published" if publish else "capacity.unpublished"
            events.record(verb, facility, at=at, by_id=by.pk, facility_id=facility.pk)


class NothingToPublish(Exception):
    """The facility has never set its places here."""
