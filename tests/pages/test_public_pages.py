"""What a visitor without an account reads about 小平市."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from eligibility.engine.bereaved import OF_CHILDREN
from eligibility.public import Municipality, ProgrammeVersion
from facilities.models import Contract
from facilities.public import load_facility_files
from tests import factories
from tests.eligibility.kodaira import ROOT

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


def test_check__of_a_programme_that_has_not_begun__is_not_found(client: Client, kodaira: Municipality) -> None:
    ProgrammeVersion.objects.update(effective_from=dt.date(2026, 4, 1))
    assert client.get("/kodaira/check/").status_code == 404


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


def test_counselling__after_a_loss__speaks_of_no_child(client: Client, zushi: Municipality, mother: Any) -> None:
    """The check's page for after a loss leads there; whose loss is known comes there by every footer's link."""
    footer = links_about_this_site(client.post("/zushi/check/", {"family": "bereaved"}).content.decode())
    assert footer[0] == "/zushi/about/consolation/"
    assert links_about_this_site(read(client, "/zushi/check/"))[0] == "/zushi/about/counselling/"
    client.force_login(mother)
    assert "赤ちゃん" in read(client, "/zushi/about/counselling/")
    lost = {"outcome": "lost", "born_on": None, "ended_on": dt.date(2026, 3, 1)}
    factories.BirthFactory(municipality=zushi, household__citizen=mother, **lost)

    for page in (read(client, footer[0]), read(client, "/zushi/about/counselling/")):
        assert links_about_this_site(page)[0] == "/zushi/about/consolation/"
        assert "0120-279-338" in page
        assert not [
            word for word in ("育児", "子ども", "児童", "こども") if word in words(page).replace("子育て支援課", "")
        ]
        assert not OF_CHILDREN.search(words(page))


def links_about_this_site(html: str) -> list[str]:
    """Where the links about this site lead."""
    return re.findall(r'href="(/[a-z]+/about/[^"]*)"', html)


def test_public_pages__take_no_post(client: Client, kodaira: Municipality) -> None:
    for address in ("/", "/kodaira/", "/kodaira/about/privacy/"):
        assert client.post(address).status_code == 405


def test_public_pages__ask_the_database_little(
    client: Client, kodaira: Municipality, django_assert_max_num_queries: Any
) -> None:
    # the municipality, its version now and those to come, its amounts; offerings with their amounts; who answers where
    with django_assert_max_num_queries(8):
        client.get("/kodaira/")


def test_home__lists_only_what_is_in_force(client: Client, kodaira: Municipality, clock_at: Any) -> None:
    assert "逗子市" not in read(client, "/")
    clock_at.move_to("2026-04-01T00:00:00+09:00")
    page = words(read(client, "/"))
    assert all(f"{name}の産後ケア" in page for name in ("熊谷市", "小平市", "川崎市", "逗子市", "岡山市"))


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        (
            "kumagaya",
            (
                "通所型日中を施設で過ごす。2食つき施設ごとに違います7日まで",
                "市民税非課税世帯・生活保護世帯軽減後の額は、母子健康センターが決めます",
                "さめじまボンディングクリニック熊谷市太井1681宿泊型通所型1日3,000円048-526-1103",
                "子育て世代包括支援センター「くまっこるーむ」",
            ),
        ),
        (
            "kawasaki",
            (
                "1日5,000円(はじめの5回)、そのあと7,500円あわせて7回まで時間は施設にお尋ねください",
                "1回1,500円(はじめの5回)、そのあと4,000円",
                "市民税非課税世帯宿泊型・日帰りロング型:1日2,500円日帰りショート型・訪問型:0円",
                "麻生区地域みまもり支援センター",
                "12:00からは、キャンセル料がかかります。額は公表されていません。",
            ),
        ),
        (
            "zushi",
            (
                "1泊2日13,000円、以降1日6,500円(税抜)",
                "1回500円+交通費相当500円(税抜)",
                "うみかぜ助産院逗子市逗子5-2-50",
                "生後1歳未満多胎:不可きょうだい:不可",
                "申込み方法:メール",
                "電話番号は1けた足りません",
            ),
        ),
        (
            "okayama",
            (
                "施設の料金から公費負担額を引いた額。",
                "取り消しや変更のきまりは公表されていません。",
                "南区南保健センター",
            ),
        ),
    ],
)
def test_municipality__is_shown_from_its_file(
    client: Client, slug: str, facts: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(slug)
    page = words(read(client, f"/{slug}/"))
    assert [fact for fact in facts if fact not in page] == []


def test_municipality__leaves_out_what_its_file_does_not_have(client: Client, okayama: Municipality) -> None:
    page = words(read(client, "/okayama/"))
    for heading in ("申請に使う書類", "世帯ごとの料金", "施設と連絡先"):
        assert heading not in page
    assert "使えるもの対象連絡先" not in words(read(client, "/kumagaya/")), "its list says of no facility whom it takes"


@pytest.mark.usefixtures("all_tenants")
def test_municipality__marks_samples_of_the_demo(client: Client, okayama: Municipality) -> None:
    load_facility_files(directory=ROOT / "fixtures" / "demo", on=dt.date(2026, 3, 5))
    page = words(read(client, "/okayama/"))
    assert "見本レディースクリニック見本岡山市北区見本町1-1宿泊1日10,000円(見本の額)" in page
    assert "公費負担額20,000円(見本の額)を引いた額" in page
