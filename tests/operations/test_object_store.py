"""Files in a store that is no folder: one name, one file; hashes, backup and restore read and write through it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.http import HttpRequest

from applications.models import Letter
from postpartum_portal.pages.errors import failed
from postpartum_portal.shared import clock
from postpartum_portal.shared.backup import restoring
from postpartum_portal.shared.backup.taking import take
from postpartum_portal.shared.recounting_files import Wrong, wrong_files
from postpartum_portal.shared.storage import NameNotKept, StoreAway, save_whole
from postpartum_portal.shared.stored import names_in_storage
from postpartum_portal.shared.tenancy import tenant
from tests.operations.conftest import Decide, issue, upload

MEMORY = "django.core.files.storage.InMemoryStorage"


@pytest.fixture(autouse=True)
def store(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": MEMORY}}


@pytest.fixture
def town(transactional_db: None, kodaira: Any) -> Any:
    with tenant(municipality=kodaira.pk):
        yield kodaira


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def test_a_name_that_the_store_changes__is_refused_and_leaves_nothing() -> None:
    assert save_whole("letters/1/one.pdf", b"first") == "letters/1/one.pdf"

    with pytest.raises(NameNotKept):
        save_whole("letters/1/one.pdf", b"second")
    assert list(names_in_storage()) == ["letters/1/one.pdf"]
    assert read("letters/1/one.pdf") == b"first"


def test_control__the_store_alone_gives_another_name_and_says_nothing() -> None:
    names = {default_storage.save("letters/1/one.pdf", ContentFile(b"x")) for _ in range(2)}

    assert len(names) == 2


def test_hashes_backup_and_restore__go_through_the_store(town: Any, decide: Decide, tmp_path: Path) -> None:
    letter = decide()
    issue(letter)
    upload(town, "paper")
    assert list(wrong_files(now=clock.now())) == []
    names = set(names_in_storage())
    take(tmp_path / "backup")

    letter = Letter.objects.get(pk=letter.pk)
    content = read(letter.storage_name)
    default_storage.delete(letter.storage_name)
    assert [found.wrong for found in wrong_files(now=clock.now())] == [Wrong.MISSING]
    save_whole(letter.storage_name, b"something else")
    assert [found.wrong for found in wrong_files(now=clock.now())] == [Wrong.ALTERED]

    assert restoring._bring_files(tmp_path / "backup") == 2
    assert read(letter.storage_name) == content
    assert set(names_in_storage()) == names
    assert list(wrong_files(now=clock.now())) == []


def test_a_store_that_is_away__is_told_as_such(rf: Any) -> None:
    def ask(error: Exception) -> int:
        request: HttpRequest = rf.get("/")
        try:
            raise error
        except type(error):
            return failed(request).status_code

    assert ask(StoreAway("ConnectTimeoutError")) == 503
    assert ask(OSError("any other")) == 500, "the control"


def test_check_storage__finds_a_store_that_does_not_replace(settings: Any, media: Path) -> None:
    with pytest.raises(NameNotKept):
        call_command("check_storage")
    assert list(names_in_storage()) == []

    settings.STORAGES |= {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    call_command("check_storage")
    assert list(names_in_storage()) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(default_storage, "delete", lambda _: None)
        with pytest.raises(CommandError, match="still there"):
            call_command("check_storage")
