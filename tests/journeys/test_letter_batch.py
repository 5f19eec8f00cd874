"""Fifty letters to mothers without an account: printed in one go behind their list, and posted."""

import re
from io import BytesIO

import pytest
from django_scopes import scopes_disabled
from pypdf import PdfReader

from applications.models import Letter, PrintRun
from applications.services.deciding import approve
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests.cases import FULL_GRANT, heard
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK
from .conftest import Meet
from .steps import signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # fifty real letters: longer than `make test` has time for
MANY = 50
NAME = "紙見本 {:02}子"


def test_letter_batch(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    nurse = meet("batch-nurse", DESK)
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    portal.move_clock_to("2026-03-05 10:00")
    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    nurse.sees("きょう進めるもの")

    _fifty_are_approved(kodaira)
    nurse.opens("/kodaira/centre/letters/?state=to_post")
    nurse.reloads_until(f"{MANY}件のうち")
    nurse.chooses("この一覧のすべて")
    nurse.presses("まとめて印刷する")
    nurse.reloads_until("開いて印刷する")
    nurse.sees(f"{MANY}通", "入っている手紙")
    with scopes_disabled():
        run = PrintRun.objects.get()
    _assert_whole(nurse.fetches(f"/kodaira/centre/letters/prints/{run.pk}/file/"))

    nurse.presses(f"この{MANY}通を郵送したと記録する")
    nurse.sees(f"郵送したと記録する({MANY}通)")
    nurse.presses("記録する")
    nurse.sees(f"{MANY}通を郵送したと記録しました")
    nurse.opens("/kodaira/centre/letters/?state=to_post")
    nurse.sees("見つかりません")


def _fifty_are_approved(kodaira: Municipality) -> None:
    with scopes_disabled():
        nurse, decider = (User.objects.get(email=f"{name}@example.jp") for name in ("watanabe", "tanaka"))
        for at in range(1, MANY + 1):
            her = {"household__name": NAME.format(at), "household__postcode": f"187-{at % 7:04}"}
            application = heard(kodaira, nurse, household__citizen=None, **her)
            approve(application, by=decider, at=clock.now(), looked=True, **FULL_GRANT)


def _assert_whole(pdf: bytes) -> None:
    """The list, then each letter once, in the order of postcodes; no page has two mothers' names."""
    pages = [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
    with scopes_disabled():
        letters = list(Letter.objects.order_by("number"))
    assert len(letters) == MANY
    begins = next(at for at, page in enumerate(pages) if "〒187-" in page)
    cover, rest = "".join(pages[:begins]), pages[begins:]
    assert f"{MANY}通{MANY}ページ" in cover
    assert all(letter.label in cover for letter in letters)
    found = [re.findall(r"紙見本\d\d子様", page) for page in rest]
    assert sorted(name for names in found for name in names) == [
        f"{NAME.format(at)}様".replace(" ", "") for at in range(1, MANY + 1)
    ]
    codes = [re.search(r"〒187-(\d{4})", page) for page in rest]
    order = [code[1] for code in codes if code]
    assert order == sorted(order)
    assert len(order) == MANY
