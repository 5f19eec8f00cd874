"""Who can be taken where, by Zushi's own list and the demo's list for Kawasaki; why not, in plain sentences."""

import datetime as dt
from collections.abc import Iterator

import pytest

from eligibility import engine
from eligibility.public import Municipality, programme_of, version_on
from facilities.models import Contract, Facility
from facilities.selectors.listed import ListedFacility, ListedService, listed_facilities
from facilities.selectors.matching import Matched, Wanted, Way, areas_of, match
from postpartum_portal.shared.tenancy import tenant
from tests import factories

pytestmark = pytest.mark.django_db

JUNE_10 = dt.date(2026, 6, 10)
FIVE_MONTHS = engine.Facts(birth_date=dt.date(2026, 1, 10))


@pytest.fixture
def town(zushi: Municipality) -> Iterator[Municipality]:
    with tenant(municipality=zushi.pk):
        yield zushi


def matched(town: Municipality, facts: engine.Facts = FIVE_MONTHS, **wanted: object) -> dict[str, Matched]:
    asked: dict[str, object] = {"on": JUNE_10, "facts": facts, **wanted}
    found = match(
        listed_facilities(town, on=JUNE_10),
        Wanted(**asked),  # type: ignore[arg-type]  # what a test names
        programme_of(version_on(town, JUNE_10)).terms,
    )
    return {item.listed.facility.name: item for item in found}


def test_match__a_child_of_five_months__goes_where_the_list_takes_it(town: Municipality) -> None:
    """Z6."""
    found = matched(town)

    assert len(found) == 12, "nobody is dropped in silence"
    assert [item.service.code for item in found["うみかぜ助産院"].usable] == ["day_service", "home_visit"]
    assert found["うみかぜ助産院"].reasons == ()
    assert found["かもめ助産院"].usable == ()
    assert found["かもめ助産院"].reasons == ("生後4か月未満のお子さんが対象です。6月10日には5か月です。",)
    assert found["湘南鎌倉助産院・産後ケアセンター"].reasons == (
        "新生児(生後1か月まで)のお子さんが対象です。6月10日には5か月です。",
    )


def test_match__twins_and_siblings__meet_what_each_list_says(town: Municipality) -> None:
    twins = engine.Facts(birth_date=dt.date(2026, 5, 20), children=2)

    found = matched(town, twins, siblings=True)

    assert found["うみかぜ助産院"].reasons == (
        "双子などの受け入れをしていません。",
        "通所型は、きょうだいの受け入れをしていません。",
    ), "whom a midwife visits is at home already"
    assert found["山本助産院"].reasons == ()
    assert [item.service.code for item in found["ぶくぶく助産院"].usable] == ["home_visit"]


def test_match__area_service_and_way_of_booking__each_give_their_reason(town: Municipality) -> None:
    newborn = engine.Facts(birth_date=dt.date(2026, 6, 1))

    assert matched(town, newborn, by=Way.PHONE)["うみかぜ助産院"].reasons == ("予約はメールで受けています。",)
    assert matched(town, newborn, by=Way.MAIL)["ひとしずく助産院"].reasons == ("予約のしかたは公表されていません。",)
    in_town = matched(town, newborn, area="逗子市")
    assert in_town["宮崎助産院"].reasons == ("地域は鎌倉市内です。",)
    assert in_town["かもめ助産院"].reasons == ("地域は、市の一覧では読み取れません。施設に確かめてください。",)
    assert matched(town, newborn, service="short_stay")["かもめ助産院"].reasons == ("宿泊型はしていません。",)
    assert areas_of(listed_facilities(town, on=JUNE_10))[:2] == ("逗子市", "横浜 南区")


def test_match__here__is_where_somebody_answers(town: Municipality) -> None:
    before = matched(town, by=Way.HERE)["うみかぜ助産院"]
    factories.StaffMembershipFactory(facility=before.listed.facility)

    assert before.reasons == ("予約はメールで受けています。",)
    assert matched(town, by=Way.HERE)["うみかぜ助産院"].reasons == ()


def test_match__without_a_birth_or_after_a_loss__speaks_of_no_child(town: Municipality) -> None:
    expected = matched(town, engine.Facts())
    lost = engine.Facts(birth_date=dt.date(2026, 1, 10), family=engine.Family.BEREAVED)

    assert all(not item.reasons for item in expected.values())
    assert all("お子さん" not in reason for item in matched(town, lost).values() for reason in item.reasons)


def test_match__beyond_the_programmes_own_limit__no_facility_is_left(town: Municipality) -> None:
    found = matched(town, engine.Facts(birth_date=dt.date(2025, 6, 1)))

    assert found["山本助産院"].reasons == ("生後1年未満のお子さんが対象です。6月10日には1歳です。",)


def in_kawasaki(town: Municipality, service: str, place: engine.Place, facts: engine.Facts, on: dt.date) -> Matched:
    """A facility of one service: its page names none."""
    listed = ListedFacility(Facility(), Contract(), (ListedService(service, "", place, 0),), here=False)
    (found,) = match([listed], Wanted(on=on, facts=facts), programme_of(version_on(town, on)).terms)
    return found


def test_match__a_child_born_early__is_counted_from_its_due_date_everywhere(kawasaki: Municipality) -> None:
    """As W4, at a facility that takes children under 2 months: born at 35w0d, due on 2026-04-05."""
    early = engine.Facts(birth_date=dt.date(2026, 3, 1), due_date=dt.date(2026, 4, 5))
    limit = engine.AgeLimit(2, engine.AgeUnit.MONTHS, "生後2か月未満", engine.Source("見本", "見本"))
    place = engine.Place(age_limit=limit)

    assert in_kawasaki(kawasaki, "short_stay", place, early, dt.date(2026, 6, 4)).reasons == ()
    assert in_kawasaki(kawasaki, "short_stay", place, early, dt.date(2026, 6, 5)).reasons == (
        "生後2か月未満のお子さんが対象です。予定日から数えて、使えるのは6月4日(木)までです。",
    )


def test_match__what_nobody_has_published__is_neither_yes_nor_no(kawasaki: Municipality) -> None:
    """W8, at a facility of which no list says which children it takes."""
    twins = engine.Facts(birth_date=dt.date(2026, 1, 10), children=2)

    (usable,) = in_kawasaki(kawasaki, "day_long", engine.ANYWHERE, twins, JUNE_10).usable

    assert usable.notes == (
        "生後4か月から1歳未満のお子さんは、施設へお問い合わせください。",
        "双子などの受け入れは、施設に確かめてください。",
    )
