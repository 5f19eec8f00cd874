"""Who gets to a facility's pages, and that another facility's booking is no booking at all."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from facilities.facility_urls import urlpatterns
from facilities.models import Facility, StaffMembership
from postpartum_portal.accounts.access import ATTRIBUTE
from tests import factories
from tests.facilities.staff.conftest import Book

pytestmark = pytest.mark.django_db

OF_A_BOOKING = [
    "request",
    "confirm",
    "decline",
    "booking",
    "attend",
    "no_show",
    "cancel",
    "outcome",
    "undo_record",
    "pay",
]


@pytest.fixture
def neighbour(kodaira: Any) -> Facility:
    """Kodaira's other clinic."""
    return Facility.objects.get(name__contains="中野")


def test_urls__are_all_guarded_by_the_rule_of_facilities() -> None:
    assert {getattr(pattern.callback, ATTRIBUTE, None) for pattern in urlpatterns} == {"facility_staff"}


def test_page__without_sign_in__leads_to_it(client: Client) -> None:
    answer = client.get("/facility/requests/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/facility/requests/")


@pytest.mark.parametrize("person", ["mother", "nurse", "decider"])
def test_page__for_somebody_who_works_at_no_facility__does_not_exist(
    person: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))

    assert client.get("/facility/").status_code == 404


def test_page__after_the_membership_is_removed__does_not_exist(desk: Client, receptionist: Any) -> None:
    assert desk.get("/facility/").status_code == 200

    StaffMembership.objects.filter(user=receptionist).delete()

    assert desk.get("/facility/").status_code == 404


@pytest.mark.parametrize("page", OF_A_BOOKING)
@pytest.mark.parametrize("method", ["get", "post"])
def test_booking_of_another_facility__answers_as_one_that_does_not_exist(
    page: str, method: str, desk: Client, book: Book, neighbour: Facility
) -> None:
    foreign = book(facility=neighbour)

    theirs = getattr(desk, method)(reverse(f"facility:{page}", args=[foreign.number]))
    nobodys = getattr(desk, method)(reverse(f"facility:{page}", args=["0000-0000-0000"]))

    assert theirs.status_code == nobodys.status_code
    assert theirs.status_code in (404, 405)
    assert _body(theirs) == _body(nobodys)
    assert _headers(theirs) == _headers(nobodys)


@pytest.mark.parametrize("address", ["days/2026-02-30/", "days/1999-12-31/", "capacity/2026-13/", "bookings/%00/"])
def test_address__that_names_nothing__does_not_exist(address: str, desk: Client) -> None:
    assert desk.get(f"/facility/{address}").status_code == 404


def test_lists__hold_nothing_of_another_facility(desk: Client, book: Book, neighbour: Facility) -> None:
    book(facility=neighbour, name="よその 人")
    book(facility=neighbour, name="よその 人", confirmed=False)

    pages = ["/facility/days/2026-03-11/", "/facility/requests/", "/facility/capacity/"]
    assert not any("よその" in desk.get(page).content.decode() for page in pages)


def test_switch__works_for_the_chosen_facility_from_then_on(
    desk: Client, receptionist: Any, clinic: Facility, neighbour: Facility
) -> None:
    factories.StaffMembershipFactory(user=receptionist, facility=neighbour)
    before = desk.get("/facility/")
    assert clinic.name in _place(before)
    assert "施設を替える" in before.content.decode()

    desk.post("/facility/switch/", {"facility": str(neighbour.pk)})

    assert neighbour.name in _place(desk.get("/facility/"))


def test_switch__to_a_facility_one_does_not_work_at__does_not_exist(
    desk: Client, neighbour: Facility, clinic: Facility
) -> None:
    assert desk.post("/facility/switch/", {"facility": str(neighbour.pk)}).status_code == 404
    assert clinic.name in _place(desk.get("/facility/"))


def test_switch__is_no_entry_of_the_menu_for_who_works_at_one(desk: Client) -> None:
    assert "施設を替える" not in desk.get("/facility/").content.decode()


def _body(answer: Any) -> str:
    """Without the token of its form, which is another one in every answer."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())


def _headers(answer: Any) -> dict[str, str]:
    volatile = {"Expires", "Content-Security-Policy"}  # the time, and a nonce
    return {name: value for name, value in answer.items() if name not in volatile}


def _place(answer: Any) -> str:
    found = re.search(r'<a class="place"[^>]*>([^<]+)<', answer.content.decode())
    assert found is not None
    return found.group(1)
