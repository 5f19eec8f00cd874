"""What a facility list says becomes rows, dated, once; what staff entered stays."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, transaction

from eligibility.models import MunicipalAmount
from eligibility.public import Municipality
from facilities.models import Contract, Facility, Offering, OfferingAmount
from facilities.selectors.amounts import entered_for_each
from facilities.selectors.limits import place_of
from facilities.services.amounts import enter_amount
from facilities.services.loading import load_facility_files
from postpartum_portal.shared import clock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants")]

TODAY = dt.date(2026, 3, 5)
LIST = """\
municipality: "132110"
from: 2024-08-23
document: 施設の一覧
facilities:
  - code: clinic
    kind: facility
    name: 医院
    area: 市内
    phones: [042-000-0001, 042-000-0002]
    ages: {under: 4, unit: months, title: 生後4か月未満}
    multiples: true
    booking: {by: phone, text: 電話してください。}
    services:
      - short_stay
      - code: day_service
        ages: {under: 60, unit: days, inclusive: true, title: 生後60日まで}
        multiples: false
        prices:
          - {amount: 5000, per: 1日, source: 通所 5000円}
    note: 地域の欄は読み取れない
    source: 医院の行
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Kodaira's programme, and then a list of one clinic with a price, although the programme leaves none open."""
    (tmp_path / "facilities").mkdir()
    shutil.copy(next(settings.PROGRAMME_DIR.glob("132110-*.yaml")), tmp_path)
    call_command("load_programmes", tmp_path, verbosity=0)
    load(tmp_path, LIST)
    return tmp_path


@pytest.fixture
def day_use(folder: Path) -> Offering:
    return Offering.objects.select_related("contract", "facility", "municipality").get(service="day_service")


def write(folder: Path, text: str, *, code: str = "132110") -> None:
    (folder / "facilities" / f"{code}.yaml").write_text(text, encoding="utf-8")


def load(folder: Path, text: str, *, on: dt.date = TODAY) -> None:
    write(folder, text)
    load_facility_files(directory=folder, on=on)


def amounts(offering: Offering) -> list[tuple[str, int, dt.date | None]]:
    return [(row.key, row.amount, row.starts) for row in entered_for_each([offering])[offering.pk]]


# what the list says


def test_loading__keeps_what_the_list_says_of_a_facility(folder: Path) -> None:
    facility, contract = Facility.objects.get(), Contract.objects.get()
    assert (facility.phones, facility.phone, facility.area) == (
        ["042-000-0001", "042-000-0002"],
        "042-000-0001",
        "市内",
    )
    assert (contract.age_under, contract.age_unit, contract.age_title) == (4, "months", "生後4か月未満")
    assert (contract.multiples, contract.siblings, contract.sample) == (True, None, False)
    assert (contract.booking["by"], contract.booking["text"]) == ("phone", "電話してください。")
    assert (contract.note, contract.source["text"]) == ("地域の欄は読み取れない", "医院の行")


def test_place__takes_the_facilitys_limits_where_the_service_says_nothing(folder: Path, day_use: Offering) -> None:
    stay = place_of(Offering.objects.select_related("contract", "facility").get(service="short_stay"))
    assert (stay.name, stay.multiples, stay.siblings) == ("医院", True, None)
    assert stay.age_limit
    assert (stay.age_limit.number, stay.age_limit.unit, stay.age_limit.inclusive) == (4, "months", False)

    day = place_of(day_use)
    assert day.age_limit
    assert (day.age_limit.number, day.age_limit.unit, day.age_limit.inclusive) == (60, "days", True)
    assert (day.age_limit.title, day.age_limit.source.text) == ("生後60日まで", "医院の行")
    assert day.multiples is False
    assert [entered.key for entered in day.entered] == ["day_service.price"]


def test_place__is_silent_where_the_list_is(folder: Path, day_use: Offering) -> None:
    silent = LIST.replace("    ages: {under: 4, unit: months, title: 生後4か月未満}\n    multiples: true\n", "")
    load(folder, silent)
    stay = place_of(Offering.objects.select_related("contract", "facility").get(service="short_stay"))
    assert (stay.age_limit, stay.multiples, stay.siblings, stay.entered) == (None, None, None, ())


def test_age_limit__is_whole_or_absent(folder: Path) -> None:
    with pytest.raises(IntegrityError, match="contract_age_limit_is_whole_or_absent"), transaction.atomic():
        Contract.objects.update(age_unit="")


# published prices


def test_loading__writes_a_published_price_with_its_sentence(day_use: Offering) -> None:
    row = OfferingAmount.objects.get()
    assert (row.key, row.amount, row.per, row.source) == ("day_service.price", 5000, "1日", "通所 5000円")
    assert (row.starts_on, row.entered_by, row.sample) == (dt.date(2024, 8, 23), None, False)


def test_loading__again_changes_nothing(folder: Path, day_use: Offering) -> None:
    load(folder, LIST)
    load(folder, LIST, on=TODAY + dt.timedelta(days=1))
    assert OfferingAmount.objects.count() == 1
    assert (Facility.objects.count(), Contract.objects.count(), Offering.objects.count()) == (1, 1, 2)


