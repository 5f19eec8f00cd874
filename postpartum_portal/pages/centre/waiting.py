"""What waits for the centre besides the applications, each list narrowed to the office that is looked at."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Model

from applications.public import (
    changes_to_see,
    is_of_office,
    messages_to_answer,
    proxies_to_enter,
    to_check,
    told_losses,
    waiting_amendments,
)
from facilities.public import all_told_unwell, handovers_waiting, open_wishes
from postpartum_portal.accounts.models import Membership
from postpartum_portal.shared import clock

from .rows import wish_rows

Row = TypeVar("Row")


def others_waiting(membership: Membership, office: str, now: dt.datetime) -> dict[str, Any]:
    """Context for `centre/worklist.html`. A draft says itself which office it is of."""

    def here(waiting: Iterable[Row], own: Callable[[Row], str]) -> list[Row]:
        return [row for row in waiting if is_of_office(own(row), office)]

    amended = waiting_amendments() if membership.may_decide else ()
    wishes = here(open_wishes(), lambda card: card.wish.entitlement.birth.household.office)
    return {
        "certificates": here(to_check(), lambda check: check.household.office),
        "changes": here(changes_to_see(), lambda change: change.household.office),
        "threads": here(messages_to_answer(), lambda waits: waits.household.office),
        "proxies": here(proxies_to_enter(), lambda told: told.office),
        "losses": here(told_losses(), lambda told: told.loss.birth.household.office),
        "unwell": here(all_told_unwell(now=now), lambda told: told.card.booking.entitlement.birth.household.office),
        "handovers": here(handovers_waiting(), lambda told: told.household.office),
        "amendments": here(amended, lambda change: change.decision.application.birth.household.office),
        "wishes": wish_rows(wishes, on=clock.day_of(now)),
    }


def waiting_rows(context: dict[str, Any]) -> Iterator[Model]:
    """Of what `others_waiting` gave the rows that put somebody's name on the page."""
    yield from (check.application for check in context.get("certificates", ()))
    yield from (change.notice for change in context.get("changes", ()))
    yield from (waits.oldest for waits in context.get("threads", ()))
    yield from (told.proxy for told in context.get("proxies", ()))
    yield from (told.loss for told in context.get("losses", ()))
    yield from (told.card.booking for told in context.get("unwell", ()))
    yield from (told.record for told in context.get("handovers", ()))
    yield from context.get("amendments", ())
    yield from (row.card.wish for row in context.get("wishes", ()))
