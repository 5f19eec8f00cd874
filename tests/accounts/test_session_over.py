"""A session that ends in the middle of something: the answer says what became of it and leads back."""

import pytest
from django.test import Client

from eligibility.public import Municipality

pytestmark = pytest.mark.django_db
STEP = "/kodaira/apply/person/"
HTMX = {"HX-Request": "true"}


def test_reading__leads_to_the_sign_in_and_back(client: Client, kodaira: Municipality) -> None:
    answer = client.get(f"{STEP}?from=review")

    assert answer.headers["Location"] == f"/accounts/login/?next={STEP}%3Ffrom%3Dreview"


def test_sending__says_that_it_was_not_saved(client: Client, kodaira: Municipality) -> None:
    page = client.post(STEP, {"name": "髙橋"}, headers={"Referer": f"http://testserver{STEP}"}, follow=True)

    assert page.redirect_chain == [(f"/accounts/login/?unsaved=1&next={STEP}", 302)]
    assert "いま送られたものは、保存していません" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/kodaira/centre/cases/R8-0001/call/", "/facility/bookings/1234-5678-9012/arrived/"]
)
def test_sending__to_an_address_without_a_page_leads_back_to_where_the_form_stood(
    client: Client, kodaira: Municipality, address: str
) -> None:
    answer = client.post(address, headers={"Referer": "http://testserver/kodaira/centre/?q=1"})

    assert answer.headers["Location"] == "/accounts/login/?unsaved=1&next=/kodaira/centre/%3Fq%3D1"


@pytest.mark.parametrize("before", ["", "https://elsewhere.example/kodaira/"])
def test_sending__from_nowhere_known_leads_to_ones_own_page(client: Client, kodaira: Municipality, before: str) -> None:
    answer = client.post(STEP, headers={"Referer": before})

    assert answer.headers["Location"] == "/accounts/login/?unsaved=1&next=/accounts/home/"


def test_a_page_that_redraws_itself__leaves_for_the_sign_in(client: Client, kodaira: Municipality) -> None:
    answer = client.get("/kodaira/my/book/1/?days=2", headers=HTMX)

    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/kodaira/my/book/1/%3Fdays%3D2"


def test_a_page_that_saves_itself__says_so_in_its_place(client: Client, kodaira: Municipality) -> None:
    answer = client.post("/kodaira/centre/cases/R8-0001/hearing/", headers=HTMX)

    assert (answer.status_code, "<html" in answer.content.decode()) == (200, False)
    assert "ログインが切れたので、保存していません" in answer.content.decode()


def test_a_form_from_before_the_last_sign_in__is_told_what_to_do(kodaira: Municipality) -> None:
    answer = Client(enforce_csrf_checks=True).post(STEP)

    assert answer.status_code == 403
    assert "もういちど送ってください" in answer.content.decode()
