"""C1–C3 over real HTTP: a web server of two processes, and a session for each client. Controls: test_booking_races."""

import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from tests import factories
from tests.processes.racing import mother_of, race
from tests.processes.support.sessions import Answer, Session

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_settings"),
]

PLACES, TABS = 5, 16
CROWDS = [(24, 1), pytest.param(64, 20, marks=pytest.mark.soak)]
"""How many clients at once, and how often."""


@pytest.fixture
def clinic(town: Municipality) -> Facility:
    """Five places of each kind on every day of the coming three months."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=PLACES, days=90)
    return facility


@pytest.mark.parametrize(("clients", "rounds"), CROWDS)
def test_last_places__many_clients_for_5(
    town: Municipality, clinic: Facility, origin: str, clients: int, rounds: int
) -> None:
    """Five are booked on both days, all others are told that these are full, nobody meets an error."""
    stay = clinic.offerings.get(service="short_stay")
    sessions = [_session(origin, mother_of(town)) for _ in range(clients)]
    Pool.objects.update(limit=100)  # whoever wins in many rounds
    address = _address(town, stay)

    for number in range(rounds):
        first = _day(5 + 3 * number)
        forms = [_form(first, days=2, token=f"round-{number:04}-{client:08}") for client in range(clients)]
        posts = zip(sessions, forms, strict=True)
        answers = race([partial(session.post, address, form) for session, form in posts], municipality=town.pk)

        assert Counter(map(_told, answers)) == {"booked": PLACES, "full": clients - PLACES}
        assert _taken(stay, first, 2) == [PLACES, PLACES]
    assert Booking.objects.count() == rounds * PLACES
    assert check() == []


def test_one_mother__in_16_tabs__gets_her_units_and_no_more(town: Municipality, clinic: Facility, origin: str) -> None:
    """Sixteen different days are asked for, five are granted; then a day that two tabs ask for is hers once."""
    day_use, mother = clinic.offerings.get(service="day_service"), mother_of(town)
    session, address = _session(origin, mother), _address(town, day_use)

    forms = [_form(_day(5 + tab), days=1, token=f"different-day-{tab:06}") for tab in range(TABS)]
    answers = race([partial(session.post, address, form) for form in forms], municipality=town.pk)

    assert Counter(map(_told, answers)) == {"booked": 5, "refused": TABS - 5}
    assert Pool.objects.get(entitlement=mother, code="day").used == 5
    assert check() == []


def test_one_mother__asking_for_one_day_in_16_tabs__has_it_once(
    town: Municipality, clinic: Facility, origin: str
) -> None:
    day_use = clinic.offerings.get(service="day_service")
    session, address = _session(origin, mother_of(town)), _address(town, day_use)

    forms = [_form(_day(5), days=1, token=f"the-same-day-{tab:06}") for tab in range(TABS)]
    answers = race([partial(session.post, address, form) for form in forms], municipality=town.pk)

    assert Counter(map(_told, answers)) == {"booked": 1, "refused": TABS - 1}
    assert _taken(day_use, _day(5), 1) == [1]
    assert check() == []


def test_one_form__sent_16_times__is_one_booking_to_which_all_answers_lead(
    town: Municipality, clinic: Facility, origin: str
) -> None:
    stay = clinic.offerings.get(service="short_stay")
    session, form = _session(origin, mother_of(town)), _form(_day(5), days=3, token="same-form-twice-0000")

    answers = race([partial(session.post, _address(town, stay), form)] * TABS, municipality=town.pk)

    booking = Booking.objects.get()
    assert Counter(map(_told, answers)) == {"booked": TABS}
    (led_to,) = {answer.location for answer in answers if isinstance(answer, Answer)}
    shown = session.get(led_to)
    assert (shown.status, booking.number in shown.text) == (200, True)
    assert _taken(stay, _day(5), 3) == [1, 1, 1]
    assert check() == []


def _day(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def _session(origin: str, mother: Entitlement) -> Session:
    return Session(origin, mother.citizen)


def _address(town: Municipality, offering: Offering) -> str:
    return reverse("facilities:book_dates", args=[town.slug, offering.pk])


def _form(first: dt.date, *, days: int, token: str) -> dict[str, Any]:
    return {"day": first.isoformat(), "days": days, "arrival": "10:00:00", "note": "", "token": token}


def _told(answer: Answer | Exception) -> str:
    """What a browser was answered; the status of whatever is no answer of ours."""
    if isinstance(answer, Exception):
        return repr(answer)
    if answer.status == 302 and "/bookings/" in answer.location:
        return "booked"
    if "は満室になりました。" in answer.text:
        return "full"
    return "refused" if answer.status in (200, 302) else f"{answer.status}"


def _taken(offering: Offering, first: dt.date, days: int) -> list[int]:
    last = first + dt.timedelta(days=days - 1)
    found = DayCapacity.objects.filter(facility=offering.facility, place=offering.place, day__range=(first, last))
    return [day.used for day in found.order_by("day")]
