"""The visit before the visits: planned by the centre, moved, given up or recorded by whoever hears of it."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import standing_of
from eligibility import engine
from facilities.models import Offering, Preparation, Wish
from facilities.selectors.visiting import visitor_for
from facilities.selectors.wording import said_to_her
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .answering import ReasonMissing
from .booking import NotBookable
from .telling import tell_of_preparation
from .telling_desks import tell_desk


def plan_preparation(
    wish: Wish, offering: Offering, *, day: dt.date, arrival: dt.time, form_token: str, by: User, at: dt.datetime
) -> Preparation:
    """Put it down for a wish. It takes no units and costs nothing; the same form sent twice is one.

    Raises:
        PermissionDenied: not the work of this centre, a wish of one's own, or a service that has no such visit.
        PlannedAlready: one is to come, or the wish is not open any more.
        NotBookable: whoever is to come does not then, by its own rule; holds the findings.
    """
    authorise(by, "facilities.arrange", wish)
    service = said_to_her(wish.entitlement).service(wish.service)
    if service.preparatory_visit is None or offering.service != wish.service:
        raise PermissionDenied("facilities.arrange")
    if refusals := _own_refusals(wish, offering, engine.Use(wish.service, day, day, start_time=arrival), at=at):
        raise NotBookable(refusals)
    row = Preparation(
        municipality=wish.municipality,
        citizen=wish.citizen,
        facility=offering.facility,
        entitlement=wish.entitlement,
        wish=wish,
        form_token=form_token,
        service=wish.service,
        day=day,
        arrival=arrival,
        made_at=at,
        made_by=by,
    )
    with transaction.atomic():
        stands = Wish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
        if sent := Preparation.objects.filter(form_token=form_token).first():
            return sent
        planned = Preparation.objects.filter(wish=wish, status=Preparation.Status.PLANNED)
        if stands.status != Wish.Status.OPEN or planned.exists():
            raise PlannedAlready
        row.save(force_insert=True)
        events.record("preparation.planned", row, at=at, by_id=by.pk)
        tell_of_preparation("preparation_planned", row, at=at)
        tell_desk("preparation_asked", row, at=at)
    return row


def move_preparation(
    preparation: Preparation, *, day: dt.date, arrival: dt.time, contact_at: dt.datetime, by: User, at: dt.datetime
) -> None:
    """Another day or hour, agreed on the phone at `contact_at`; it costs nothing, however late.

    Raises:
        PermissionDenied: neither the centre's work nor the visitor's.
        Overtaken: it was moved, done or given up meanwhile.
    """
    authorise(by, "facilities.prepare", preparation)
    stood = {"status": Preparation.Status.PLANNED, "day": preparation.day, "arrival": preparation.arrival}
    with transaction.atomic():
        moved = Preparation.objects.filter(pk=preparation.pk, **stood)
        if not moved.update(day=day, arrival=arrival, contact_at=contact_at):
            raise Overtaken(preparation)
        preparation.day, preparation.arrival, preparation.contact_at = day, arrival, contact_at
        events.record("preparation.moved", preparation, at=at, by_id=by.pk)
        tell_of_preparation("preparation_planned", preparation, at=at)


def cancel_preparation(preparation: Preparation, *, contact_at: dt.datetime, by: User, at: dt.datetime) -> None:
    """It will not take place; the wish stays open, and another may be planned.

    Raises:
        PermissionDenied: neither the centre's work nor the visitor's.
        TransitionNotAllowed, Overtaken: it was moved, done or given up meanwhile.
    """
    authorise(by, "facilities.prepare", preparation)
    with transaction.atomic():
        pass_transition(preparation.cancel, closed_at=at, contact_at=contact_at)
        events.record("preparation.cancelled", preparation, at=at, by_id=by.pk)
        tell_of_preparation("preparation_cancelled", preparation, at=at)


def finish_preparation(preparation: Preparation, *, agreed: str, by: User, at: dt.datetime) -> None:
    """It took place; `agreed`: on which days and hours, and what is to be done.

    Raises:
        PermissionDenied: neither the centre's work nor the visitor's.
        ReasonMissing: nothing is said of what was agreed.
        TooSoon: its hour is still to come.
        TransitionNotAllowed, Overtaken: it was moved, done or given up meanwhile.
    """
    authorise(by, "facilities.prepare", preparation)
    if not agreed.strip():
        raise ReasonMissing
    if at < dt.datetime.combine(preparation.day, preparation.arrival, clock.TOKYO):
        raise TooSoon
    with transaction.atomic():
        pass_transition(preparation.finish, closed_at=at, agreed=agreed.strip())
        events.record("preparation.done", preparation, at=at, by_id=by.pk)


def _own_refusals(wish: Wish, offering: Offering, use: engine.Use, *, at: dt.datetime) -> tuple[engine.Finding, ...]:
    """Of a visit to come; one that has been is only written down."""
    standing = standing_of(wish.entitlement)
    visitor = visitor_for(standing, offering, use.first_day, use.last_day)
    if visitor is None or use.first_day < clock.day_of(at):
        return ()
    return visitor.refusals(use, standing.terms.service(wish.service))


class PlannedAlready(Exception):
    """One is to come for this wish, or the wish is over."""


class TooSoon(Exception):
    """What has not begun cannot be recorded as done."""
