"""Arranging against itself and against withdrawing: one of them passes, and a booking never answers a closed wish."""

import datetime as dt
from functools import partial
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Wish
from facilities.selectors.wishes import open_wish
from facilities.services import wishing
from facilities.services.wishing import WishOpen, withdraw_wish
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, supporters, wished
from tests.facilities.at_once import at_once, needs_real_threads
from tests.processes.racing import in_rounds

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]

TOLD = (TransitionNotAllowed, Overtaken)


@pytest.fixture
def family(kodaira: Municipality, mother: Any) -> Entitlement:
    with tenant(municipality=kodaira.pk):
        factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother, limits={"supporter": 99})
        found = entitlement_of(mother, kodaira)
    assert found is not None
    return found


@pytest.fixture
def visit(family: Entitlement, kodaira: Municipality) -> Offering:
    return supporters(kodaira)


def one_wish(family: Entitlement) -> Wish:
    with scopes_disabled():
        return wished(family, first_days=[], words="いつでも")


def days(number: int) -> dt.date:
    return WEDNESDAY + dt.timedelta(days=number)


def stand(wish: Wish) -> tuple[str, int]:
    """Its status, and how many bookings answer it."""
    with scopes_disabled():
        return str(Wish.objects.get(pk=wish.pk).status), Booking.objects.filter(wish=wish).count()


@in_rounds(5)
def test_the_same_form_twice_at_once__is_one_booking(
    family: Entitlement, visit: Offering, nurse: Any, rounds: int
) -> None:
    for number in range(rounds):
        wish = one_wish(family)
        send = partial(arranged, wish, visit, by=nurse, first_day=days(number), form_token=f"same-{number}")
        first, second = at_once(send, send, told=TOLD)
        assert first == second
        assert stand(wish) == (Wish.Status.ARRANGED, 1)


@in_rounds(5)
def test_two_tabs_that_wish_at_once__make_one_wish(family: Entitlement, mother: Any, rounds: int) -> None:
    send = partial(wished, family, first_days=[], words="いつでも")
    for _ in range(rounds):
        told = at_once(send, send, told=(WishOpen,))
        (made,) = [answer for answer in told if isinstance(answer, Wish)]
        (refused,) = [answer for answer in told if isinstance(answer, WishOpen)]
        assert refused.wish == made
        with scopes_disabled():
            withdraw_wish(made, by=mother, at=clock.now())


def test_control__two_tabs_without_the_lock__make_two_wishes(family: Entitlement, monkeypatch: Any) -> None:
    """Both have looked before either has written: nothing but the lock on the family keeps them apart."""
    looked = Barrier(2, timeout=10)

    def looks(entitlement: Entitlement, service: str) -> Wish | None:
        found = open_wish(entitlement, service)
        looked.wait()
        return found

    unlocked = SimpleNamespace(select_for_update=lambda **_kind: Entitlement.objects)
    monkeypatch.setattr(wishing, "Entitlement", SimpleNamespace(objects=unlocked))
    monkeypatch.setattr(wishing, "open_wish", looks)
    send = partial(wished, family, first_days=[], words="いつでも")
    assert all(isinstance(answer, Wish) for answer in at_once(send, send, told=(WishOpen,)))
    with scopes_disabled():
        assert Wish.objects.filter(entitlement=family, status=Wish.Status.OPEN).count() == 2


@in_rounds(5)
def test_withdrawing_against_arranging__exactly_one_of_them_succeeds(
    family: Entitlement, visit: Offering, mother: Any, nurse: Any, rounds: int
) -> None:
    for number in range(rounds):
        wish = one_wish(family)
        withdrawn, asked = at_once(
            partial(withdraw_wish, wish, by=mother, at=clock.now()),
            partial(arranged, wish, visit, by=nurse, first_day=days(number)),
            told=TOLD,
        )
        assert isinstance(withdrawn, Wish) != isinstance(asked, Booking)
        assert stand(wish) in ((Wish.Status.WITHDRAWN, 0), (Wish.Status.ARRANGED, 1))


def test_control__looking_before_writing__leaves_a_booking_for_a_wish_that_was_withdrawn(
    family: Entitlement, visit: Offering, nurse: Any
) -> None:
    """Without the condition in the update, she is told that it is withdrawn while somebody sets out to her."""
    wish, looked = one_wish(family), Barrier(2, timeout=10)
    at_once(
        partial(withdraw_carelessly, wish, looked),
        partial(arrange_when, looked, wish, visit, nurse),
        told=TOLD,
    )
    assert stand(wish) == (Wish.Status.WITHDRAWN, 1)


def withdraw_carelessly(wish: Wish, looked: Barrier) -> None:
    """As one would write it first: read, decide, write."""
    with transaction.atomic():
        is_open = Wish.objects.get(pk=wish.pk).status == Wish.Status.OPEN
        looked.wait()
        looked.wait()
        if is_open:
            Wish.objects.filter(pk=wish.pk).update(status=Wish.Status.WITHDRAWN, closed_at=clock.now())


def arrange_when(looked: Barrier, wish: Wish, visit: Offering, nurse: Any) -> None:
    looked.wait()
    try:
        arranged(wish, visit, by=nurse)
    finally:
        looked.wait()
