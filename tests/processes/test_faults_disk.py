"""X2: no room left on the disk: a sentence that says whether to send again, no torso, and later all is done.

Where no small disk may be mounted, only the last two run: there a limit on files stands in for it.
"""

import os
import resource
import signal
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from applications.models import Letter
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.storage import save_whole
from tests.processes.fault_deeds import WITHIN, People
from tests.processes.faults import Site
from tests.scripts.waiting import eventually

pytestmark = [pytest.mark.processes]
needs_database = pytest.mark.django_db(transaction=True)
ROOM, FILE = 100_000, b"%PDF" + b"\0" * 300_000


@needs_database
@pytest.mark.parametrize("large", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_a_paper__sent_again_when_there_is_room__is_there_once_and_nothing_is_left_of_the_first_try(
    site: Site, people: People, large: bool
) -> None:
    _needs_small_disk(site)
    paper = people.upload()
    if large:
        paper.file = _four_megabytes()
    before = _files(site)
    with site.disk.full():
        told = paper.send()
        assert told.says_send_again, told.answer
        assert told.seconds < WITHIN
    paper.assert_nothing()
    assert _files(site) == before
    paper.assert_done()
    site.assert_all_work_is_done()


@pytest.mark.soak
@needs_database
def test_a_letter__is_made_when_there_is_room(site: Site, people: People) -> None:
    """The decision stands meanwhile, and so does its number."""
    _needs_small_disk(site)
    decision, stay = people.deeds("decide", "book")
    with site.disk.full():
        for deed in (decision, stay):
            deed.assert_done()
        assert eventually(lambda: Job.objects.filter(kind="issue_letter", last_error="OSError").exists(), seconds=30)
        assert not [path for path in _files(site) if path.name.startswith(".")], "a torso"
    site.assert_all_work_is_done()
    letter = Letter.objects.latest("pk")
    assert (letter.status, letter.number is None) == (Letter.Status.ISSUED, False)
    assert (Path(site.environment["MEDIA_ROOT"]) / letter.storage_name).read_bytes().startswith(b"%PDF")


def test_a_file_for_which_there_is_no_room__leaves_nothing_of_it(media: Path) -> None:
    assert _in_a_process_with_little_room(lambda: save_whole("letters/1.pdf", FILE)) == "OSError"
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_control__as_django_saves_it_a_torso_stays(media: Path) -> None:
    assert _in_a_process_with_little_room(lambda: default_storage.save("1.pdf", ContentFile(FILE))) == "OSError"
    assert 0 < (media / "1.pdf").stat().st_size < len(FILE)


def _needs_small_disk(site: Site) -> None:
    if not site.disk.is_small:
        pytest.skip("no file system may be mounted here: needs root, and CAP_SYS_ADMIN in a container")


def _files(site: Site) -> set[Path]:
    return {path for path in Path(site.environment["MEDIA_ROOT"]).rglob("*") if path.is_file()}


def _four_megabytes() -> bytes:
    picture = BytesIO()
    Image.effect_noise((2_600, 2_000), 90).save(picture, "JPEG", quality=95)
    assert len(picture.getvalue()) > 2_500_000
    return picture.getvalue()


def _in_a_process_with_little_room(work: Callable[[], Any]) -> str:
    """The kind of error that it ends with; no file of it may grow beyond ROOM."""
    said, says = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
        try:
            work()
        except OSError:
            os.write(says, b"OSError")
        finally:
            os._exit(0)
    os.close(says)
    os.waitpid(child, 0)
    with os.fdopen(said) as answer:
        return answer.read()
