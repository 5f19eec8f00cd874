"""施設との契約: prices entered from a day on, never guessed; and an end that leaves nobody without a contract."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from facilities.models import Contract, ContractPrice, Facility
from facilities.selectors.contract_prices import contract_price
from facilities.services.loading import load_facility_files
from postpartum_portal.shared import clock
from tests.facilities.contracts.conftest import Enter
from tests.facilities.staff.conftest import Book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

USE, NO_SHOW = ContractPrice.Kind.USE, ContractPrice.Kind.NO_SHOW


@pytest.fixture
def page(clinic: Facility) -> str:
    return f"/kodaira/centre/contracts/{clinic.code}/"


def typed(amount: str = "30,000", day: dt.date = dt.date(2026, 4, 1), per: str = "day", **more: str) -> dict[str, str]:
    boxes = {"year": day.year, "month": day.month, "day": day.day}
    return {"amount": amount, "per": per, "note": "", **{f"starts_on_{k}": str(v) for k, v in boxes.items()}, **more}


def ending(day: dt.date, **more: str) -> dict[str, str]:
    boxes = {"year": day.year, "month": day.month, "day": day.day}
    return {f"ends_on_{part}": str(number) for part, number in boxes.items()} | more


# prices


def test_price__is_unpublished_until_entered_then_follows_the_day(enter: Enter, book: Book) -> None:
    booking = book()
    assert contract_price(booking, USE, on=booking.first_day) is None
    enter(amount=30_000)
    enter(amount=36_000, starts_on=dt.date(2026, 4, 1), per=ContractPrice.Per.NIGHT)
    enter(amount=31_000)  # a slip put right: the same day, entered later
    found = contract_price(booking, USE, on=dt.date(2026, 3, 31))
    later = contract_price(booking, USE, on=dt.date(2026, 4, 1))
    assert found
    assert later
    assert (found.amount, found.times(booking)) == (31_000, 3), "three days"
    assert (later.amount, later.times(booking)) == (36_000, 2), "two nights"
    assert contract_price(booking, NO_SHOW, on=booking.first_day) is None, "each kind is its own"


def test_price__of_nothing_is_an_entered_nothing(enter: Enter, book: Book) -> None:
    booking = book()
    enter(kind="no_show", amount=0)
    found = contract_price(booking, NO_SHOW, on=booking.first_day)
    assert found
    assert found.amount == 0


def test_price__is_entered_by_deciders_only(enter: Enter, nurse: Any) -> None:
    with pytest.raises(PermissionDenied):
        enter(by=nurse)
    assert not ContractPrice.objects.exists()


def test_page__says_what_is_missing_and_takes_an_amount(boss: Client, page: str) -> None:
    assert boss.get(page).content.decode().count("未入力") == 6, "three kinds for each of two services"
    told = boss.post(f"{page}short_stay/use/", typed(note="契約書 第5条"), follow=True).content.decode()
    assert "委託料を入力しました" in told
    assert "<b>30,000円</b> 1日" in told
    assert "契約書 第5条" in told
    row = ContractPrice.objects.get()
    assert (row.service, row.key, row.amount, row.per) == ("short_stay", "use", 30_000, "day")
    assert boss.get(f"{page}short_stay/other/").status_code == 404
    assert boss.get(f"{page}massage/use/").status_code == 404


def test_page__shows_what_a_price_means_before_it_counts(boss: Client, page: str, book: Book) -> None:
    book()
    form = typed(day=dt.date(2026, 3, 1))
    shown = boss.post(f"{page}short_stay/use/", form).content.decode()
    assert "まだ市に送られていない1件を、この額で計算します" in shown
    assert not ContractPrice.objects.exists()
    said = shown.partition('name="shown" value="')[2].partition('"')[0]
    boss.post(f"{page}short_stay/use/", form | {"amount": "3,000", "shown": said})
    assert not ContractPrice.objects.exists(), "another amount than was shown is asked anew"
    boss.post(f"{page}short_stay/use/", form | {"shown": said})
    assert ContractPrice.objects.get().amount == 30_000


def test_page__is_read_by_the_centre_and_changed_by_deciders(clerk: Client, page: str, receptionist: Any) -> None:
    assert "入力する" not in clerk.get(page).content.decode()
    assert clerk.post(f"{page}short_stay/use/", typed()).status_code == 404
    assert clerk.post(f"{page}end/", ending(dt.date(2026, 9, 30))).status_code == 404
    outside = Client()
    outside.force_login(receptionist)
    assert outside.get(page).status_code == 404
    assert outside.get("/kodaira/centre/contracts/").status_code == 404


def test_price__of_a_sample_list_gives_way_to_what_the_centre_enters(enter: Enter, clinic: Facility) -> None:
    for _ in range(2):
        load_facility_files(directory=Path("fixtures/demo"), on=clock.today())
    sample = ContractPrice.objects.get(facility=clinic, service="short_stay", key="use")
    assert sample.sample
    assert "見本の額です。" in sample.note
    enter(amount=28_000, starts_on=sample.starts_on)
    found = contract_price(sample, USE, on=clock.today())
    assert found
    assert (found.amount, found.sample) == (28_000, False)


# the end


def test_end__is_refused_while_somebody_has_booked_a_later_day(
    boss: Client, page: str, book: Book, contract: Contract
) -> None:
    booking = book(name="髙島 文")
    told = boss.post(f"{page}end/", ending(dt.date(2026, 3, 12), shown="2026-03-12")).content.decode()
    assert "髙島 文" in told
    assert "その日より後に予約があります。" in told
    contract.refresh_from_db()
    assert contract.ends_on is None
    confirm = boss.post(f"{page}end/", ending(booking.last_day)).content.decode()
    assert "で契約を終わる" in confirm
    contract.refresh_from_db()
    assert contract.ends_on is None, "it is asked first"
    boss.post(f"{page}end/", ending(booking.last_day, shown=booking.last_day.isoformat()))
    contract.refresh_from_db()
    assert contract.ends_on == booking.last_day


def test_end__outlives_the_next_load_of_the_list_and_can_be_taken_back(
    boss: Client, page: str, contract: Contract
) -> None:
    last = dt.date(2026, 9, 30)
    boss.post(f"{page}end/", ending(last, shown=last.isoformat()))
    load_facility_files(directory=Path("fixtures/programmes"), on=clock.today())
    contract.refresh_from_db()
    assert contract.ends_on == last
    assert "契約を続ける" in boss.get(page).content.decode()
    boss.post(f"{page}resume/")
    contract.refresh_from_db()
    assert contract.ends_on is None
