"""Keeping a way of narrowing the list under a name, and dropping it. It is one's own, so it is no event."""

import datetime as dt

from django.db import transaction

from applications.models import SavedView
from applications.selectors.narrowing import Narrowing
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User


def keep_view(name: str, chosen: Narrowing, *, by: User, municipality: Municipality, at: dt.datetime) -> SavedView:
    """Keep what is chosen, but for the words of a search; one of the same name is replaced.

    Raises:
        TooManyViews: this person has as many as may be kept here.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two tabs at once are counted one after the other
        own = SavedView.objects.filter(user=by, municipality=municipality)
        if own.exclude(name=name).count() >= SavedView.MOST:
            raise TooManyViews
        kept = {"state": chosen.state, "office": chosen.office, "charge": chosen.charge}
        view, _ = SavedView.objects.update_or_create(
            user=by, municipality=municipality, name=name, defaults=kept, create_defaults={**kept, "created_at": at}
        )
    return view


def drop_view(pk: int, *, by: User, municipality: Municipality) -> None:
    """Drop one's own; another's, and one that is gone already, is left alone."""
    SavedView.objects.filter(pk=pk, user=by, municipality=municipality).delete()


class TooManyViews(Exception):
    """There are `SavedView.MOST` already."""
