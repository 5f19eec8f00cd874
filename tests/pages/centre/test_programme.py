"""The programme in the centre's pages: readable, dated, compared, and nobody else's."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eligibility.public import Municipality, ProgrammeVersion, publish_draft
from postpartum_portal.shared import clock
from tests import factories
from tests.clients import signed_in
from tests.eligibility.drafted import CHEAPER, NAME, replayed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
URL = "/kodaira/centre/programme/"


@pytest.fixture
def staff(nurse: Any) -> Client:
    return signed_in(nurse)


@pytest.fixture
def april(kodaira: Municipality, nurse: Any, decider: Any) -> ProgrammeVersion:
    """A night costs 4,500 yen from 1 April."""
    draft = replayed(kodaira, nurse)
    return publish_draft(draft, effective_from=dt.date(2026, 4, 1), by=decider, at=clock.now())


def page(client: Client, address: str = URL) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def first_version(municipality: Municipality) -> ProgrammeVersion:
    return ProgrammeVersion.objects.filter(municipality=municipality).order_by("pk")[0]


def test_in_force__is_read_in_words_with_the_sentences(kodaira: Municipality, staff: Client) -> None:
    html = page(staff)
    for words in (
        "いまのきまり",
        "いまのきまり",
        "宿泊型 1泊5,000円",
        '<span class="mute">額:</span> 5,000円',
        "公表されていません: 市長の氏名は、市が設定します",
        "読み方: 「午後4時以降」なので",
    ):
        assert words in html
    assert "price" not in html.split("<main")[1]


def test_in_force__says_of_which_day_its_page_is(kodaira: Municipality, staff: Client) -> None:
    assert 'もとのページの日付: <time datetime="2024-08-23">令和6年8月23日(金)' in page(staff)


def test_in_force__says_that_its_page_bears_no_date(okayama: Municipality) -> None:
    here = signed_in(factories.MembershipFactory(municipality=okayama).user)
    assert "もとのページの日付: 日付の記載なし" in page(here, "/okayama/centre/programme/")


def test_in_force__follows_the_day(april: ProgrammeVersion, nurse: Any, clock_at: Any) -> None:
    assert "4,500円" not in page(signed_in(nurse))
    clock_at.move_to("2026-04-01T00:00:00+09:00")
    assert "4,500円" in page(signed_in(nurse))


def test_in_force__before_the_first_version_leads_to_those_to_come(kodaira: Municipality, nurse: Any) -> None:
    """逗子市's begins on 1 April."""
    zushi = Municipality.objects.get(slug="zushi")
    staff = signed_in(factories.MembershipFactory(municipality=zushi, user=nurse).user)
    assert "いま効力のあるきまりはありません" in page(staff, "/zushi/centre/programme/")
    assert "これから" in page(staff, "/zushi/centre/programme/versions/")


def test_versions__tell_their_days_and_who_published(april: ProgrammeVersion, staff: Client) -> None:
    html = page(staff, f"{URL}versions/")
    for words in (
        "いまのきまり",
        "これから",
        "令和8年3月31日(火)",
        "令和8年4月1日(水)",
        "田中",
        "案は 渡辺",
        "取り込み",
    ):
        assert words in html


def test_versions__cost_the_same_queries_for_many(
    april: ProgrammeVersion, kodaira: Municipality, staff: Client
) -> None:
    page(staff, f"{URL}versions/")
    with CaptureQueriesContext(connection) as few:
        page(staff, f"{URL}versions/")
    for number in range(8):
        ProgrammeVersion.objects.create(
            municipality=kodaira,
            file_name=f"v{number}",
            text="",
            sha256=f"v{number}",
            effective_from=dt.date(2025, 1, 1 + number),
        )
    with CaptureQueriesContext(connection) as many:
        page(staff, f"{URL}versions/")
    assert len(many) == len(few)


def test_version__can_be_read_after_it_is_over(
    april: ProgrammeVersion, kodaira: Municipality, nurse: Any, clock_at: Any
) -> None:
    clock_at.move_to("2026-05-01T10:00:00+09:00")
    html = page(signed_in(nurse), f"{URL}versions/{first_version(kodaira).pk}/")
    assert "前の版" in html
    assert "5,000円" in html


def test_difference__of_two_versions_names_the_changed_price(
    april: ProgrammeVersion, kodaira: Municipality, staff: Client
) -> None:
    html = page(staff, f"{URL}diff/{first_version(kodaira).pk}/{april.pk}/")
    for words in (
        "きまりが1か所変わります。",
        "宿泊型 › 料金 › 額",
        "5,000円",
        "<b>4,500円</b>",
        "「宿泊型 1泊4,500円」",
    ):
        assert words in html
    assert "きまりは変わりません。" in page(staff, f"{URL}diff/{april.pk}/{april.pk}/")


def test_file__is_what_was_loaded(april: ProgrammeVersion, staff: Client) -> None:
    answer = staff.get(f"{URL}versions/{april.pk}/file/")
    assert answer.content.decode() == CHEAPER
    assert answer["Content-Disposition"] == f'attachment; filename="{NAME}"'
    assert answer["Content-Type"] == "application/yaml; charset=utf-8"


ADDRESSES = ["", "versions/", "versions/{pk}/", "versions/{pk}/file/", "diff/{pk}/{pk}/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages__are_for_the_centre_of_this_municipality(kodaira: Municipality, mother: Any, address: str) -> None:
    elsewhere = Municipality.objects.create(code="999998", slug="mihon", name="見本市", office={})
    stranger = factories.MembershipFactory(municipality=elsewhere, role="decider").user
    url = URL + address.format(pk=first_version(kodaira).pk)
    assert Client().get(url).status_code == 302
    for person in (mother, stranger):
        assert signed_in(person).get(url).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES[2:])
def test_versions__of_another_municipality_are_none(kodaira: Municipality, staff: Client, address: str) -> None:
    elsewhere = Municipality.objects.create(code="999998", slug="mihon", name="見本市", office={})
    theirs = ProgrammeVersion.objects.create(municipality=elsewhere, file_name="x", text=CHEAPER, sha256="x")
    assert staff.get(URL + address.format(pk=theirs.pk)).status_code == 404


def test_auditor__reads_and_is_offered_nothing_to_do(kodaira: Municipality) -> None:
    client = signed_in(factories.MembershipFactory(municipality=kodaira, role="auditor").user)
    assert "新しい案を出す" not in page(client)
    assert "新しい案を出す" not in page(client, f"{URL}versions/")
