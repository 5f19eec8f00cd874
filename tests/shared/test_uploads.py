"""Files from outside become pictures of their pages, or a sentence that says what to do."""

import subprocess
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from postpartum_portal.shared import uploads
from postpartum_portal.shared.uploads import Kind, Limits, UploadRefused, read_upload

RED, BLUE, WHITE = (220, 30, 30), (30, 30, 220), (255, 255, 255)
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
ON_ITS_SIDE = 6


def image_file(
    fmt: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", colour: Any = None, **options: Any
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(out, fmt, **options)
    return out.getvalue()


def pdf_file(*sizes: tuple[int, int], password: str | None = None) -> bytes:
    writer = PdfWriter()
    for width, height in sizes:
        writer.add_blank_page(width, height)
    if password is not None:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def photograph_with_exif() -> bytes:
    """Taken with the phone on its side: red above blue once it is upright."""
    image = Image.new("RGB", (80, 40), BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, 39, 39), fill=RED)
    exif = Image.Exif()
    exif[ORIENTATION] = ON_ITS_SIDE
    exif[MAKE] = "SecretPhone"
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SecretComment", quality=95)
    return out.getvalue()


def opened(page: bytes) -> Image.Image:
    image = Image.open(BytesIO(page))
    image.load()
    return image


def is_near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(part - wanted) < 25 for part, wanted in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (image_file("JPEG"), Kind.JPEG),
        (image_file("JPEG", mode="CMYK"), Kind.JPEG),
        (image_file("PNG"), Kind.PNG),
        (image_file("PNG", mode="P"), Kind.PNG),
        (image_file("PNG", mode="1"), Kind.PNG),
    ],
)
def test_read_upload__makes_a_photograph_one_jpeg_page(data, kind):
    upload = read_upload(data)
    assert upload.kind is kind
    assert [opened(page).format for page in upload.pages] == ["JPEG"]
    assert opened(upload.pages[0]).size == (60, 40)


def test_read_upload__turns_a_photograph_upright_and_forgets_where_it_was_taken():
    original = photograph_with_exif()
    assert b"SecretPhone" in original
    page = read_upload(original).pages[0]
    image = opened(page)
    assert image.size == (40, 80)
    assert is_near(image.getpixel((20, 10)), RED)
    assert is_near(image.getpixel((20, 70)), BLUE)
    assert not image.getexif()
    assert b"Secret" not in page
    assert b"Exif" not in page


def test_read_upload__shows_what_was_transparent_as_white_paper():
    page = read_upload(image_file("PNG", mode="RGBA", colour=(0, 0, 0, 0))).pages[0]
    assert is_near(opened(page).getpixel((5, 5)), WHITE)


def test_read_upload__keeps_the_greys_of_a_16_bit_scan():
    page = read_upload(image_file("PNG", mode="I;16", colour=0x8000)).pages[0]
    assert is_near(opened(page).getpixel((5, 5)), (128, 128, 128))


def test_read_upload__shrinks_a_photograph_to_what_can_be_read():
    page = read_upload(image_file("JPEG", size=(4_000, 3_000))).pages[0]
    assert opened(page).size == (2_400, 1_800)


def test_read_upload__makes_each_page_of_a_pdf_a_picture():
    upload = read_upload(pdf_file((595, 842), (842, 595), (14_400, 14_400), (10, 10)))
    assert upload.kind is Kind.PDF
    assert [opened(page).size for page in upload.pages] == [(1_696, 2_400), (2_400, 1_696), (2_400, 2_400), (40, 40)]


def test_read_upload__leaves_nothing_of_what_hides_behind_a_photograph():
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    assert b"script" not in read_upload(image_file("JPEG") + hidden).pages[0]


def test_read_upload__shows_a_pdf_that_is_also_html_as_a_pdf():
    upload = read_upload(pdf_file((100, 100)) + b"\n<html><script>alert(1)</script></html>")
    assert upload.kind is Kind.PDF
    assert b"script" not in b"".join(upload.pages)


JPEG, PNG, PDF = image_file("JPEG", (500, 500)), image_file("PNG", (500, 500)), pdf_file((595, 842))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + bytes(uploads.MAX_BYTES), "too_large"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64), "heic"),
        (b"\x00\x00\x00\x1cftypmif1" + bytes(64), "heic"),
        (image_file("GIF"), "unknown"),
        (image_file("TIFF"), "unknown"),
        (b"PK\x03\x04" + bytes(64), "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"<html>%PDF-1.7", "unknown"),
        (JPEG[:-300], "broken"),
        (PNG[:-100], "broken"),
        (JPEG[:3] + bytes(200), "broken"),
        (PNG[:8] + JPEG, "broken"),
        (PDF[:60], "broken"),
        (b"%PDF-1.7\n<html><script>", "broken"),
        (pdf_file((595, 842), password="himitsu"), "encrypted"),
        (pdf_file(*[(100, 100)] * 21), "too_many_pages"),
        (image_file("PNG", (9_000, 9_000), mode="1"), "too_many_pixels"),
    ],
)
def test_read_upload__refuses_and_says_what_to_do(data, code):
    with pytest.raises(UploadRefused) as refused:
        read_upload(data)
    assert refused.value.code == code
    assert str(refused.value) == uploads.SENTENCES[code]
    assert str(refused.value).endswith("ください。")


@pytest.fixture(scope="module")
def largest() -> bytes:
    return image_file("PNG", (7_000, 7_000), mode="RGBA", colour=(9, 9, 9, 9))


def test_the_largest_allowed_photograph__is_read(largest):
    assert opened(read_upload(largest).pages[0]).size == (2_400, 2_400)


@pytest.mark.parametrize(
    "limits", [Limits(cpu_seconds=1, side=7_000), Limits(memory_bytes=400 * 1024 * 1024), Limits(output_bytes=99)]
)
def test_a_file_that_costs_too_much__is_stopped(largest, limits):
    with pytest.raises(UploadRefused) as refused:
        read_upload(largest, limits=limits)
    assert refused.value.code == "too_complex"


def test_the_reader__sees_no_secrets_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "himitsu")
    seen = {}

    def look(command: list[str], **options: Any) -> None:
        seen.update(options["env"])
        raise subprocess.TimeoutExpired(command, 0)

    monkeypatch.setattr(subprocess, "run", look)
    with pytest.raises(UploadRefused):
        read_upload(JPEG)
    assert seen == {"LC_ALL": "C.UTF-8"}
