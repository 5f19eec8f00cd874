"""Files from outside: certificates, photographed or as PDF.

What is shown later is never the file itself but pictures of its pages, made by `page_images` in a process with little
memory, little time and no secrets.
"""

import errno
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

READER = Path(__file__).with_name("page_images.py")
ACCEPT = "image/jpeg,image/png,application/pdf"  # for the file field; makes phones send JPEG instead of HEIC
MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_MEGABYTES_AT_ONCE = 60  # of all files of one request: what comes after is not kept on disk either
ROOM_BYTES = 1_000_000  # with less left on the disk, a reader that failed says nothing of the file
WALL_SECONDS = 25  # below the time that a web server gives a request
READERS = 2  # side by side in each web process, so that memory and threads stay for others
PATIENCE_SECONDS = 8  # until one of them is free


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. `side` is the longest side of a page picture: 200 dpi of A4."""

    pages: int = 20
    pixels: int = 50_000_000
    side: int = 2_400
    memory_bytes: int = 1_500 * 1024 * 1024
    cpu_seconds: int = 20
    output_bytes: int = 40 * 1024 * 1024


LIMITS = Limits()


class Kind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """`pages` are JPEG files, upright and without metadata.

    Of a PDF the caller keeps the original too, unless it is `active`: holds scripts, files, or actions of a viewer.
    """

    kind: Kind
    pages: tuple[bytes, ...]
    active: bool = False


class UploadRefused(ValueError):
    """The file cannot be used; the message says what to do, `code` is its key in `SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


SENTENCES = {
    "empty": gettext_lazy("ファイルの中身がありません。撮りなおすか、別のファイルを選んでください。"),
    "too_large": format_lazy(
        gettext_lazy("ファイルは{most}MBまでです。写真を小さくするか、ページを分けて送ってください。"),
        most=MAX_MEGABYTES,
    ),
    "too_much_at_once": format_lazy(
        gettext_lazy("一度に送れるのは、合わせて{most}MBまでです。このファイルは、もういちど選んで送ってください。"),
        most=MAX_MEGABYTES_AT_ONCE,
    ),
    "busy": gettext_lazy("いま混みあっていて、ファイルを開けませんでした。少し待ってから、もういちど送ってください。"),
    "heic": gettext_lazy(
        "この写真はHEIC形式なので開けません。iPhoneの「設定」→「カメラ」→「フォーマット」を「互換性優先」にして撮りなおすか、"
        "写真の画面をスクリーンショットに撮って送ってください。"
    ),
    "unknown": gettext_lazy("開けるのは、写真(JPEG、PNG)とPDFです。書類を写真に撮って送ってください。"),
    "broken": gettext_lazy("ファイルがこわれていて開けません。もういちど撮るか、保存しなおして送ってください。"),
    "encrypted": gettext_lazy(
        "パスワードのついたPDFは開けません。パスワードを外すか、書類を写真に撮って送ってください。"
    ),
    "too_many_pages": format_lazy(
        gettext_lazy("PDFは{most}ページまでです。必要なページだけにして送ってください。"), most=LIMITS.pages
    ),
    "too_many_pixels": format_lazy(
        gettext_lazy("写真は{most}万画素までです。カメラの設定で小さくして撮りなおしてください。"),
        most=f"{LIMITS.pixels // 10_000:,}",
    ),
    "too_complex": gettext_lazy("このファイルはページの画像にできません。書類を写真に撮って送ってください。"),
}

_readers = BoundedSemaphore(READERS)
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")


def read_upload(data: bytes, *, limits: Limits = LIMITS) -> ReadUpload:
    """Decode `data` fully, elsewhere, and give pictures of its pages.

    Raises:
        UploadRefused: it is empty, too large, of another kind, locked, broken, or costs more than `limits`; or too many
            are being read already.
    """
    if not data:
        raise UploadRefused("empty")
    if len(data) > MAX_BYTES:
        raise UploadRefused("too_large")
    kind = _kind(data)
    if not _readers.acquire(timeout=PATIENCE_SECONDS):
        raise UploadRefused("busy")
    try:
        pages, active = _pages_from_a_process_of_its_own(data, limits)
    finally:
        _readers.release()
    return ReadUpload(kind, pages, active)


def _kind(data: bytes) -> Kind:
    """Told by the first bytes; the name and the type that a browser sends prove nothing."""
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    raise UploadRefused("heic" if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS else "unknown")


def _pages_from_a_process_of_its_own(data: bytes, limits: Limits) -> tuple[tuple[bytes, ...], bool]:
    # The answer goes to a file: its size is capped by the same limits as the process that writes it.
    with TemporaryFile() as answer:
        try:
            subprocess.run(  # noqa: S603 - our own script, no shell
                [sys.executable, "-I", str(READER), json.dumps(asdict(limits))],
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS,
                check=True,
                env={"LC_ALL": "C.UTF-8"},
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            if _has_no_room(answer):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None  # no fault of the file
            raise UploadRefused("too_complex") from None
        answer.seek(0)
        return _read_answer(answer)


def _has_no_room(answer: IO[bytes]) -> bool:
    disk = os.fstatvfs(answer.fileno())
    return disk.f_bavail * disk.f_frsize < ROOM_BYTES


def _read_answer(answer: IO[bytes]) -> tuple[tuple[bytes, ...], bool]:
    head = json.loads(answer.readline())
    if code := head.get("refused"):
        raise UploadRefused(code)
    return tuple(answer.read(size) for size in head["sizes"]), head["active"]
