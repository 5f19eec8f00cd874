"""What a visitor without an account reads about 小平市."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from eligibility.public import Municipality, ProgrammeVersion
from facilities.models import Contract

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """The page's text without its tags and spaces."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_home__lists_the_municipalities_by_address(client: Client, kodaira: Municipality) -> None:
    page = read(client, "/")
    assert 'href="/kodaira/"' in page
    assert "小平市の産後ケア" in words(page)


def test_home__says_so_when_there_is_none(client: Client, db: None) -> None:
    assert "使える市は、まだありません" in read(client, "/")


def test_municipality__says_who_what_price_and_how_often(client: Client, kodaira: Municipality) -> None:
    page = words(read(client, "/kodaira/"))
    for fact in (
        "小平市に住民登録がある",
        "生後4か月になる前日まで",
        "宿泊型施設で休む。食事つき1泊5,000円5泊6日まで10:00〜最終日16:00",
        "日帰り型日中を施設で。食事つき1日2,000円5日まで10:00〜16:00",
        "1回1,500円2回まで9:00〜17:001回2時間まで(双子などは3時間)",
        "1時間600円5回まで9:00〜17:001回2時間まで",
        "合わせて7日まで",
        "生活保護・住民税非課税(均等割)の世帯は0円",
        "年末年始(12月29日〜1月3日)は使えません",
    ):
        assert fact in page


def test_municipality__says_how_to_apply_and_how_to_cancel(client: Client, kodaira: Municipality) -> None:
    page = words(read(client, "/kodaira/"))
    assert "妊娠32週0日から" in page
    assert "住民税の非課税世帯世帯全員分の非課税証明書" in page
    assert "宿泊型・日帰り型前日の16:00より前なら、日数は元に戻ります" in page
    assert "9,000円(双子など多胎児は13,500円)" in page


def test_municipality__names_facilities_and_office_with_phones(client: Client, kodaira: Municipality) -> None:
    page = read(client, "/kodaira/")
    for phone in ("042-329-4103", "042-341-6565", "042-345-8262", "042-346-3701"):
        assert f'href="tel:{phone}"' in page
    assert 'href="https://www.nakanosanfu.com/"' in page
    assert "ジュンレディースクリニック小平小平市喜平町1-14-20宿泊型日帰り型042-329-4103" in words(page)


def test_municipality__leaves_out_a_facility_whose_contract_has_ended(
    client: Client, kodaira: Municipality, all_tenants: None
) -> None:
    Contract.objects.filter(facility__code="nakano-clinic").update(ends_on=dt.date(2026, 3, 4))
    assert "中野産婦人科医院" not in read(client, "/kodaira/")


def test_municipality__asks_for_one_day_and_sends_it_to_the_check(client: Client, kodaira: Municipality) -> None:
    page = read(client, "/kodaira/")
    assert 'method="post" action="/kodaira/check/"' in page
    assert all(f'name="day_{part}"' in page for part in ("year", "month", "day"))


@pytest.mark.parametrize("address", ["/nowhere/", "/nowhere/check/", "/nowhere/about/privacy/", "/kodaira/about/us/"])
def test_unknown_address__is_not_found(client: Client, kodaira: Municipality, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/kodaira/", "/kodaira/check/"])
def test_programme_that_has_not_begun__is_not_found(client: Client, kodaira: Municipality, address: str) -> None:
    ProgrammeVersion.objects.update(effective_from=dt.date(2026, 4, 1))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("page", "fact"),
    [
        ("privacy", "答えは保存しません"),
        ("accessibility", "042-346-3701"),
        ("counselling", "0120-279-338"),
    ],
)
def test_about__stands_in_the_footer_and_answers(client: Client, kodaira: Municipality, page: str, fact: str) -> None:
    address = f"/kodaira/about/{page}/"
    assert f'href="{address}"' in read(client, "/kodaira/")
    assert fact in read(client, address)


def test_public_pages__take_no_post(client: Client, kodaira: Municipality) -> None:
    for address in ("/", "/kodaira/", "/kodaira/about/privacy/"):
        assert client.post(address).status_code == 405


def test_public_pages__ask_the_database_little(
    client: Client, kodaira: Municipality, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):  # the municipality, its versions, its amounts; offerings with their amounts
        client.get("/kodaira/")
