"""Over a hundred hostile files: each meets a sentence or becomes pages of our own making, within its limits."""

import json
import os
import resource
import subprocess
import sys
import time
import zlib
from dataclasses import asdict, replace

import pytest

from postpartum_portal.shared import uploads
from postpartum_portal.shared.page_images import is_active
from postpartum_portal.shared.uploads import LIMITS, MAX_BYTES, READER, SENTENCES, UploadRefused, read_upload

from .pdfs import ACTIVE, PASSIVE, PDFS, folded_forms
from .pictures import CANARY, HARMLESS, OTHERWISE, PICTURES, png, scans
from .reading import is_ours, naive

CORPUS = {**PICTURES, **PDFS}
TIGHT = replace(LIMITS, cpu_seconds=1, memory_bytes=1_000 * 1024 * 1024)
"""As in production, only shorter: what stops there after twenty seconds stops here after one."""
SLACK = 3.0
"""Seconds of wall time beyond those of the CPU, on a machine that does other things too."""


def judged(data: bytes) -> tuple[str, tuple[bytes, ...]]:
    try:
        return HARMLESS, read_upload(data, limits=TIGHT).pages
    except UploadRefused as refused:
        return refused.code, ()


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file__meets_a_sentence_or_becomes_our_own_pages(name: str) -> None:
    make, expected = CORPUS[name]
    begun = time.monotonic()
    code, pages = judged(make())

    assert expected in (code, OTHERWISE), f"{name}: {code or 'taken'}"
    assert code in {*SENTENCES, HARMLESS}
    assert bool(pages) == (code == HARMLESS)
    assert all(is_ours(page, side=TIGHT.side) for page in pages)
    assert CANARY not in b"".join(pages)
    assert b"KQX7" not in b"".join(pages)
    assert time.monotonic() - begun < 10 * (TIGHT.cpu_seconds + SLACK)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 <= LIMITS.memory_bytes


def test_the_corpus__is_of_every_kind() -> None:
    refused = {expected for _, expected in CORPUS.values()} - {HARMLESS, OTHERWISE}
    own = {"too_much_at_once", "busy"}  # told of a request, not of a file
    assert refused == set(SENTENCES) - own
    assert len(CORPUS) > 100
    print(f"{len(CORPUS)} hostile files, {len(PICTURES)} pictures and {len(PDFS)} PDFs")  # noqa: T201


def test_control__ending_size_and_verify_take_what_they_must_refuse() -> None:
    """The usual check, over the same files under a harmless name."""
    made = {name: make() for name, (make, _) in CORPUS.items()}
    taken = [name for name, data in made.items() if naive("certificate.jpg", data, MAX_BYTES)]
    must_refuse = [name for name in taken if CORPUS[name][1] not in (HARMLESS, OTHERWISE)]
    keeps_the_script = [name for name in taken if CANARY in made[name]]

    print(f"a careless portal takes {len(taken)} of {len(CORPUS)}, {len(must_refuse)} that must be refused")  # noqa: T201
    assert len(must_refuse) >= 15
    assert len(keeps_the_script) >= 8
    assert "jpeg torn off after 50 %" in must_refuse
    assert "gif called jpg" in must_refuse


@pytest.mark.parametrize("name", ACTIVE)
def test_a_pdf_that_acts__is_told_however_it_is_written(name: str) -> None:
    assert is_active(ACTIVE[name])


@pytest.mark.parametrize("name", PASSIVE)
def test_a_pdf_that_only_shows__is_not_accused(name: str) -> None:
    assert not is_active(PASSIVE[name])


def test_control__a_look_at_the_bytes_misses_scripts_that_are_packed_or_disguised() -> None:
    missed = [name for name, data in ACTIVE.items() if b"/JavaScript" not in data and "script" in name]
    accused = [name for name, data in PASSIVE.items() if b"/JavaScript" in data]
    assert len(missed) >= 2
    assert accused


# The limits themselves


def cost_of(data: bytes, limits: uploads.Limits) -> tuple[float, float]:
    """CPU seconds and megabytes that the reader takes for a file."""
    reader = subprocess.Popen(
        [sys.executable, "-I", str(READER), json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert reader.stdin
    reader.stdin.write(data)
    reader.stdin.close()
    _, status, used = os.wait4(reader.pid, 0)
    reader.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def blank(side: int) -> bytes:
    """A grey picture of nothing, of a few kilobytes."""
    return png(side, side, pixels=zlib.compress(bytes((side + 1) * side)))


def test_a_bomb__is_stopped_at_its_second_and_its_megabytes() -> None:
    for data in (folded_forms(9, 10), scans(4_000)):
        seconds, megabytes = cost_of(data, TIGHT)
        assert seconds < TIGHT.cpu_seconds + 0.5
        assert megabytes < TIGHT.memory_bytes / 1024**2


def test_control__with_the_limits_off_a_bomb_takes_what_it_wants() -> None:
    small = replace(TIGHT, memory_bytes=200 * 1024 * 1024)
    off = replace(LIMITS, pixels=10**12, cpu_seconds=600, memory_bytes=8 * 1024**3)
    with pytest.raises(UploadRefused):
        read_upload(blank(6_000), limits=small)
    _, megabytes = cost_of(blank(6_000), off)
    seconds, _ = cost_of(scans(260), off)
    print(f"without limits: {seconds:.1f} s of CPU, {megabytes:.0f} MB for a few kilobytes")  # noqa: T201
    assert megabytes > small.memory_bytes / 1024**2
    assert seconds > TIGHT.cpu_seconds + 0.5


def test_when_all_readers_are_busy__she_is_told_to_send_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0)
    for _ in range(uploads.READERS):
        uploads._readers.acquire()
    try:
        with pytest.raises(UploadRefused) as refused:
            read_upload(png())
    finally:
        for _ in range(uploads.READERS):
            uploads._readers.release()
    assert refused.value.code == "busy"
    assert read_upload(png()).pages
