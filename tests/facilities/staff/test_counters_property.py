"""Whatever is painted, blocked, released, kept for callers and given back: counters and a recount agree."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilities.models import Block, BlockedDay, DayCapacity, Facility, Hold, Offering
from facilities.selectors.patterns import plan_between
from facilities.services.blocks import NotFree, NothingToRelease, block_days, release_block, take_back
from facilities.services.booking import DayFull
from facilities.services.capacity import BelowBooked, set_places
from facilities.services.holding import hold_days, release_hold
from facilities.services.integrity import check
from facilities.services.patterns import Week, apply_patterns, set_patterns
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

pytestmark = [pytest.mark.django_db]

FIRST = dt.date(2026, 3, 10)
REFUSED = (BelowBooked, NotFree, NothingToRelease, DayFull, TransitionNotAllowed)
DEEDS = ("paint", "block", "close", "release", "keep", "book", "cancel", "pattern")

# What is done, on which of five days, over how many, and how many places.
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 4), st.integers(1, 3), st.integers(0, 3)), min_size=8, max_size=25
)
given_steps: Callable[..., Any] = given(steps=STEPS)


class Desk:
    """A receptionist who does anything at all; what is refused changes nothing."""

    def __init__(self, clinic: Facility, by: Any) -> None:
        self.clinic, self.by, self.tokens = clinic, by, itertools.count()
        self.stay = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="day_service")

    def do(self, deed: str, first: int, length: int, number: int) -> None:
        days = [FIRST + dt.timedelta(days=first + n) for n in range(length)]
        try:
            with transaction.atomic():
                getattr(self, deed)(days, number)
        except REFUSED:
            return

    def paint(self, days: list[dt.date], number: int) -> None:
        set_places(self.clinic, {"day_service": number}, days=days, by=self.by, at=clock.now())

    def block(self, days: list[dt.date], number: int) -> None:
        self._block(days, max(1, number))

    def close(self, days: list[dt.date], number: int) -> None:
        self._block(days, None)

    def release(self, days: list[dt.date], number: int) -> None:
        if block := _nth(Block.objects.order_by("pk"), number):
            release_block(block, days=days, by=self.by, at=clock.now())

    def keep(self, days: list[dt.date], number: int) -> None:
        if block := _nth(Block.objects.order_by("pk"), number):
            take_back(block, days[0], by=self.by, at=clock.now())

    def book(self, days: list[dt.date], number: int) -> None:
        day, token = {"first_day": days[0], "last_day": days[0]}, f"hold-{next(self.tokens)}"
        hold_days(self.stay, **day, arrival=None, form_token=token, by=self.by, at=clock.now())

    def cancel(self, days: list[dt.date], number: int) -> None:
        if hold := _nth(Hold.objects.order_by("pk"), number):
            release_hold(hold, by=self.by, at=clock.now())

    def pattern(self, days: list[dt.date], number: int) -> None:
        week = Week((number,) * 7 + (None,), 1 if number else 0, 1, 0)
        set_patterns(self.clinic, {"day_service": week}, by=self.by, at=clock.now())
        shown = plan_between(self.clinic, days[0], days[-1], on=clock.today(), by_hand=True).token
        said = {"by_hand": True, "shown": shown, "by": self.by, "at": clock.now()}
        apply_patterns(self.clinic, days[0], days[-1], **said)

    def _block(self, days: list[dt.date], number: int | None) -> None:
        said: dict[str, Any] = {"why": Block.Why.OTHER, "note": "", "form_token": f"block-{next(self.tokens)}"}
        block_days(self.clinic, {"day_service": number}, days=days, **said, by=self.by, at=clock.now())


def _holds(steps: list[tuple[str, int, int, int]], clinic: Facility, by: Any) -> None:
    with transaction.atomic(), tenant(facility=clinic.pk):
        desk = Desk(clinic, by)
        for step in steps:
            desk.do(*step)
        wrong = [str(found) for found in check() if found.what == "day"]
        whole = BlockedDay.objects.filter(whole=True, released_at__isnull=True).values("day")
        open_though_closed = [
            row.day for row in DayCapacity.objects.filter(day__in=whole, place="day_service") if row.left
        ]
        transaction.set_rollback(True)
    assert wrong == []
    assert open_though_closed == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_steps
def test_counters__equal_a_recount_after_any_deeds(
    clinic: Facility, receptionist: Any, steps: list[tuple[str, int, int, int]]
) -> None:
    with scopes_disabled():
        _holds(steps, clinic, receptionist)


@pytest.mark.soak
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_steps
def test_counters__equal_a_recount_after_any_deeds__long(
    clinic: Facility, receptionist: Any, steps: list[tuple[str, int, int, int]]
) -> None:
    with scopes_disabled():
        _holds(steps, clinic, receptionist)


def _nth(rows: Any, number: int) -> Any:
    """The row of that number, counted round; None where there is none."""
    found = list(rows.select_related("facility"))
    return found[number % len(found)] if found else None
