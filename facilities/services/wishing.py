"""What she wishes of the days that the centre arranges: said, taken back, answered by a booking, open again."""

import datetime as dt
from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

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


class Said(TypedDict):
    """What is said of a wish: `days` is the length, `first_days` the days on which it may begin, the dearest first."""

    service: str
    words: str
    first_days: Sequence[dt.date]
    days: int
    note: str
    vaccination_days: Sequence[dt.date]
    siblings: NotRequired[bool]
    allergies: NotRequired[str]


def make_wish(entitlement: Entitlement, *, form_token: str, by: User, at: dt.datetime, **said: Unpack[Said]) -> Wish:
    """Tell the centre when a use would suit her. Takes no units; the same form sent twice is one wish.

    Raises:
        PermissionDenied: not her own entitlement, or a service that was not granted or is not arranged by the centre.
        WishRefused: the birth is not recorded yet, or a rule speaks against one of the days; holds the findings.
        WishOpen: one wish for this service is open already; holds that wish.
    """
    authorise(by, "facilities.wish", entitlement)
    return _make(_said(entitlement, said, form_token=form_token, made_at=at), by=by, at=at)


def take_wish(
    entitlement: Entitlement,
    *,
    caller: str,
    heard_at: dt.datetime,
    form_token: str,
    by: User,
    at: dt.datetime,
    **said: Unpack[Said],
) -> Wish:
    """Take down what the centre hears on the phone, at `heard_at`. She may have no account.

    Raises:
        As `make_wish`; PermissionDenied where it is not the work of this centre, or a wish of one's own.
    """
    authorise(by, "facilities.take_wish", entitlement)
    wish = _said(entitlement, said, form_token=form_token, made_at=heard_at)
    wish.caller, wish.taken_by, wish.taken_at = caller, by, at
    return _make(wish, by=by, at=at)


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


def _said(entitlement: Entitlement, said: Said, *, form_token: str, made_at: dt.datetime) -> Wish:
    """The wish as a row that is not saved yet."""
    return Wish(
        municipality=entitlement.municipality,
        citizen=entitlement.citizen,
        entitlement=entitlement,
        form_token=form_token,
        service=said["service"],
        words=said["words"],
        first_days=[day.isoformat() for day in said["first_days"]],
        days=said["days"],
        note=said["note"],
        siblings=said.get("siblings", False),
        allergies=said.get("allergies", ""),
        vaccination_days=[day.isoformat() for day in said["vaccination_days"]],
        made_at=made_at,
    )


def _make(wish: Wish, *, by: User, at: dt.datetime) -> Wish:
    """Judge it and put it before the centre. Raises as `make_wish`."""
    standing = standing_of(wish.entitlement)
    if wish.service not in {item.code for item in granted(standing, engine.ArrangedBy.CENTRE)}:
        raise PermissionDenied("facilities.wish")
    held = [use_of(booking) for booking in Booking.objects.filter(entitlement=wish.entitlement)]
    if refusals := refusals_of(wish, standing, held=held, on=clock.day_of(at)):
        raise WishRefused(refusals)

    with transaction.atomic():
        if sent := _sent_before(wish):
            return sent
        wish.save(force_insert=True)
        events.record("wish.made", wish, at=at, by_id=by.pk)
        tell_of_wish(wish, at=at)
    return wish


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
