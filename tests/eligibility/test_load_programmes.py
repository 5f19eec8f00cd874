"""`manage.py load_programmes`: files become rows, once."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from eligibility.public import Municipality, ProgrammeVersion, programme_on, version_on
from facilities.models import Contract, Facility, Offering

KODAIRA = "132110-kodaira-2024-08-23.yaml"
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Kodaira's files, to change."""
    (tmp_path / "facilities").mkdir()
    shutil.copy(settings.PROGRAMME_DIR / KODAIRA, tmp_path)
    shutil.copy(settings.PROGRAMME_DIR / "facilities" / "132110.yaml", tmp_path / "facilities")
    return tmp_path


def load(folder: Path) -> None:
    call_command("load_programmes", folder, verbosity=0)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_load__makes_the_municipality_and_its_version(folder: Path) -> None:
    load(folder)
    kodaira = Municipality.objects.get(slug="kodaira")
    version = version_on(kodaira, dt.date(2026, 3, 5))
    assert (kodaira.code, kodaira.name) == ("132110", "小平市")
    assert kodaira.office["phone"] == "042-346-3701"
    assert (version.file_name, version.published, version.effective_from) == (KODAIRA, dt.date(2024, 8, 23), None)
    assert version.text == (folder / KODAIRA).read_text(encoding="utf-8")
    assert programme_on(kodaira, dt.date(2026, 3, 5)).title == "産後ケア事業"


@pytest.mark.parametrize("slug", ["kawasaki", "okayama"])
def test_load__takes_a_page_without_a_date(slug: str) -> None:
    call_command("load_programmes", verbosity=0)
    version = version_on(Municipality.objects.get(slug=slug), dt.date(2026, 3, 5))
    assert (version.published, version.effective_from) == (None, None)
    assert "日付の記載なし" in programme_on(version.municipality, dt.date(2026, 3, 5)).document


def test_load__again_adds_nothing(folder: Path, all_tenants: None) -> None:
    load(folder)
    load(folder)
    counts = [model.objects.count() for model in (Municipality, ProgrammeVersion, Facility, Contract, Offering)]
    assert counts == [1, 1, 3, 3, 5]


def test_load__keeps_the_old_version_beside_a_new_one(folder: Path) -> None:
    load(folder)
    new = folder / "132110-kodaira-2026-04-01.yaml"
    shutil.copy(folder / KODAIRA, new)
    change(new, "  published: 2024-08-23", "  published: 2026-02-01\n  effective_from: 2026-04-01")
    change(new, "phone: 042-346-3701", "phone: 042-346-9999")
    load(folder)
    kodaira = Municipality.objects.get()
    assert version_on(kodaira, dt.date(2026, 3, 31)).file_name == KODAIRA
    assert version_on(kodaira, dt.date(2026, 4, 1)).file_name == new.name
    assert kodaira.office["phone"] == "042-346-3701"  # the new rules have not begun on 2026-03-05


def test_load__leaves_what_staff_have_set(folder: Path) -> None:
    load(folder)
    assert Municipality.objects.get().letter_number_format == "{year}小健母第{number}号"
    Municipality.objects.update(letter_number_format="{year}産第{number}号", mayor_name="見本 太郎")
    load(folder)
    kodaira = Municipality.objects.get()
    assert (kodaira.letter_number_format, kodaira.mayor_name) == ("{year}産第{number}号", "見本 太郎")


def test_load__ties_facilities_by_contract_and_offering(folder: Path, all_tenants: None) -> None:
    load(folder)
    clinic = Facility.objects.get(code="nakano-clinic")
    assert (clinic.name, clinic.phone, clinic.keeps_capacity) == ("中野産婦人科医院", "042-341-6565", False)
    assert Contract.objects.get(facility=clinic).starts_on == dt.date(2024, 8, 23)
    offered = Offering.objects.filter(facility=clinic).order_by("service")
    assert [(row.service, row.place) for row in offered] == [
        ("day_service", "day_service"),
        ("short_stay", "short_stay"),
    ]


def test_load__ends_the_contract_of_a_facility_that_left_the_list(folder: Path, all_tenants: None) -> None:
    load(folder)
    path = folder / "facilities" / "132110.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - code: kirara")], encoding="utf-8")
    load(folder)
    ended = Contract.objects.exclude(ends_on=None).get()
    assert (ended.facility.code, ended.ends_on) == ("kirara", dt.date(2026, 3, 5))


def test_load__says_where_a_file_is_wrong_and_loads_nothing(folder: Path) -> None:
    change(folder / "facilities" / "132110.yaml", "kind: visitor", "kind: stranger")
    with pytest.raises(CommandError, match=r"132110\.yaml:\d+: facilities\[2\]\.kind"):
        load(folder)
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("services: [short_stay, day_service]", "services: [short_stay, spa]", r"services\[1\]\.code: spa が"),
        (
            "services: [short_stay, day_service]",
            "services: [{code: short_stay, prices: [{amount: 1, source: x}]}]",
            r"services\[0\]\.prices\[0\]\.of: short_stay\.price は",
        ),
    ],
)
def test_load__refuses_a_list_that_names_what_the_programme_does_not_know(
    folder: Path, old: str, new: str, told: str
) -> None:
    change(folder / "facilities" / "132110.yaml", old, new)
    with pytest.raises(CommandError, match=rf"132110\.yaml:\d+: facilities\[0\]\.{told}"):
        load(folder)
    assert not Municipality.objects.exists()


def test_load__prints_what_it_did(folder: Path, capsys: Any) -> None:
    call_command("load_programmes", folder)
    call_command("load_programmes", folder)
    assert capsys.readouterr().out.splitlines() == [f"{KODAIRA}: loaded", f"{KODAIRA}: already there"]
