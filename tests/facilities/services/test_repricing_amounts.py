"""An amount is entered: open bookings that it touches are reckoned again and their mothers told; it is shown first."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from eligibility.public import MunicipalAmount, Municipality
from facilities.models import Booking
from facilities.selectors.effects import effect_of
from facilities.services.amounts import enter_amount, to_enter
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Event, Job, Mail
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.walking import MAY_CHILD, Family, desk, family, offering, proved, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

JUNE_10 = dt.date(2026, 6, 10)
KEY = "reduction.reduced_day"
OPEN = {"reason": "減免後の額は、子育て支援課が決めます", "who_knows": "municipality", "key": KEY}


@pytest.fixture
def zushi_family(zushi: Municipality, in_june: None) -> Family:
    """A household whose reduced price nobody has published yet."""
    return reduced(zushi)


def reduced(municipality: Municipality) -> Family:
    household = family(municipality, **MAY_CHILD)
    proved(household, "tax_exempt", proof="reduction_request")
    return household


def decider(municipality: Municipality) -> Any:
    return factories.MembershipFactory(municipality=municipality, role="decider").user


def enter(holder: Any, key: str = KEY, *, by: Any, amount: int = 1000, starts_on: dt.date = JUNE_10) -> Any:
    with tenant(municipality=holder.pk if isinstance(holder, Municipality) else holder.municipality_id):
        return enter_amount(holder, key, amount=amount, starts_on=starts_on, by=by, at=clock.now())


def work() -> int:
    """As a worker does, each job of ours twice; how many there were."""
    with scopes_disabled():
        jobs = list(Job.objects.filter(kind__startswith="reprice_by_"))
    for job in jobs * 2:
        Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, done_at=None)
        assert runner.run(job.pk)
        assert Job.objects.get(pk=job.pk).status == Job.Status.DONE
    return len(jobs)


def repriced(household: Family) -> list[str]:
    return [mail.text for mail in Mail.objects.filter(to=household.mother.email, kind="bookings_repriced")]


def test_enter__settles_the_price_of_days_from_its_first_on__once(zushi_family: Family, zushi: Municipality) -> None:
    for day in ("2026-06-09", "2026-06-10", "2026-06-11"):
        zushi_family.books("day_service", day, arrival="09:00:00")
    assert zushi_family.price("2026-06-10") == OPEN

    enter(zushi, by=decider(zushi))
    assert work() == 1

    assert [zushi_family.price(f"2026-06-{day}") for day in ("09", "10", "11")] == [OPEN, 1000, 1000]
    (mail,) = repriced(zushi_family)
    assert "逗子市の産後ケアの料金に使う6月10日(水)からの額が決まりましたので、次のとおり変わります。" in mail
    assert "6月10日の通所型の料金が変わります(減免後の額は、子育て支援課が決めます → 1,000円)。" in mail
    with scopes_disabled():
        assert Event.objects.filter(verb="booking.repriced").count() == 2


def test_enter__once_more__tells_nobody_again(zushi_family: Family, zushi: Municipality) -> None:
    zushi_family.books("day_service", "2026-06-10", arrival="09:00:00")
    boss = decider(zushi)
    enter(zushi, by=boss)
    enter(zushi, by=boss)

    assert work() == 1
    assert len(repriced(zushi_family)) == 1


def test_enter__leaves_what_was_attended(zushi_family: Family, zushi: Municipality, clock_at: Any) -> None:
    attended = zushi_family.books("day_service", "2026-06-10", arrival="09:00:00")
    zushi_family.books("day_service", "2026-06-11", arrival="09:00:00")
    clock_at.move_to("2026-06-10T10:00:00+09:00")
    desk(attended).post(f"/facility/bookings/{attended.number}/arrived/")

    enter(zushi, by=decider(zushi))
    work()

    assert zushi_family.booked("2026-06-10").status == Booking.Status.ATTENDED
    assert zushi_family.price("2026-06-10") == OPEN
    assert zushi_family.price("2026-06-11") == 1000


def test_enter__where_nobody_has_booked__asks_for_nothing(zushi_family: Family, zushi: Municipality) -> None:
    enter(zushi, by=decider(zushi))
    assert work() == 0


def test_enter__for_one_facility__leaves_its_neighbours_and_other_municipalities(
    okayama: Municipality, zushi: Municipality, in_june: None
) -> None:
    sample_facilities()
    here, elsewhere = family(okayama, **MAY_CHILD), reduced(zushi)
    here.books("home_visit", "2026-06-10", provisional="on")
    elsewhere.books("day_service", "2026-06-10", arrival="09:00:00")
    kept, boss = elsewhere.booked("2026-06-10").quote, decider(okayama)
    assert here.price("2026-06-10") == 2000

    enter(offering(okayama, "home_visit"), "home_visit.price", by=boss, amount=20_000, starts_on=JUNE_10)
    enter(offering(okayama, "day_service"), "day_service.price", by=boss, amount=1, starts_on=JUNE_10)
    assert work() == 1

    assert here.price("2026-06-10") == 13_000
    assert "6月10日の訪問は、2,000円から13,000円になります。" in repriced(here)[0]

    enter(okayama, "home_visit.share", by=boss, amount=8000, starts_on=JUNE_10)
    assert work() == 2
    assert here.price("2026-06-10") == 12_000
    assert elsewhere.booked("2026-06-10").quote == kept


def test_effect__takes_as_many_statements_for_many_bookings_as_for_one(zushi: Municipality, in_june: None) -> None:
    boss = decider(zushi)

    def statements() -> int:
        with tenant(municipality=zushi.pk):
            row = to_enter(zushi, KEY, amount=1000, starts_on=JUNE_10, by=boss, at=clock.now())
            with CaptureQueriesContext(connection) as taken:
                effect_of(row, on=clock.today())
        return len(taken)

    reduced(zushi).books("day_service", "2026-06-10", arrival="09:00:00")
    alone = statements()
    for _ in range(3):
        household = reduced(zushi)
        household.books("day_service", "2026-06-10", arrival="09:00:00")
        household.books("day_service", "2026-06-12", arrival="09:00:00")

    assert statements() == alone


# the page


def typed(amount: str, **more: str) -> dict[str, str]:
    day = {"starts_on_year": "2026", "starts_on_month": "6", "starts_on_day": "10"}
    return {"amount": amount, **day, "household_class": "*", "note": "", **more}


def shown_in(page: str) -> str:
    return page.partition('name="shown" value="')[2].partition('"')[0]


def test_page__says_first_how_many_bookings_change_and_by_how_much(zushi_family: Family, zushi: Municipality) -> None:
    zushi_family.books("day_service", "2026-06-10", arrival="09:00:00")
    zushi_family.books("day_service", "2026-06-11", arrival="09:00:00")
    boss = Client()
    boss.force_login(decider(zushi))
    address = f"/zushi/centre/amounts/{KEY}/"

    page = boss.post(address, typed("1,000円")).content.decode()

    assert "これからの予約2件の料金が変わります。" in page
    assert "2件は、決まっていなかった料金が、合わせて2,000円に決まります。" in page
    assert not MunicipalAmount.objects.filter(key=KEY).exists()

    other = boss.post(address, typed("1,500円", shown=shown_in(page))).content.decode()
    assert "合わせて3,000円に決まります。" in other, "what was shown is not what is asked for now"
    assert not MunicipalAmount.objects.filter(key=KEY).exists()

    done = boss.post(address, typed("1,500円", shown=shown_in(other)), follow=True).content.decode()
    assert "額を入力しました" in done
    work()
    assert zushi_family.price("2026-06-11") == 1500

    again = boss.post(address, typed("2,000円")).content.decode()
    assert "2件は、合わせて3,000円から4,000円になります。" in again
