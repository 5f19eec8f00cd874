"""check_integrity finds what was changed behind the portal's back, and repairs only what it may, when it is told."""

import datetime as dt
import os
import tracemalloc
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_scopes import scopes_disabled

from applications.models import Letter, NumberSeries
from facilities.services.integrity import check_all
from postpartum_portal.shared import clock, mail, stored
from postpartum_portal.shared.models import Job, Mail
from postpartum_portal.shared.storage import save_whole
from tests.operations.conftest import Decide, issue, upload
from tests.plugins.rights import as_owner

ROWS = 100_000
MOST_MEGABYTES = 60


@pytest.fixture
def town(transactional_db: None, media: Path, kodaira: Any) -> Any:
    """Of these tests alone, with files of their own."""
    from postpartum_portal.shared.tenancy import tenant  # noqa: PLC0415 - shadows the shared fixture

    with tenant(municipality=kodaira.pk):
        yield kodaira


@pytest.fixture
def three(decide: Decide, town: Any) -> list[Letter]:
    """Letters 1 to 3, out; and a paper."""
    letters = [decide(), decide(), decide()]
    for letter in letters:
        issue(letter)
    upload(town, "paper")
    assert _found() == []
    return [Letter.objects.get(pk=letter.pk) for letter in letters]


def test_a_flipped_byte__is_found_and_named__and_left_alone(three: list[Letter], media: Path) -> None:
    path = media / three[1].storage_name
    path.write_bytes(b"X" + path.read_bytes()[1:])

    told = StringIO()
    with pytest.raises(CommandError, match="1 discrepancies"):
        call_command("check_integrity", "--repair", stdout=told)
    assert f"file {three[1].pk} (Letter): {three[1].storage_name} altered" in told.getvalue()
    assert path.read_bytes().startswith(b"X")


def test_a_flipped_byte__by_a_check_that_skips_hashes__is_missed(
    three: list[Letter], media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: there is a file of that name."""
    path = media / three[1].storage_name
    path.write_bytes(b"X" + path.read_bytes()[1:])
    noted = {file.name: file.sha256 for file in stored.stored_files()}
    monkeypatch.setattr("postpartum_portal.shared.recounting_files.hash_of", noted.get)

    assert _found() == []


def test_a_lost_file__and_one_of_nobody__are_found__and_the_latter_is_removed(three: list[Letter], media: Path) -> None:
    (media / three[0].storage_name).unlink()
    save_whole("letters/1/of-nobody.pdf", b"left behind")
    assert _found() == ["file"]  # a file so young may still get its row
    long_ago = (clock.now() - dt.timedelta(hours=2)).timestamp()
    os.utime(media / "letters/1/of-nobody.pdf", (long_ago, long_ago))

    assert _found() == ["file", "file"]
    assert _found(repair=True) == ["file", "file"]
    assert _found() == ["file"]
    assert not (media / "letters/1/of-nobody.pdf").exists()


def test_a_hash_that_was_never_noted__is_noted_when_told(three: list[Letter], town: Any) -> None:
    from applications.models import Document  # noqa: PLC0415

    Document.objects.update(page_hashes=[])
    assert _found() == ["file"]
    assert Document.objects.get().page_hashes == []
    assert _found(repair=True) == ["file"]
    assert _found() == []


CHANGES: dict[str, tuple[Callable[[list[Letter]], object], list[str]]] = {
    "a counter behind its letters": (lambda _: _counter(2), ["numbers"]),
    "a counter ahead of its letters": (lambda _: _counter(5), ["numbers"]),
    "a number that is missing": (lambda rows: _renumber(rows[1], 9), ["numbers"] * 3),
    "a letter whose job says done": (lambda rows: _unmade(rows[2]), ["letter"]),
    "a letter without a job": (lambda rows: _unmade(rows[2], job="issue_letter"), ["letter"]),
    "a mail without a job": (lambda _: _mail_without_job(), ["mail"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_numbers_letters_and_mails__are_told_and_never_repaired(change: str, three: list[Letter]) -> None:
    make, expected = CHANGES[change]
    Job.objects.filter(kind="send_mail").update(status=Job.Status.DONE, done_at=clock.now())
    Mail.objects.update(sent_at=clock.now())
    make(three)

    assert sorted(_found(repair=True)) == sorted(_found()) == expected


def test_numbers__a_gap_is_named(three: list[Letter]) -> None:
    _renumber(three[1], 7)
    with scopes_disabled():
        told = [str(found) for found in check_all(now=clock.now())]
    year = three[0].fiscal_year
    town = three[0].municipality_id
    assert any(f"({town}/{year}/decision): no letter with number 2," in line for line in told)
    assert any(f"({town}/{year}/decision): no letter with number 4 to 6," in line for line in told)


@pytest.mark.soak
def test_check_all__of_100_000_letters__stays_within_its_memory(three: list[Letter], media: Path) -> None:
    first = three[0]
    again = {
        field.attname: getattr(first, field.attname)
        for field in Letter._meta.concrete_fields
        if field.attname not in ("id", "number", "subject_id", "snapshot")
    }
    for begin in range(4, ROWS, 1000):
        Letter.objects.bulk_create(
            Letter(**again, number=number, subject_id=10**9 + number, snapshot={})
            for number in range(begin, begin + 1000)
        )
    last = Letter.objects.order_by("-number").values_list("number", flat=True)[0]
    NumberSeries.objects.filter(series="decision").update(last=last)

    tracemalloc.start()
    assert _found() == []
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    assert peak < MOST_MEGABYTES, f"{peak:.0f} MB for {last} letters"


def _found(*, repair: bool = False) -> list[str]:
    with scopes_disabled():
        return [found.what for found in check_all(now=clock.now(), repair=repair)]


def _unmade(letter: Letter, *, job: str = "") -> None:
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.QUEUED)
    Job.objects.filter(kind=job).delete()


def _mail_without_job() -> None:
    made = mail.post("decision_ready", "x@example.jp", key="x", at=clock.now(), municipality=_town())
    Mail.objects.filter(pk=made.pk).update(created_at=clock.now() - dt.timedelta(hours=2))
    Job.objects.filter(subject_id=made.pk, kind="send_mail").delete()


def _town() -> Any:
    return NumberSeries.objects.select_related("municipality").first().municipality  # type: ignore[union-attr]


def _counter(last: int) -> None:
    NumberSeries.objects.filter(series="decision").update(last=last)


def _renumber(letter: Letter, number: int) -> None:
    """Behind the portal's back: its own role may not."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE applications_letter SET number = %s WHERE id = %s", [number, letter.pk])
