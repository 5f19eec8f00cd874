"""A nurse looks at the year's figures, takes a list out of the portal, and opens what she got."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from eligibility.public import Municipality
from tests import cases
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/pages opens every kind of file without a browser

NAMES = ("髙橋 𠮷子", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["390", "1280"])
def test_export(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    nurse = meet("export-nurse", window)
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    portal.move_clock_to("2026-05-07 10:00")
    for name in NAMES:
        cases.handed_in(kodaira, household__name=name)

    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/numbers/")
    nurse.sees("令和8年度", "月ごとの申請")
    nurse.follows("書き出す")
    nurse.chooses("申請の一覧", to="書き出す表")
    nurse.chooses("Excelの表", to="ファイルの形")
    nurse.writes("何のために使うか", "県への報告に使います")
    nurse.presses("ファイルを作る")
    nurse.reloads_until("開く")

    path = nurse.page.get_by_role("link", name="開く").first.get_attribute("href")
    assert path
    book = load_workbook(BytesIO(nurse.fetches(path))).active
    assert book is not None
    heads, *rows = list(book.iter_rows(values_only=True))
    assert {row[heads.index("氏名")] for row in rows} == set(NAMES)
