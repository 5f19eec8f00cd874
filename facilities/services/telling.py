"""Mails to the mother about a booking or a wish: no health data, and a link to sign in."""

import datetime as dt
from typing import Any

from eligibility import engine
from facilities.models import Booking, Offering, Preparation, Waiting, Wish
from facilities.selectors.cards import answerer_of, host_of
from facilities.selectors.uses import counted_in, fee_only
from facilities.selectors.wording import said_to_her
from postpartum_portal.shared import mail


def tell_mother(
    kind: str, booking: Booking, *, at: dt.datetime, turn: int = 1, offering: Offering | None = None, **context: Any
) -> None:
    """Write the mail `kind` about this booking, once for each `turn`. One made on paper has nobody to write to.

    `offering`: its own, where that is at hand with its contract and need not be read.
    """
    terms = said_to_her(booking.entitlement)
    service = terms.service(booking.service)
    deadline: engine.Deadline | None = context.get("deadline")
    tell(
        kind,
        booking,
        key=mail_key(kind, booking, turn),
        at=at,
        booking=booking,
        counted_in=counted_in(service, terms),
        fee_only=fee_only(service),
        too_late=deadline is not None and not deadline.kept_by(at),
        visit=service.kind is engine.ServiceKind.VISIT,
        host=host_of(service),
        answerer=answerer_of(offering or booking, service),
        facility=booking.facility,
        **context,
    )


def tell_of_preparation(kind: str, preparation: Preparation, *, at: dt.datetime) -> None:
    """Write the mail `kind` about the visit before the visits, once for each day and hour that it is put on."""
    key = f"{kind}:{preparation.pk}:{preparation.day}:{preparation.arrival}"
    tell(kind, preparation, key=key, at=at, preparation=preparation, facility=preparation.facility)


def tell_of_wish(wish: Wish, *, kind: str = "wish_received", at: dt.datetime) -> None:
    """Write to her that the centre has her wish, or what came of it."""
    tell(kind, wish, key=f"{kind}:{wish.pk}", at=at, wish=wish)


def tell(kind: str, row: Booking | Preparation | Wish | Waiting, *, key: str, at: dt.datetime, **context: Any) -> None:
    """Write the mail `kind` about a row of hers, once for each `key`. One made on paper has nobody to write to."""
    if row.citizen is not None:
        mail.post(kind, row.citizen.email, key=key, at=at, municipality=row.municipality, **context)


def mail_key(kind: str, booking: Booking, turn: int = 1) -> str:
    """One mail of a kind for a booking, or for each turn of what may come again: asking twice writes it once."""
    return f"{kind}:{booking.pk}" if turn == 1 else f"{kind}:{booking.pk}:{turn}"