def test_a_changed_price__holds_from_its_day(folder: Path, day_use: Offering) -> None:
    further = "          - {amount: 6000, per: 1日, from: 2026-04-01, source: 通所 6000円}\n"
    load(folder, LIST.replace("    note:", further + "    note:"))
    assert amounts(day_use) == [
        ("day_service.price", 6000, dt.date(2026, 4, 1)),
        ("day_service.price", 5000, dt.date(2024, 8, 23)),
    ]


def test_a_corrected_price__replaces_the_wrong_one_and_both_stay_in_sight(folder: Path, day_use: Offering) -> None:
    load(folder, LIST.replace("5000", "5500"))
    assert amounts(day_use) == [("day_service.price", 5500, dt.date(2024, 8, 23))]
    assert OfferingAmount.objects.count() == 2


def test_what_staff_enter__wins_over_the_file_from_its_day_and_survives_loading(
    folder: Path, day_use: Offering
) -> None:
    decider = _decider(day_use.municipality)
    enter_amount(day_use, "day_service.price", amount=4000, starts_on=dt.date(2026, 3, 10), by=decider, at=clock.now())
    load(folder, LIST)
    assert amounts(day_use) == [
        ("day_service.price", 4000, dt.date(2026, 3, 10)),
        ("day_service.price", 5000, dt.date(2024, 8, 23)),
    ]
    load(folder, LIST.replace("from: 2024-08-23", "from: 2026-03-10").replace("5000", "5500"))
    assert amounts(day_use)[0] == ("day_service.price", 4000, dt.date(2026, 3, 10))


def test_entered_for__puts_the_facility_before_the_municipality(day_use: Offering) -> None:
    decider = _decider(day_use.municipality)
    enter_amount(day_use.municipality, "day_service.price", amount=1000, starts_on=TODAY, by=decider, at=clock.now())
    assert [row.amount for row in entered_for_each([day_use])[day_use.pk]] == [5000, 1000]


# contracts


def test_until__ends_the_contract_with_the_list(folder: Path) -> None:
    load(folder, LIST.replace("    area:", "    until: 2026-03-31\n    area:"))
    assert Contract.objects.get().ends_on == dt.date(2026, 3, 31)


def test_a_list_without_its_programme__waits(folder: Path) -> None:
    write(folder, LIST.replace("132110", "331007").replace("code: clinic", "code: other"), code="331007")
    load_facility_files(directory=folder, on=TODAY)
    assert [facility.code for facility in Facility.objects.all()] == ["clinic"]


@pytest.fixture
def demo(folder: Path, tmp_path: Path) -> Path:
    """The demo's sample list of the same municipality, in a folder of its own."""
    sample = LIST.replace("document:", "sample: true\ndocument:").replace("name: 医院", "name: 見本医院")
    sample = sample.replace("code: clinic", "code: sample")
    sample += "amounts: [{key: short_stay.share, amount: 2000, source: 見本の額です。}]\n"
    (tmp_path / "demo" / "facilities").mkdir(parents=True)
    write(tmp_path / "demo", sample)
    return tmp_path / "demo"


def test_a_sample_list__stands_beside_the_real_one(folder: Path, demo: Path) -> None:
    for directory in (demo, folder, demo):
        load_facility_files(directory=directory, on=TODAY)
    assert [(row.facility.name, row.sample, row.ends_on) for row in Contract.objects.order_by("pk")] == [
        ("医院", False, None),
        ("見本医院", True, None),
    ]


def test_a_sample_amount__says_so(demo: Path) -> None:
    load_facility_files(directory=demo, on=TODAY)
    load_facility_files(directory=demo, on=TODAY)
    row = MunicipalAmount.objects.get()
    assert (row.key, row.amount, row.sample, row.note) == ("short_stay.share", 2000, True, "見本の額です。")
    offering = Offering.objects.get(facility__code="sample", service="day_service")
    assert [(entered.key, entered.sample) for entered in entered_for_each([offering])[offering.pk]] == [
        ("day_service.price", True),
        ("short_stay.share", True),
    ]


def _decider(municipality: Municipality) -> Any:
    return factories.MembershipFactory(municipality=municipality, role="decider").user


def test_load__an_association_with_a_code__is_a_desk_of_its_own(folder: Path) -> None:
    through = LIST.replace(
        "{by: phone, text: 電話してください。}",
        "{by: association, name: 見本の助産師会, code: josanshikai, phone: 042-000-0009}",
    )
    load(folder, through)

    association = Contract.objects.get().booked_through
    assert association is not None
    assert (association.name, association.phones) == ("見本の助産師会", ["042-000-0009"])
    assert [offering.facility.code for offering in Offering.objects.all()] == ["clinic", "clinic"]

    load(folder, LIST)
    assert Contract.objects.get().booked_through is None, "it is booked by phone again"
