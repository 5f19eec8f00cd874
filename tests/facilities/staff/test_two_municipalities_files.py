"""What leaves as a file says no word of the other municipality: tables, papers and calendars."""

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from openpyxl import load_workbook
from pypdf import PdfReader

from facilities.models import ContractPrice, Facility, MonthReport
from postpartum_portal.shared.exports import tables
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Export
from tests import factories
from tests.facilities.staff.two_towns import MARKS, POOLS, QUOTE, bookings, signed_in
from tests.facilities.walking import Family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at", "media")]

PURPOSE = {"purpose": "県への報告に使います"}
YEAR = {"year": "2026", "begins": "4", "ends": "3"}


@pytest.fixture
def may(clinic_of_both: Facility, family_of_each: dict[str, Family], clock_at: Any) -> dict[str, MonthReport]:
    """May of each municipality, in which its family stayed, sent by the clinic, with its papers."""
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    boss = factories.StaffMembershipFactory(facility=clinic_of_both, manages=True).user
    desk = signed_in(boss)
    for slug, home in family_of_each.items():
        _stayed(home, clinic_of_both, boss)
        page = f"/facility/months/{slug}/2026-05/"
        seen = desk.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]
        desk.post(f"{page}send/", {"seen": seen})
    tasks.sweep()
    with scopes_disabled():
        return {row.municipality.slug: row for row in MonthReport.objects.select_related("municipality")}


def test_the_clinic__takes_out_each_month_with_its_own_families_only(
    clinic_of_both: Facility,
    may: dict[str, MonthReport],
) -> None:
    desk = signed_in(factories.StaffMembershipFactory(facility=clinic_of_both).user)
    for slug in MARKS:
        page = f"/facility/months/{slug}/2026-05/"
        named = _read({name: desk.get(f"{page}{name}/") for name in ("papers/report", "table/csv", "table/xlsx")})
        assert all(MARKS[slug] in text for text in named.values()), named
        _hold_only(slug, clinic_of_both, named | _read({"claim": desk.get(f"{page}papers/claim/")}))


@pytest.mark.parametrize(("town", "other"), [("kodaira", "zushi"), ("zushi", "kodaira")])
def test_a_centre__takes_out_nothing_of_the_other_s(
    town: str,
    other: str,
    clinic_of_both: Facility,
    family_of_each: dict[str, Family],
    may: dict[str, MonthReport],
) -> None:
    """Every table that it may have written, and its month's papers; those of the other are not there."""
    centre, theirs = (
        signed_in(factories.MembershipFactory(municipality=family_of_each[slug].municipality, role="decider").user)
        for slug in (town, other)
    )
    asked = [(table.code, "csv") for table in tables() if table.listed] + [("bookings", "xlsx")]
    for sheet, form in asked:
        centre.post(reverse("pages:exports", args=[town]), {**YEAR, **PURPOSE, "sheet": sheet, "form": form})
    month = {slug: reverse("pages:month_export", args=[town, may[slug].pk]) for slug in MARKS}
    assert centre.post(month[town], {**PURPOSE, "form": "csv"}).status_code == 302
    assert centre.post(month[other], {**PURPOSE, "form": "csv"}).status_code == 404
    tasks.sweep()

    with scopes_disabled():
        made = {(row.sheet, row.form): row.pk for row in Export.objects.all()}
    assert set(made) == {*asked, ("month_lines", "csv")}
    files = {f"{sheet} {form}": ("pages:export_file", pk) for (sheet, form), pk in made.items()}
    papers = {name: ("facilities:month_paper", may[town].pk, name) for name in ("report", "claim")}
    texts = _read({name: centre.get(reverse(*_at(town, way))) for name, way in {**files, **papers}.items()})
    for name in ("applications csv", "bookings csv", "bookings xlsx", "month_lines csv", "report"):
        assert MARKS[town] in texts[name], name
    _hold_only(town, clinic_of_both, texts)
    for way in (*files.values(), ("facilities:month_report", may[town].pk), *papers.values()):
        assert theirs.get(reverse(*_at(other, way))).status_code == 404, way


def test_a_mother_s_calendar__holds_her_bookings_and_nothing_in_the_other_town(
    clinic_of_both: Facility,
    family_of_each: dict[str, Family],
) -> None:
    for slug, home in family_of_each.items():
        own = Client()
        own.force_login(home.mother)
        calendars = {town: own.get(reverse("pages:calendar", args=[town])) for town in MARKS}
        entries = {town: answer.content.count(b"BEGIN:VEVENT") for town, answer in calendars.items()}
        assert [town for town, number in entries.items() if number] == [slug], entries
        _hold_only(slug, clinic_of_both, _read(calendars))


def _at(town: str, way: tuple[Any, ...]) -> tuple[str, None, list[Any]]:
    return way[0], None, [town, *way[1:]]


def _stayed(home: Family, clinic: Facility, desk: Any) -> None:
    """Two days of May that the contract pays, by an application of this year."""
    town = {"municipality": home.municipality, "facility": clinic}
    at = dt.datetime(2026, 5, 11, 1, tzinfo=dt.UTC)
    with scopes_disabled():
        price = {"key": "use", "per": "day", "amount": 30_000, "entered_by": desk, "entered_at": at}
        ContractPrice.objects.create(**town, service="short_stay", **price)
    birth = home.entitlement.birth
    factories.ApplicationFactory(
        municipality=home.municipality, citizen=home.mother, birth=birth, status="approved", submitted_at=at
    )
    factories.BookingFactory(
        **town,
        entitlement=home.entitlement,
        service="short_stay",
        status="attended",
        first_day=dt.date(2026, 5, 11),
        last_day=dt.date(2026, 5, 12),
        units=POOLS[home.municipality.slug],
        requested_at=at - dt.timedelta(days=9),
        quote={**QUOTE, "total": 0},
        attended_at=at,
        closed_at=at,
    )


def _read(files: Mapping[str, Any]) -> dict[str, str]:
    """The words in each file: a PDF, a workbook, a table or a calendar."""
    assert {answer.status_code for answer in files.values()} == {200}, files
    return {name: _words(answer.content) for name, answer in files.items()}


def _words(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if content.startswith(b"PK"):
        rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
        return "\n".join(str(row) for row in rows)
    return content.decode("utf-8-sig").replace("\r\n ", "")  # a calendar's long lines are folded


def _hold_only(town: str, clinic: Facility, texts: Mapping[str, str]) -> None:
    (other,) = MARKS.keys() - {town}
    theirs = [MARKS[other], *(row.number for row in bookings(clinic) if row.municipality.slug == other)]
    for name, text in texts.items():
        assert not [mark for mark in theirs if mark in text], name
