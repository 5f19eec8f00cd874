"""The office in charge: asked only where there are several, found in the address, never guessed."""

from typing import Any

import pytest
from django.http import QueryDict

from applications.forms.apply.person import PersonForm
from applications.forms.changes import AddressForm
from applications.letters import compose
from applications.models import Application, Household
from applications.selectors.changes import on_file
from applications.selectors.narrowing import NO_OFFICE, Narrowing
from applications.selectors.offices import other_office_named
from applications.selectors.worklist import Desk
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from tests.cases import handed_in
from tests.factories import UserFactory

from .conftest import Applicant
from .posts import COMPLETE
from .test_programmes import apply, terms_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def person_form(municipality: Municipality, **changes: Any) -> PersonForm:
    sent = QueryDict(mutable=True)
    for name, value in {**COMPLETE["person"], **changes}.items():  # type: ignore[index]  # a step is its code
        sent.setlist(name, value if isinstance(value, list) else [value])
    draft = Application(citizen=UserFactory(), municipality=municipality)
    return PersonForm(sent, terms=terms_of(municipality), on=clock.today(), application=draft)


@pytest.mark.parametrize("slug", ["kodaira", "kumagaya", "zushi"])
def test_office__is_not_asked_where_one_office_serves_all(slug: str, request: Any) -> None:
    assert "office" not in person_form(request.getfixturevalue(slug)).fields


@pytest.mark.parametrize(
    ("address", "chosen", "office"),
    [
        ("川崎市宮前区宮前平2-20-5", "", "miyamae_ward"),
        ("川崎市川崎区東田町8", "", "kawasaki_ward"),
        ("川崎市宮前区宮前平2-20-5", "saiwai_ward", "saiwai_ward"),
        ("川崎市東田町8", "saiwai_ward", "saiwai_ward"),
    ],
)
def test_office__is_the_ward_of_the_address_unless_she_says_another(
    address: str, chosen: str, office: str, kawasaki: Municipality
) -> None:
    form = person_form(kawasaki, address=address, office=chosen)

    assert not form.errors.get("office")
    assert form.cleaned_data["office"] == office


def test_office__is_asked_for_where_the_address_names_no_ward(kawasaki: Municipality) -> None:
    assert person_form(kawasaki, address="川崎市東田町8").errors["office"] == ["お住まいの区を選んでください。"]


def test_office__is_not_guessed_where_no_area_is_published(okayama: Municipality) -> None:
    form = person_form(okayama, address="岡山市中区浜3-7-15")

    assert form.is_valid()
    assert form.cleaned_data["office"] == ""
    assert 'value="unknown"' in str(form["office"])


def test_office__stands_on_her_pages_on_the_case_and_on_the_letter(kawasaki: Municipality, media: Any) -> None:
    applicant = apply(kawasaki, media, person={"office": "miyamae_ward"})
    applicant.submit()
    row = applicant.application

    assert Household.objects.get().office == "miyamae_ward"
    for address in (applicant.url("done", number=row.number), "/kawasaki/my/"):
        assert "044-856-3302" in applicant.client.get(address).content.decode()
    letter = compose.refusal(row, number="1", on=clock.today(), wished=(), reason="事実\nきまり")
    assert letter.contact[0].startswith("川崎市 こども未来局")
    assert letter.contact[-1] == "お住まいの地域の窓口 宮前区地域みまもり支援センター 地域支援課 電話 044-856-3302"


def test_review__says_kindly_that_the_address_names_another_ward(kawasaki: Municipality, media: Any) -> None:
    other = {"address": "川崎市高津区下作延2-8-1", "office": "kawasaki_ward"}
    applicant = apply(kawasaki, media, person=other)
    said = "住所は高津区、選んだ窓口は川崎区です。"
    assert said in applicant.client.get(applicant.url("review")).content.decode()

    assert other_office_named(other["address"], "takatsu_ward", terms_of(kawasaki)) is None
    assert other_office_named("川崎市東田町8", "kawasaki_ward", terms_of(kawasaki)) is None


def test_office__follows_a_move_within_the_city(kawasaki: Municipality, media: Any) -> None:
    applicant: Applicant = apply(kawasaki, media, person={"office": "miyamae_ward"})
    applicant.submit()
    found = on_file(applicant.user, kawasaki)
    assert found is not None

    sent = QueryDict("postcode=2120013&address=川崎市幸区堀川町1&office=miyamae_ward&token=abcdefghij0123456789")
    form = AddressForm(sent, found=found, today=clock.today())

    assert form.is_valid(), form.errors
    assert form.values()["office"] == "saiwai_ward"


def test_worklist__is_narrowed_to_an_office(kawasaki: Municipality) -> None:
    here = handed_in(kawasaki, household__office="miyamae_ward")
    handed_in(kawasaki, household__office="saiwai_ward")
    nowhere = handed_in(kawasaki)

    def listed(office: str) -> list[str]:
        return [entry.application.number for entry in desk.page(Narrowing(office=office))]

    desk = Desk(now=clock.now())

    assert listed("miyamae_ward") == [here.number]
    assert listed(NO_OFFICE) == [nowhere.number]
    assert desk.tabs(Narrowing(office="miyamae_ward"))[0].count == 1
    assert len(listed("")) == 3
