"""書き出し: what is opened is what was asked for, no text becomes a formula, nothing is dropped in silence."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from applications.models import Household
from eligibility.public import Municipality
from facilities.models import Facility
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports.making import plan_removing
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event, Export
from tests import factories
from tests.clients import signed_in
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
HOSTILE = ("=cmd|' /C calc'!A0", "＝1+1", "@SUM(A1)", "髙橋 𠮷子", "-佐藤", "ふつう 花子")
PURPOSE = "県への報告に使います"
ASKED = {"year": "2025", "begins": "4", "ends": "3"}


@pytest.fixture
def mothers(kodaira: Municipality) -> None:
    """Six with names that a spreadsheet, or an old encoding, would spoil."""
    for n, name in enumerate(HOSTILE):
        factories.ApplicationFactory(
            municipality=kodaira,
            birth__household__name=name,
            submitted_at=dt.datetime(2025, 6, 1 + n, tzinfo=dt.UTC),
        )


def exported(client: Client, sheet: str, form: str, *, town: str = "kodaira") -> Export:
    address = reverse("pages:exports", args=[town])
    answer = client.post(address, {**ASKED, "sheet": sheet, "form": form, "purpose": PURPOSE})
    assert answer.status_code == 302
    tasks.sweep()
    with scopes_disabled():
        return Export.objects.latest("pk")


def opened(client: Client, export: Export, name: str = "export_file", *, town: str = "kodaira") -> Any:
    return client.get(reverse(f"pages:{name}", args=[town, export.pk]))


def lines(content: bytes, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


@pytest.mark.usefixtures("mothers")
def test_workbook__holds_every_row_and_takes_no_text_for_a_formula(nurse: Any) -> None:
    client = signed_in(nurse)
    export = exported(client, "applications", "xlsx")
    answer = opened(client, export)
    assert answer["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    heads, *rows = list(sheet.iter_rows())
    at = {cell.value: place for place, cell in enumerate(heads)}
    names = [row[at["氏名"]] for row in rows]
    assert [cell.value for cell in names] == list(HOSTILE)
    assert {cell.data_type for cell in names} == {"s"}
    assert [cell.quotePrefix for cell in names] == [True, True, True, False, True, False]
    assert rows[0][at["受付日"]].value == dt.datetime(2025, 6, 1), "a day is a day, a number a number"
    assert rows[0][at["子どもの人数"]].value == 1
    assert rows[0][at["受付日(和暦)"]].value == "令和7年6月1日"


@pytest.mark.usefixtures("mothers")
def test_csv__has_its_mark_and_text_stays_text(nurse: Any) -> None:
    client = signed_in(nurse)
    content = opened(client, exported(client, "applications", "csv")).content
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = lines(content, "utf-8-sig")
    names = [row[heads.index("氏名")] for row in rows]
    assert names == [f"'{name}" if name[0] in "=＝@-" else name for name in HOSTILE]
    assert rows[0][heads.index("受付日")] == "2025-06-01"


@pytest.mark.usefixtures("mothers")
def test_cp932__names_the_character_that_does_not_fit(nurse: Any) -> None:
    client = signed_in(nurse)
    export = exported(client, "applications", "cp932")
    heads, *rows = lines(opened(client, export).content, "cp932")
    assert rows[3][heads.index("氏名")] == "髙橋 〓子", "髙 fits, 𠮷 does not"
    assert lines(opened(client, export, "export_report").content, "utf-8-sig")[1:] == [
        ["5", "氏名", "𠮷", "U+20BB7", "髙橋 𠮷子"]
    ]
    assert "入らなかった文字(1)" in text(client.get(reverse("pages:exports", args=["kodaira"])).content.decode())


@pytest.mark.usefixtures("mothers")
def test_export__is_noted_for_each_mother_and_kept_for_who_asked_a_day(
    nurse: Any, decider: Any, kodaira: Municipality, clock_at: Any
) -> None:
    client = signed_in(nurse)
    export = exported(client, "applications", "csv")
    assert Event.objects.filter(verb="list.exported", actor_id=nurse.pk).count() == len(HOSTILE)
    asked = Event.objects.get(verb="export.asked")
    assert asked.data == {"sheet": "applications", "form": "csv", "first": "2025-04-01", "last": "2026-03-31"}
    assert Event.objects.get(verb="export.written").data["rows"] == len(HOSTILE)
    assert PURPOSE in client.get(reverse("pages:exports", args=["kodaira"])).content.decode()
    assert opened(signed_in(decider), export).status_code == 404
    clock_at.shift(24 * 3600)
    assert opened(client, export).status_code == 404
    plan_removing(clock.now())
    tasks.sweep()
    assert not default_storage.exists(export.storage_name)


def test_export__without_a_purpose_is_none(nurse: Any) -> None:
    answer = signed_in(nurse).post(
        reverse("pages:exports", args=["kodaira"]), {**ASKED, "sheet": "bookings", "form": "csv", "purpose": "報告"}
    )
    assert "文字以上" in answer.content.decode()
    with scopes_disabled():
        assert not Export.objects.exists()


def test_columns__follow_the_role_and_keep_a_protected_address_back(kodaira: Municipality, nurse: Any) -> None:
    application = factories.ApplicationFactory(
        municipality=kodaira, submitted_at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    )
    home = application.birth.household
    with scopes_disabled():
        Household.objects.filter(pk=home.pk).update(protected_until="2026-12-31", protected_reason="申出")
    client = signed_in(nurse)
    content = opened(client, exported(client, "applications", "csv")).content.decode()
    assert "支援措置" in content
    assert home.address not in content
    auditor = signed_in(factories.MembershipFactory(municipality=kodaira, role="auditor").user)
    content = opened(auditor, exported(auditor, "applications", "csv")).content.decode()
    assert home.name in content
    assert "電話番号" not in content
    assert "住所" not in content


@pytest.mark.parametrize("sheet", ["bookings", "letters", "classes", "months", "details", "numbers"])
def test_every_table__can_be_had(sheet: str, nurse: Any, kodaira: Municipality, clinic: Facility) -> None:
    factories.BookingFactory(
        municipality=kodaira,
        facility=clinic,
        status="attended",
        quote={"lines": [], "total": 10_000, "class": "general", "version": 1, "reduced": False, "public": 0},
    )
    client = signed_in(nurse)
    export = exported(client, sheet, "csv")
    heads, *rows = lines(opened(client, export).content, "utf-8-sig")
    assert export.rows == len(rows)
    if sheet in {"bookings", "classes", "details"}:
        assert rows[0][heads.index("本人の負担(円)")] == "10000"


@pytest.mark.usefixtures("mothers")
def test_tables__hold_nobody_of_another_municipality(nurse: Any, clinic: Facility, okayama: Municipality) -> None:
    booking = factories.BookingFactory(
        municipality=okayama,
        facility=clinic,
        entitlement__birth__household__name="岡山 しるし",
        quote={"lines": [], "total": 0},
    )
    factories.ApplicationFactory(
        municipality=okayama, birth=booking.entitlement.birth, submitted_at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    )
    ours = signed_in(nurse)
    theirs = signed_in(factories.MembershipFactory(municipality=okayama, role="centre").user)
    for sheet in ("applications", "bookings"):
        export = exported(ours, sheet, "csv")
        assert "しるし" not in opened(ours, export).content.decode()
        for town in ("kodaira", "okayama"):
            assert theirs.get(reverse("pages:export_file", args=[town, export.pk])).status_code == 404
        assert (
            "しるし" in opened(theirs, exported(theirs, sheet, "csv", town="okayama"), town="okayama").content.decode()
        )
