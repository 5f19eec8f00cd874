"""Mails to somebody in line: that there is room and until when, that her time is over, that the wait is."""

import datetime as dt
from typing import Any

from applications.public import Birth
from eligibility.engine.wording import span
from eligibility.public import programme_of
from facilities.models import Waiting
from facilities.selectors.uses import counted_in

from .telling import tell

TOLD_WITH = ("municipality", "facility", "citizen", "entitlement__birth", "entitlement__programme_version")


def tell_waiting(kind: str, waiting: Waiting, *, at: dt.datetime, **context: Any) -> None:
    """Write the mail `kind` about this row, once. `waiting` came with the rows of `TOLD_WITH`.

    After a loss only an offer is told: that some days have passed is nothing she has to be reminded of.
    """
    if waiting.entitlement.birth.outcome == Birth.Outcome.LOST and kind != "waiting_offered":
        return
    terms = programme_of(waiting.entitlement.programme_version).terms
    tell(
        kind,
        waiting,
        key=f"{kind}:{waiting.pk}",
        at=at,
        waiting=waiting,
        counted_in=counted_in(terms.service(waiting.service), terms),
        when=span(waiting.first_day, waiting.last_day),
        facility=waiting.facility,
        **context,
    )
