"""When somebody last used a centre's pages: at most one write a day for each member of staff."""

import datetime as dt

from .models import Membership


def note_use(membership: Membership, *, on: dt.date) -> None:
    if membership.last_used_on != on:
        Membership.objects.filter(pk=membership.pk).update(last_used_on=on)
