"""D1: after a restore each number series is closed until the last number that left the house is entered."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from applications.letters.closing import NotThatNumber, closed_series, reopen
from applications.letters.numbers import SeriesClosed
from applications.models import Letter
from eligibility.public import Municipality
from facilities.models import Facility, MonthReport
from facilities.services.integrity import check_all
from facilities.services.payment_lists import make_list
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.backup import afterwards
from postpartum_portal.shared.backup.restoring import hold_here, restore
from postpartum_portal.shared.backup.taking import take
from tests import factories
from tests.operations.conftest import Decide
from tests.operations.elsewhere import Elsewhere
from tests.plugins.rights import as_owner

pytestmark = pytest.mark.processes


def test_numbers__are_closed_until_the_last_one_is_entered__and_stay_gapless(
    worked: Letter, decide: Decide, town: Any, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    take(tmp_path / "backup")
    lost = [decide(), decide()]
    assert [letter.number for letter in lost] == [2, 3]

    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        with pytest.raises(SeriesClosed):
            decide()
        series = closed_series(town).get(series="decision", fiscal_year=worked.fiscal_year)
        with pytest.raises(NotThatNumber, match="holds number 1"):
            reopen(series, last=0, at=clock.now())
        call_command(
            "reopen_series",
            municipality="kodaira",
            series="decision",
            fiscal_year=worked.fiscal_year,
            last=3,
            stdout=StringIO(),
        )
        assert decide().number == 4
        voided = Letter.objects.filter(status=Letter.Status.VOID)
        assert [(row.number, row.void_reason) for row in voided] == [
            (2, "復元で失われた番号"),
            (3, "復元で失われた番号"),
        ]
        with scopes_disabled():
            assert [found for found in check_all(now=clock.now()) if found.what == "numbers"] == []


def test_numbers__without_closing__give_a_lost_one_again(
    worked: Letter, decide: Decide, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: two mothers hold a letter with number 2."""
    monkeypatch.setattr(afterwards, "_rules", [])
    take(tmp_path / "backup")
    before = decide().number
    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        assert decide().number == before == 2


def test_reopen_series__by_a_file__is_all_or_nothing__and_asks_twice_for_many(worked: Letter, tmp_path: Path) -> None:
    with as_owner():
        hold_here(clock.now())
    listed = StringIO()
    call_command("reopen_series", stdout=listed)
    lines = listed.getvalue().splitlines()
    town = [line for line in lines if line.startswith("kodaira,")]
    assert f"kodaira,{worked.fiscal_year},decision,1" in town
    assert len(town) == 3  # letters, applications as they come in, lists of payments

    slip = tmp_path / "slip.csv"
    slip.write_text("\n".join([lines[0], town[0], f"kodaira,{worked.fiscal_year},decision,9000"]))
    with pytest.raises(CommandError, match="add --many"):
        call_command("reopen_series", file=slip, stdout=StringIO())
    assert closed_series().filter(municipality__slug="kodaira").count() == 3

    slip.write_text(listed.getvalue())
    call_command("reopen_series", file=slip, stdout=StringIO())
    assert not closed_series().exists()


@pytest.mark.both_databases
def test_ids__of_what_was_lost_are_not_given_again(worked: Letter) -> None:
    """A Message-ID is made of them, and a link in a mail leads by them."""
    lost = factories.UserFactory().pk
    with as_owner():
        hold_here(clock.now())
    assert User.objects.create(email="new@example.jp").pk > lost + 1000


def _listed(town: Municipality, clinic: Facility, by: User, month: int) -> int:
    """The number of a payment list of one accepted month."""
    now = clock.now()
    report = MonthReport.objects.create(
        municipality=town, facility=clinic, month=dt.date(2026, month, 1), number=month, status="accepted", revision=1,
        price=1000, collected=0, public_share=1000, submitted_at=now, accepted_at=now,
    )  # fmt: skip
    return make_list(town, [report.pk], by=by, at=now).number


@pytest.mark.parametrize("closing", [True, False], ids=["closed", "control: without closing"])
def test_payment_lists__go_on_after_the_last_one_that_was_printed(
    closing: bool, worked: Letter, town: Any, clinic: Facility, decider: Any, elsewhere: Elsewhere, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if not closing:
        monkeypatch.setattr(afterwards, "_rules", [])
    assert _listed(town, clinic, decider, 1) == 1
    take(tmp_path / "backup")
    assert _listed(town, clinic, decider, 2) == 2

    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        if not closing:
            assert _listed(town, clinic, decider, 2) == 2, "two papers bear it"
            return
        with pytest.raises(SeriesClosed):
            _listed(town, clinic, decider, 3)
        assert closed_series(town).get(series="payment_list").last == 1
        call_command("reopen_series", municipality="kodaira", series="payment_list", last=2, stdout=StringIO())
        assert _listed(town, clinic, decider, 4) == 3
