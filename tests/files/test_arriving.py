"""Files while they arrive: what is too large is on no disk, and all else that came with it is kept."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from applications.models import Document
from applications.steps import Step
from postpartum_portal.shared import arriving
from postpartum_portal.shared.arriving import MAX_BYTES_ON_THE_LINE
from postpartum_portal.shared.uploads import MAX_BYTES, SENTENCES
from tests.applications.apply.conftest import Applicant
from tests.applications.apply.posts import COMPLETE, photo

from .conftest import Disk
from .line import Line, Part, multipart, send
from .pdfs import ACTIVE, PASSIVE

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
DJANGOS_OWN = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

pytestmark = pytest.mark.django_db


def noise(megabytes: int) -> Iterator[bytes]:
    yield b"\xff\xd8\xff"
    yield from itertools.repeat(bytes(CHUNK), megabytes * MEGABYTE // CHUNK)


def household(*files: Part) -> list[Part]:
    """The step with its boxes before and behind the files, as a browser sends them."""
    typed = {**COMPLETE[Step.HOUSEHOLD], "household_class": "tax_exempt", "members": "3"}
    boxes: list[Part] = [(name, "", [str(value).encode()]) for name, value in typed.items()]
    return [*boxes[:1], *files, *boxes[1:], ("go", "", [b"next"])]


def certificate(name: str, content: Any) -> Part:
    return "proof_tax_exempt", name, content


def posted(applicant: Applicant, disk: Disk, *files: Part, length: int = MAX_BYTES_ON_THE_LINE) -> tuple[str, Line]:
    line = Line(multipart(household(*files)), disk.look)
    answer = send(applicant.client, applicant.url("step", step="household"), line, length=length)
    return answer.content.decode(), line


@pytest.mark.parametrize("megabytes", [25, pytest.param(280, marks=pytest.mark.soak)])
def test_a_file_larger_than_any_may_be__is_off_the_disk_and_all_else_is_kept(
    applicant: Applicant, disk: Disk, all_tenants: None, megabytes: int
) -> None:
    good = certificate("good.jpg", [photo().read()])
    page, line = posted(applicant, disk, certificate("large.jpg", noise(megabytes)), good)

    assert f"large.jpg: {SENTENCES['too_large']}" in page
    assert [row.original_name for row in Document.objects.all()] == ["good.jpg"]
    assert 'name="members"' in page
    assert 'value="3"' in page
    assert line.came > megabytes * MEGABYTE  # read to its end: a browser shows no answer before
    assert MAX_BYTES < disk.most <= MAX_BYTES + 2 * CHUNK
    assert disk.is_empty


def test_control__by_djangos_own_handlers_all_of_it_is_on_the_disk_first(
    applicant: Applicant, disk: Disk, settings: Any
) -> None:
    settings.FILE_UPLOAD_HANDLERS = DJANGOS_OWN
    page, _ = posted(applicant, disk, certificate("large.jpg", noise(25)))

    assert str(SENTENCES["too_large"]) in page
    assert disk.most > 25 * MEGABYTE


def test_files_beyond_what_may_come_at_once__are_left_out_and_named(
    applicant: Applicant, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MAX_BYTES_AT_ONCE", 2 * MEGABYTE)
    page, _ = posted(applicant, disk, *(certificate(f"{n}.jpg", noise(1)) for n in range(5)))

    assert f"1.jpg: {SENTENCES['broken']}" in page
    assert [f"{n}.jpg: {SENTENCES['too_much_at_once']}" in page for n in range(5)] == [False, False, True, True, True]
    assert disk.most < 3 * MEGABYTE
    assert disk.is_empty


def test_a_request_far_beyond_all_files__is_refused_unread(applicant: Applicant, disk: Disk) -> None:
    line = Line(multipart(household(certificate("x.jpg", noise(1)))), disk.look)
    path = applicant.url("step", step="household")
    answer = send(applicant.client, path, line, length=MAX_BYTES_ON_THE_LINE + 1)

    assert answer.status_code == 400
    assert line.came == 0


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_line_that_is_cut__leaves_no_file(applicant: Applicant, disk: Disk, all_tenants: None, share: float) -> None:
    whole = b"".join(multipart(household(certificate("cut.jpg", noise(4)))))
    line = Line([whole[: int(len(whole) * share)]], disk.look)
    answer = send(applicant.client, applicant.url("step", step="household"), line, length=len(whole))

    assert answer.status_code in (200, 302, 400)
    assert not Document.objects.exists()
    assert disk.is_empty


NAMES = {
    "../../../../etc/passwd.jpg": "passwd.jpg",
    "..\\..\\boot.jpg": "boot.jpg",
    "/etc/shadow.jpg": "shadow.jpg",
    "a\0.jpg": "a.jpg",
    "\u202egpj.exe": "gpj.exe",
    "\u200b\ufeffb.jpg": "b.jpg",
    "CON": "CON",
    "dots.jpg...": "dots.jpg...",
    "&lt;img src=x onerror=alert(1)&gt;.jpg": "<img src=x onerror=alert(1)>.jpg",
    "..%2f..%2fc.jpg": "..%2f..%2fc.jpg",
    "長" * 300 + ".jpg": "長" * 90 + "…",
    "'; drop table.jpg": "'; drop table.jpg",
}


def test_a_name__is_only_ever_shown(applicant: Applicant, disk: Disk, media: Path, all_tenants: None) -> None:
    """Path parts, controls, turned-round writing, 300 characters: none makes a path, none is passed on unseen."""
    files = [certificate(name, [photo(shade=n).read()]) for n, name in enumerate(NAMES)]
    page, _ = posted(applicant, disk, *files)

    kept = {row.original_name for row in Document.objects.all()}
    assert len(kept) == len(NAMES)
    assert {name for name in kept if not name.startswith("長")} == set(NAMES.values()) - {"長" * 90 + "…"}
    assert all(len(name) <= 120 and name.isprintable() for name in kept)
    stored = [file.relative_to(media) for file in media.rglob("*") if file.is_file()]
    assert len(stored) == len(NAMES)
    assert all(path.match("documents/??/" + "[0-9a-f]" * 32 + "-1.jpg") for path in stored)
    assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["pdf that runs a script", "pdf with a file inside"])
def test_a_pdf_that_acts__is_kept_as_pictures_alone(applicant: Applicant, all_tenants: None, name: str) -> None:
    document, answer = handed_in(applicant, ACTIVE[name])
    assert document.content_type == "image/jpeg"
    assert not default_storage.exists(document.original_path)
    assert answer.status_code == 404


def test_a_pdf_that_only_shows__is_kept_as_it_came(applicant: Applicant, all_tenants: None) -> None:
    data = PASSIVE["pdf with an address to click"]
    document, answer = handed_in(applicant, data)
    assert document.content_type == "application/pdf"
    assert b"".join(answer.streaming_content) == data


def handed_in(applicant: Applicant, data: bytes) -> tuple[Document, Any]:
    """The paper, and what its address for the original answers."""
    sent = [*household(certificate("certificate.pdf", [data]))]
    line = Line(multipart(sent))
    send(applicant.client, applicant.url("step", step="household"), line, length=MAX_BYTES)
    document = Document.objects.get()
    return document, applicant.client.get(applicant.url("document_original", pk=document.pk))
