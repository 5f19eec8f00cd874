"""D2: a person is planted with markers wherever anything about her lies; once her time is over none is found."""

import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django_scopes import scopes_disabled

from applications.models import Letter, PrintedLetter, PrintRun
from applications.services import erasing as finishing
from eligibility.engine import Record
from facilities.erasing import SHEET
from facilities.services import forgetting as asked
from facilities.services import purging
from facilities.services.forgetting import forget_person
from facilities.services.integrity import check
from facilities.services.leftovers import remove_leftovers
from facilities.services.purging import purge
from postpartum_portal.accounts.services import forgetting
from postpartum_portal.accounts.unsent import KEPT
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.models import Export
from postpartum_portal.shared.storage import save_whole
from tests.erasing.a_life import Life, a_life, unsent_things
from tests.erasing.planting import found_in_database, found_in_files, marker, plant_row, plant_rows

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
LATER = dt.datetime(2033, 4, 1, 10, tzinfo=clock.TOKYO)


@pytest.fixture
def life(kodaira: Any, clinic: Any, media: Path) -> Life:
    kodaira.retention = dict.fromkeys(Record, 5)
    kodaira.save()
    return a_life(kodaira, clinic)


def planted_about(life: Life, media: Path) -> dict[str, str]:
    """Rows and files of every rule, then what lies beside: mails, sessions, an unsent form, the account itself."""
    subjects: dict[str, int] = {**dict.fromkeys(map(str, Record), life.household.pk), SHEET: life.report.pk}
    with scopes_disabled():
        planted = plant_rows(subjects, media=media)
    unsent_things(life)
    with scopes_disabled():
        for model in ("Application", "Document", "WindowNotice"):
            planted |= _unsent(life, model)
    post = mail.post(
        "second_factor_reset",
        life.mother.email,
        key=f"life:{life.mother.pk}",
        at=clock.now(),
        municipality=life.town,
        place="小平市",
        sender="小平市",
        tell="小平市の決定者",
    )
    planted |= plant_row(post, {"subject", "text"})
    planted |= plant_row(life.mother, {"display_name"})
    return planted | _sessions(life) | _copies(life)


def _copies(life: Life) -> dict[str, str]:
    """A table and a print with her in them, written a moment ago and not a day old yet."""
    planted = {marker(): name for name in ("exports/table.csv", "prints/letters.pdf", "exports/table.csv.unfit.csv")}
    for mark, name in planted.items():
        save_whole(name, mark.encode())
    table, letters, _unfit = planted.values()
    at = {"municipality_id": life.town.pk, "asked_by": life.staff}
    own = {"sha256": "x" * 64}
    with scopes_disabled():
        Export.objects.create(
            **at, **own, role="decider", sheet="applications", form="cp932", purpose="県への報告", asked_at=clock.now(),
            written_at=clock.now(), expires_at=LATER, rows=1, unfit=1, storage_name=table,
        )  # fmt: skip
        run = PrintRun.objects.create(**at, **own, storage_name=letters, made_at=clock.now())
        letter = Letter.objects.filter(household=life.household)[0]
        PrintedLetter.objects.create(municipality=life.town, citizen=life.mother, run=run, letter=letter)
    return planted


def _unsent(life: Life, name: str) -> dict[str, str]:
    model = apps.get_model("applications", name)
    field = {"Application": "answers", "Document": "original_name"}.get(name)
    where = {"Application": {"status": "draft"}, "Document": {"application__status": "draft"}}.get(name, {})
    rows = model._base_manager.filter(citizen=life.mother, **where)
    return {m: at for row in rows if field for m, at in plant_row(row, {field}).items()}


def _sessions(life: Life) -> dict[str, str]:
    """Signed in; a form that came after the session's end; a code asked for."""
    planted = {}
    for held in (
        {"_auth_user_id": str(life.mother.pk)},
        {KEPT: {"whose": life.mother.pk, "boxes": {}}},
        {"account_login": {"email": life.mother.email}},
    ):
        mark = marker()
        session = SessionStore()
        session.update({**held, "typed": mark})
        session.create()
        planted[mark] = "session"
    return planted


def found(planted: dict[str, str], media: Path) -> dict[str, str]:
    with scopes_disabled():
        return found_in_database(planted) | found_in_files(planted, media)


def let_all_go(life: Life) -> None:
    with scopes_disabled():
        purge(life.town, at=clock.now())
        forget_person(life.mother, by_id=None, at=clock.now())
        remove_leftovers(at=clock.now())


def test_forty_markers_and_more__none_is_left_in_rows_files_sessions_mails_or_logs(
    life: Life, media: Path, clock_at: Any, caplog: Any
) -> None:
    planted = planted_about(life, media)
    assert len(planted) >= 40
    assert found(planted, media).keys() == planted.keys(), "the search finds what was planted, all of it"
    clock_at.move_to(LATER)

    with caplog.at_level(logging.DEBUG):
        let_all_go(life)

    assert found(planted, media) == {}
    assert not [mark for mark in planted if mark in caplog.text]
    assert not [path for path in media.rglob("*") if path.is_file()], "no file that no row names"
    with scopes_disabled():
        assert check() == []


@pytest.mark.parametrize(
    ("module", "name", "left"),
    [
        (finishing, "delete_files", "media"),
        (forgetting, "forget_mails_to", "shared_mail"),
        (forgetting, "forget_sessions", "session"),
    ],
)
def test_control__without_one_step_the_search_finds_what_it_left(
    life: Life, media: Path, clock_at: Any, monkeypatch: Any, settings: Any, module: Any, name: str, left: str
) -> None:
    settings.MAIL_TEXT_DAYS = 100_000  # what was sent is not yet emptied by its age
    planted = planted_about(life, media)
    clock_at.move_to(LATER)
    monkeypatch.setattr(module, name, lambda *_args, **_more: 0)

    let_all_go(life)

    where = found(planted, media).values()
    assert where
    assert all(left in at for at in where), sorted(where)


def test_control__copies_that_nobody_drops_are_found(life: Life, media: Path, clock_at: Any, monkeypatch: Any) -> None:
    copies = _copies(life)
    clock_at.move_to(LATER)
    for module in (purging, asked):
        for name in ("drop_files", "drop_prints_of"):
            monkeypatch.setattr(module, name, lambda *_args, **_more: 0)

    let_all_go(life)

    assert found(copies, media).keys() == copies.keys()
