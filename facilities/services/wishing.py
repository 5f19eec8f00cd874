"""What she wishes of the days that the centre arranges: said, taken back, answered by a booking, open again."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import Entitlement, standing_of
from eligibility import engine
from facilities.models import Booking, Sounding, Wish
from facilities.selectors.offerings import granted
from facilities.selectors.uses import use_of
from facilities.selectors.wishes import open_wish, refusals_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .sounding_ends import close_soundings
from .telling import tell_of_wish


def make_wish(
    entitlement: Entitlement,
    *,
    service: str,
    words: str,
    first_days: Sequence[dt.date],
    days: int,
    note: str,
    vaccination_days: Sequence[dt.date],
    form_token: str,
    by: User,
    at: dt.datetime,
) -> Wish:
    """Tell the centre when a use of `days` days would suit her. Takes no units; the same form sent twice is one wish.

    Raises:
        PermissionDenied: not her own entitlement, or a service that was not granted or is not arranged by the centre.
        WishRefused: the birth is not recorded yet, or a rule speaks against one of the days; holds the findings.
        WishOpen: one wish for this service is open already; holds that wish.
    """
    authorise(by, "facilities.wish", entitlement)
    standing = standing_of(entitlement)
    if service not in {item.code for item in granted(standing, engine.ArrangedBy.CENTRE)}:
        raise PermissionDenied("facilities.wish")

    wish = Wish(
        municipality=entitlement.municipality,
        citizen=entitlement.citizen,
        entitlement=entitlement,
        form_token=form_token,
        service=service,
        words=words,
        first_days=[day.isoformat() for day in first_days],
        days=days,
        note=note,
        vaccination_days=[day.isoformat() for day in vaccination_days],
        made_at=at,
    )
    held = [use_of(booking) for booking in Booking.objects.filter(entitlement=entitlement)]
    if refusals := refusals_of(wish, standing, held=held, on=clock.day_of(at)):
        raise WishRefused(refusals)

    with transaction.atomic():
        if sent := _sent_before(wish):
            return sent
        wish.save(force_insert=True)
        events.record("wish.made", wish, at=at, by_id=by.pk)
        tell_of_wish(wish, at=at)
    return wish


def withdraw_wish(wish: Wish, *, by: User, at: dt.datetime) -> Wish:
    """She does not wish it any more.

    Raises:
        PermissionDenied: not her own.
        TransitionNotAllowed, Overtaken: the centre has asked for days already, or it was withdrawn before.
    """
    authorise(by, "facilities.withdraw_wish", wish)
    with transaction.atomic():
        drop_wish(wish, by=by, at=at)
    return wish


def drop_wish(wish: Wish, *, by: User, at: dt.datetime) -> None:
    """Close a wish that nobody is to answer any more. Part of the caller's transaction."""
    pass_transition(wish.withdraw, closed_at=at)
    close_soundings(wish, by=by, at=at)
    events.record("wish.withdrawn", wish, at=at, by_id=by.pk)


def answer_wish(wish: Wish, *, chosen: Sounding | None, by: User, at: dt.datetime) -> None:
    """Close a wish for which a booking is being made, of the yes that was `chosen`. Part of the booking's transaction.

    Raises:
        TransitionNotAllowed, Overtaken: she has withdrawn it, or a colleague has arranged it.
    """
    stands = _as_it_stands(wish)
    pass_transition(stands.arrange, closed_at=at)
    close_soundings(stands, but=chosen, by=by, at=at)
    events.record("wish.arranged", stands, at=at, by_id=by.pk)


def reopen_wish(wish: Wish, *, by: User | None, at: dt.datetime) -> None:
    """What was arranged will not be: the centre looks for something else. Part of the booking's transaction."""
    stands = _as_it_stands(wish)
    pass_transition(stands.reopen, closed_at=None)
    events.record("wish.reopened", stands, at=at, by_id=by.pk if by else None)


class WishRefused(Exception):
    """The rules speak against what she wishes. `findings` say why, each with its sentence."""

    def __init__(self, findings: tuple[engine.Finding, ...]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


class WishOpen(Exception):
    """A wish of the same family for the same service waits for the centre: `wish`."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(str(wish))
        self.wish = wish


def _sent_before(wish: Wish) -> Wish | None:
    """The wish that the same form made. Two forms of a family wait for each other here.

    Raises:
        WishOpen: another form made one for this service, and it is open.
    """
    Entitlement.objects.select_for_update(no_key=True).get(pk=wish.entitlement_id)
    if sent := Wish.objects.filter(entitlement=wish.entitlement, form_token=wish.form_token).first():
        return sent
    if already := open_wish(wish.entitlement, wish.service):
        raise WishOpen(already)
    return None


def _as_it_stands(wish: Wish) -> Wish:
    """The row as it is now: the one in hand may be older, or come from an attempt that was rolled back."""
    return Wish.objects.get(pk=wish.pk)
