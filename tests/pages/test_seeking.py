"""The public list of facilities: narrowed by what a visitor asks, and one facility's own page with its free days."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from eligibility.public import Municipality
from facilities.models import DayCapacity, Facility, Offering
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.pages.reading import text

pytestmark = pytest.mark.django_db

FIVE_MONTHS_IN_JUNE = {
    "day_year": "2026",
    "day_month": "6",
    "day_day": "10",
    "born_year": "2026",
    "born_month": "1",
    "born_day": "10",
}


@pytest.fixture
def town(zushi: Municipality, clock_at: Any) -> Municipality:
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    return zushi


def parts(client: Client, address: str, **asked: str) -> tuple[str, str]:
    """The page before 「いまの条件では使えない施設」, and what stands behind it."""
    page = client.get(address, asked).content.decode()
    fitting, _, closed = page.partition('id="closed"')
    return fitting, text(closed)


def test_municipality__puts_what_fits_first_and_says_why_the_rest_does_not(client: Client, town: Municipality) -> None:
    """Z6, by somebody who is nobody here."""
    fitting, closed = parts(client, "/zushi/", **FIVE_MONTHS_IN_JUNE)

    assert "うみかぜ助産院" in fitting
    assert "かもめ助産院" not in fitting
    assert "かもめ助産院生後4か月未満のお子さんが対象です。6月10日には5か月です。" in closed
    assert "12か所の施設のうち、いまの条件で使えるのは7か所です。使いたい日:令和8年6月10日(水)・" in text(fitting)
    assert fitting.count('value="2026"') == 2, "what was typed stays in the form"
    assert 'name="day_month" value="6"' in fitting
    assert not client.session.keys(), "and nowhere else"


def test_municipality__narrows_by_twins_siblings_area_and_way_of_booking(client: Client, town: Municipality) -> None:
    _, twins = parts(client, "/zushi/", multiples="yes", siblings="yes")
    assert "うみかぜ助産院双子などの受け入れをしていません。" in twins
    fitting, closed = parts(client, "/zushi/", area="逗子市", by="mail", service="home_visit")
    assert "うみかぜ助産院" in fitting
    assert "逗子母乳育児相談室予約は電話で受けています。" in closed
    assert "使える施設は、ありません" in text(parts(client, "/zushi/", area="茅ヶ崎", by="mail")[0])


def test_municipality__asks_nothing_where_a_few_facilities_are_alike(client: Client, kodaira: Municipality) -> None:
    assert 'name="born_year"' not in client.get("/kodaira/").content.decode()


def test_municipality__sends_a_wrong_day_back_and_narrows_by_the_rest(client: Client, town: Municipality) -> None:
    wrong = {"born_year": "2026", "born_month": "2", "born_day": "30"}
    page = client.get("/zushi/", wrong).content.decode()
    assert "か所を直してください" in page
    assert 'id="closed"' not in page
    assert "かもめ助産院" in page

    fitting, closed = parts(client, "/zushi/", **wrong, service="short_stay")

    assert "か所を直してください" in fitting
    assert "いまの条件で使えるのは6か所です。種類:宿泊型条件を消す" in text(fitting)
    assert "かもめ助産院宿泊型はしていません。" in closed


# one facility


def test_facility__tells_what_is_known_of_it(client: Client, town: Municipality) -> None:
    page = text(client.get("/zushi/facilities/umikaze-josanin/"))
    for words in (
        "通所型",
        "3,500円(税抜)",
        "訪問型",
        "予約のしかた:メール",
        "生後1歳未満多胎:不可きょうだい:不可",
        "逗子市逗子5-2-50",
        "1日お1人だけのプライベートケア",
    ):
        assert words in page
    assert "の空き" not in page
    assert "場所公表されていません。施設に確かめてください。" in text(client.get("/zushi/facilities/kamome-josanin/"))
    assert client.get("/zushi/facilities/nakano-clinic/").status_code == 404, "another town's"


@pytest.fixture
def clinic(town: Municipality) -> Facility:
    """On the first day one place of two is free, then none, then it rests; nothing is said of the days after."""
    found = Facility.objects.get(code="maruyama-sanfujinka")
    with tenant(municipality=town.pk):
        place = Offering.objects.filter(facility=found).values_list("place", flat=True)[0]
    for number, (limit, used) in enumerate([(2, 1), (2, 2), (0, 0), (2, 0)]):
        day = dt.date(2026, 6, 1) + dt.timedelta(days=number)
        DayCapacity.objects.create(facility=found, place=place, day=day, limit=limit, used=used)
    Facility.objects.filter(pk=found.pk).update(keeps_capacity=True)
    return found


@pytest.mark.usefixtures("all_tenants")
def test_facility__shows_its_free_days_only_once_it_publishes_them(client: Client, clinic: Facility) -> None:
    address = "/zushi/facilities/maruyama-sanfujinka/"
    assert "残り1" not in text(client.get(address))
    desk = Client()
    desk.force_login(factories.StaffMembershipFactory(facility=clinic).user)
    capacity = desk.get("/facility/capacity/").content.decode()
    assert "公開していません。" in text(capacity)
    assert "csrfmiddlewaretoken" in capacity.partition('action="/facility/capacity/publish/"')[2]

    desk.post("/facility/capacity/publish/", {"publish": "1"})
    desk.post("/facility/capacity/publish/", {"publish": "1"})

    page = text(client.get(address))
    for words in ("6月1日(月)△残り1", "6月2日(火)満", "6月3日(水)休み", "6月4日(木)○あり", "6月28日(日)未定"):
        assert words in page
    assert "6月29日" not in page, "four weeks"
    assert 'href="/zushi/facilities/maruyama-sanfujinka/#free"' in client.get("/zushi/").content.decode()
    assert Event.objects.filter(verb="capacity.published").count() == 1
    desk.post("/facility/capacity/publish/", {"hide": "1"})
    assert "残り1" not in text(client.get(address))


def test_facility__is_read_in_few_statements(
    client: Client, clinic: Facility, django_assert_max_num_queries: Any
) -> None:
    Facility.objects.update(publishes_places=True, keeps_capacity=True)
    with django_assert_max_num_queries(12):
        client.get("/zushi/facilities/maruyama-sanfujinka/")
