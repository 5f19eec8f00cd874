"""The facility's pages at 200 % and without a mouse: the month of places, a request, the day, the month's end."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import DESK_ENLARGED
from .conftest import Meet
from .keyboard import AtKeyboard
from .steps import at_the_desk, month_end, receiving, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # two minutes of keys

MOTHER, NAME = "sakura@example.jp", "髙橋 美咲"
BESIDE = "const made = document.querySelector('main').appendChild(document.createElement('p'))"
MISCHIEF = {
    "upside down": ("document.body.style.cssText = 'display:flex;flex-direction:column-reverse'", "goes up"),
    "a bar over all": (f"{BESIDE}; made.style.cssText = 'position:fixed;inset:0'", "under a bar"),
    "lines too long": (
        f"{BESIDE}; made.style.cssText = 'overflow-x:auto;white-space:nowrap'; made.append('W'.repeat(99))",
        "must push",
    ),
    "no outline": ("for (const link of document.links) link.style.outline = 'none'", "no outline"),
}
PAGES = ("/facility/", "/facility/requests/", "/facility/capacity/", "/facility/months/", "/facility/settings/")


def test_keyboard_desk(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    portal.move_clock_to("2026-05-11 10:00")
    family = booked.mother_of(kodaira, MOTHER, born=dt.date(2026, 5, 1))
    stay = booked.an_asked_stay(family, dt.date(2026, 5, 20), dt.date(2026, 5, 21))
    booked.paid_by_contract(kodaira, stay.facility, service="short_stay", yen=20000)
    reception = given.facility_colleague(stay.facility, "uketsuke@example.jp")
    receptionist = meet("keyboard-desk", DESK_ENLARGED, kind=AtKeyboard)
    assert isinstance(receptionist, AtKeyboard)

    signing_in.signs_in_with_digits(receptionist, portal.mailbox, reception, path="/facility/")
    receiving.sets_places(receptionist, "5月20日(水)", "5月21日(木)", stays="1")
    receptionist.tabs_through()
    for page in (f"/facility/requests/{stay.number}/", *PAGES):
        receptionist.opens(page)
        receptionist.tabs_through()
    receiving.confirms(receptionist, name=NAME, what="1泊2日")

    portal.move_clock_to("2026-05-20 10:05")
    receptionist.opens("/facility/")
    receptionist.tabs_through()
    receiving.receives_her(receptionist, name=NAME)
    at_the_desk.takes_the_price(receptionist, stay.number, yen="5,000円")
    receptionist.opens(f"/facility/bookings/{stay.number}/")
    receptionist.tabs_through()

    portal.move_clock_to("2026-06-01 09:00")
    month_end.looks_at_the_month(receptionist, "5月")
    receptionist.tabs_through()
    month_end.sends_the_month(receptionist, "5月", share="35,000円")


@pytest.mark.parametrize(("mischief", "told"), MISCHIEF.values(), ids=MISCHIEF)
def test_tabbing__tells_what_is_wrong(portal: Portal, meet: Meet, mischief: str, told: str) -> None:
    """The control: a page with something wrong does not pass."""
    visitor = meet("visitor", DESK_ENLARGED, kind=AtKeyboard)
    assert isinstance(visitor, AtKeyboard)
    visitor.opens("/accounts/login/")
    visitor.tabs_through()
    visitor.page.evaluate(f"() => {{ {mischief} }}")

    with pytest.raises(AssertionError, match=told):
        visitor.tabs_through()
