"""The visits that were agreed at the visit before them: all of them are booked, or none."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import Entitlement
from eligibility import engine
from facilities.models import Booking, Offering, Preparation, Wish
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.lifecycle import authorise

from .booking import NotBookable, request_booking


def arrange_visits(
    preparation: Preparation,
    offering: Offering,
    *,
    visits: Sequence[tuple[dt.date, dt.time]],
    hours: Decimal,
    note: str,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> list[Booking]:
    """Book each day at its hour, confirmed: the visitor has agreed. The first answers the wish, each other its own.

    Raises:
        PermissionDenied: not the work of this centre, a wish of one's own, not done yet, or somebody else's visit.
        VisitRefused: rules speak against one of them; nothing is booked.
        TransitionNotAllowed, Overtaken: the wish is not open any more.
    """
    wish = preparation.wish
    authorise(by, "facilities.arrange", wish)
    agreed = preparation.status == Preparation.Status.DONE
    if not agreed or (offering.service, offering.facility_id) != (wish.service, preparation.facility_id):
        raise PermissionDenied("facilities.arrange")

    with transaction.atomic():
        Entitlement.objects.select_for_update(no_key=True).get(pk=wish.entitlement_id)
        sent = Booking.objects.filter(entitlement=wish.entitlement, form_token__startswith=f"{form_token}:")
        if found := list(sent.order_by("pk")):
            return found
        made, alike = [], {"hours": hours, "note": note, "offer": preparation, "by": by, "at": at}
        for number, (day, arrival) in enumerate(visits):
            token = f"{form_token}:{number}"
            days: dict[str, Any] = {"first_day": day, "last_day": day, "arrival": arrival, **alike}
            answered = _another(wish, day, token, by=by, at=at) if number else wish
            try:
                made.append(request_booking(wish.entitlement, offering, **days, form_token=token, wish=answered))
            except NotBookable as refused:
                raise VisitRefused(number, refused.findings) from None
    return made


class VisitRefused(Exception):
    """Rules speak against the visit `number`, counted from 0; `findings` say why."""

    def __init__(self, number: int, findings: tuple[engine.Finding, ...]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.number, self.findings = number, findings


def _another(wish: Wish, day: dt.date, form_token: str, *, by: User, at: dt.datetime) -> Wish:
    """A wish of its own for each further visit: one that is declined or given up leaves the others alone."""
    return Wish.objects.create(
        municipality=wish.municipality,
        citizen=wish.citizen,
        entitlement=wish.entitlement,
        form_token=form_token,
        service=wish.service,
        first_days=[day.isoformat()],
        vaccination_days=wish.vaccination_days,
        made_at=at,
        caller=Wish.Caller.HERSELF,
        taken_by=by,
        taken_at=at,
    )
