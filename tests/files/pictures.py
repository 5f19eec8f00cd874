"""Hostile pictures, made here byte by byte: bombs, torsos, lies, and other things inside a picture."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from postpartum_portal.shared.uploads import SENTENCES

CANARY = b"<script>window.__ran='KQX7'</script>"
"""Planted wherever a format has room; no byte of it may come out."""

HARMLESS, OTHERWISE = "", "*"
"""What is expected instead of a code of `SENTENCES`: pages of our own; or either, as the decoder's version goes."""

MEGABYTE = 1024 * 1024
Case = tuple[Callable[[], bytes], str]


def picture(fmt: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    image = Image.new(mode, size)
    if mode == "RGB":
        ImageDraw.Draw(image).line((0, 0, *size), fill=(200, 30, 30))
    out = BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


# PNG

PNG_HEAD, SRGB, GREY = b"\x89PNG\r\n\x1a\n", 2, 0


def chunk(name: bytes, data: bytes, *, crc: int | None = None) -> bytes:
    said = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", said)


def png(
    width: int = 4,
    height: int = 4,
    *,
    between: bytes = b"",
    pixels: bytes | None = None,
    head: bytes = b"",
    end: bool = True,
) -> bytes:
    """A grey picture with 8 bits for each pixel, unless `head` says otherwise; `between` stands before the pixels."""
    rows = zlib.compress(bytes((width + 1) * height)) if pixels is None else pixels
    said = head or struct.pack(">IIBBBBB", width, height, 8, GREY, 0, 0, 0)
    return PNG_HEAD + chunk(b"IHDR", said) + between + chunk(b"IDAT", rows) + (chunk(b"IEND", b"") if end else b"")


def squeezed(megabytes: int, what: bytes = b"\0") -> bytes:
    """That much of nothing, in a thousandth of its size; its sum at the end is wrong, and nobody gets there."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(what * (MEGABYTE // len(what))) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes + packer.flush()


def apng(frames: int) -> bytes:
    control = chunk(b"acTL", struct.pack(">II", frames, 0))
    frame = struct.pack(">IIIIIHHBB", 0, 4, 4, 0, 0, 1, 100, 0, 0)
    rows = zlib.compress(bytes(5 * 4))
    after = b"".join(
        chunk(b"fcTL", struct.pack(">I", 2 * n + 1) + frame[4:]) + chunk(b"fdAT", struct.pack(">I", 2 * n + 2) + rows)
        for n in range(frames - 1)
    )
    whole = png(between=control + chunk(b"fcTL", frame))
    return whole[:-12] + after + whole[-12:]


PNGS: dict[str, Case] = {
    "png of 10,000,000,000 pixels": (lambda: png(100_000, 100_000, pixels=squeezed(1)), "too_many_pixels"),
    "png as wide as a number": (lambda: png(2**31 - 1, 1, pixels=squeezed(1)), "too_many_pixels"),
    "png of one line": (lambda: png(4_000_000, 1), HARMLESS),
    "png without size": (lambda: png(0, 0), "broken"),
    "png of 100 MB in its pixels, 4 x 4": (lambda: png(pixels=squeezed(100)), HARMLESS),
    "png of 100 MB in zTXt": (lambda: png(between=chunk(b"zTXt", b"a\0\0" + squeezed(100, b"A"))), "broken"),
    "png of 100 MB in iCCP": (lambda: png(between=chunk(b"iCCP", b"a\0\0" + squeezed(100))), OTHERWISE),
    "png of 100 MB in iTXt": (
        lambda: png(between=chunk(b"iTXt", b"a\0\1\0\0\0" + squeezed(1, b"A")) * 100),
        "broken",
    ),
    "png with 5 MB of EXIF": (lambda: png(between=chunk(b"eXIf", b"MM\0*" + bytes(5 * MEGABYTE))), HARMLESS),
    "png with a script in its text": (lambda: png(between=chunk(b"tEXt", b"Comment\0" + CANARY)), HARMLESS),
    "png with a wrong sum": (
        lambda: PNG_HEAD + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0), crc=1) + png()[33:],
        "broken",
    ),
    "png with pixels of a wrong sum": (lambda: png().replace(b"IDAT", b"IDAT" + b"\0", 1), "broken"),
    "png without pixels": (lambda: PNG_HEAD + png()[8:33] + chunk(b"IEND", b""), "broken"),
    "png that ends in its pixels": (lambda: png(500, 500, pixels=zlib.compress(bytes(501 * 500))[:-200]), "broken"),
    "png of noise": (lambda: png(pixels=b"\xff" * 200), "broken"),
    "png of an unknown colour type": (
        lambda: png(head=struct.pack(">IIBBBBB", 4, 4, 8, 5, 0, 0, 0)),
        "broken",
    ),
    "png whose palette is missing": (lambda: png(head=struct.pack(">IIBBBBB", 4, 4, 8, 3, 0, 0, 0)), OTHERWISE),
    "png with 3,000 frames": (lambda: apng(3_000), HARMLESS),
    "png and zip": (lambda: png() + b"PK\x03\x04" + CANARY, HARMLESS),
    "png that is a jpeg": (lambda: PNG_HEAD + picture("JPEG"), "broken"),
}


# JPEG


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg_with(*segments: bytes) -> bytes:
    """A picture with these right after its beginning."""
    whole = picture("JPEG")
    return whole[:2] + b"".join(segments) + whole[2:]


def scans(times: int, side: int = 7_000) -> bytes:
    """A few kilobytes of progressive JPEG whose decoder walks over 49 million pixels once for each of `times` scans."""
    blocks = ((side + 7) // 8) ** 2
    tables = segment(0xDB, b"\0" + b"\1" * 64)
    tables += segment(0xC4, b"\0" + bytes([1] + [0] * 15) + b"\0") + segment(
        0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\xe0"
    )
    frame = segment(0xC2, struct.pack(">BHHB", 8, side, side, 1) + b"\1\x11\0")
    first = segment(0xDA, b"\1\1\0" + b"\0\0\0") + bytes(blocks // 8 + 1)
    # symbol 0xE0: a run of 16,384 empty blocks and more, told by 14 bits of zero
    empty = segment(0xDA, b"\1\1\0" + b"\1\x3f\0") + bytes((blocks // 16_384 + 1) * 15 // 8 + 1)
    return b"\xff\xd8" + tables + frame + first + empty * times + b"\xff\xd9"


def exif(*entries: tuple[int, int, int, int], after: int = 0) -> bytes:
    """An EXIF segment of one directory; `after` is where it says that the next begins."""
    rows = b"".join(struct.pack(">HHII", *entry) for entry in entries)
    return segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", len(entries)) + rows + struct.pack(">I", after))


SHORT, LONG, ORIENTATION, GPS = 3, 4, 0x0112, 0x8825


def resized(width: int, height: int) -> bytes:
    """A JPEG whose header tells of another size."""
    whole = picture("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def mpo() -> bytes:
    more = [Image.new("RGB", (60, 40), "blue") for _ in range(30)]
    return picture("MPO", save_all=True, append_images=more)


JPEGS: dict[str, Case] = {
    "jpeg of 65,500 x 65,500": (lambda: resized(65_500, 65_500), "too_many_pixels"),
    "jpeg that is larger than its data": (lambda: resized(6_000, 6_000), OTHERWISE),
    "jpeg without height": (lambda: resized(60, 0), "broken"),
    "jpeg with 4,000 scans": (lambda: scans(4_000), "too_complex"),
    "jpeg with the largest EXIF, 200 times": (
        lambda: jpeg_with(segment(0xE1, b"Exif\0\0" + bytes(65_000)) * 200),
        OTHERWISE,
    ),
    "jpeg with a thumbnail of a script": (lambda: jpeg_with(segment(0xE1, b"Exif\0\0MM\0*" + CANARY * 900)), HARMLESS),
    "jpeg whose EXIF names itself": (
        lambda: jpeg_with(exif((GPS, LONG, 1, 8), (ORIENTATION, SHORT, 1, 6 << 16), after=8)),
        HARMLESS,
    ),
    "jpeg turned in no known way": (lambda: jpeg_with(exif((ORIENTATION, SHORT, 1, 65_535 << 16))), HARMLESS),
    "jpeg with a script as its comment": (lambda: jpeg_with(segment(0xFE, CANARY)), HARMLESS),
    "jpeg with a script as its ICC profile": (
        lambda: jpeg_with(segment(0xE2, b"ICC_PROFILE\0\1\1" + CANARY)),
        HARMLESS,
    ),
    "jpeg with a script in its XMP": (
        lambda: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta tiff:Orientation=" + CANARY)),
        HARMLESS,
    ),
    "jpeg of several pictures": (mpo, HARMLESS),
    "jpeg in the colours of print": (lambda: picture("JPEG", mode="CMYK"), HARMLESS),
    "jpeg in colours that Adobe inverts": (lambda: jpeg_with(segment(0xEE, b"Adobe\0\x64\0\0\0\0\2")), HARMLESS),
    "jpeg and html": (lambda: jpeg_with(segment(0xFE, b"--><html>" + CANARY)) + b"<html>" + CANARY, HARMLESS),
    "jpeg and zip": (lambda: picture("JPEG") + b"PK\x03\x04" + CANARY, HARMLESS),
    "jpeg and pdf": (lambda: jpeg_with(segment(0xFE, b"%PDF-1.7\n" + CANARY)) + b"%PDF-1.7\n%%EOF", HARMLESS),
    "jpeg that is a gif": (lambda: b"\xff\xd8\xff" + picture("GIF"), "broken"),
    "jpeg that is html": (lambda: b"\xff\xd8\xff\xe0<html>" + CANARY * 50, "broken"),
    "jpeg without loss": (lambda: picture("JPEG").replace(b"\xff\xc0", b"\xff\xc3", 1), "broken"),
    "jpeg without tables": (lambda: picture("JPEG").replace(b"\xff\xdb", b"\xff\xec"), OTHERWISE),
}

TORSOS: dict[str, Case] = {
    f"{fmt.lower()} torn off after {share} %": (
        lambda fmt=fmt, share=share: (whole := picture(fmt, (200, 200)))[: len(whole) * share // 100],  # type: ignore[misc]
        "broken",
    )
    for fmt in ("JPEG", "PNG")
    for share in (2, 20, 50, 80, 95)
}

_HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)
MISLABELLED: dict[str, Case] = {
    **{
        f"{fmt.lower()} called jpg": ((lambda fmt=fmt: picture(fmt)), "unknown")  # type: ignore[misc]
        for fmt in ("GIF", "TIFF", "WEBP", "BMP", "ICO", "PPM", "TGA", "PCX", "DDS", "ICNS", "JPEG2000")
    },
    "heic called jpg": (lambda: _HEIC, "heic"),
    "psd called jpg": (lambda: b"8BPS\0\1" + bytes(200), "unknown"),
    "svg called jpg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + CANARY + b"</svg>", "unknown"),
    "html called jpg": (lambda: b"<!doctype html>" + CANARY, "unknown"),
    "eps called jpg": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(x) run", "unknown"),
    "zip called jpg": (lambda: b"PK\x03\x04" + bytes(200), "unknown"),
    "program called jpg": (lambda: b"\x7fELF" + bytes(200), "unknown"),
    "nothing called jpg": (lambda: b"", "empty"),
    "one byte called jpg": (lambda: b"\xff", "unknown"),
    "more than the limit": (lambda: picture("JPEG") + bytes(10 * MEGABYTE), "too_large"),
}

PICTURES: dict[str, Case] = {**PNGS, **JPEGS, **TORSOS, **MISLABELLED}
assert {expected for _, expected in PICTURES.values()} <= {*SENTENCES, HARMLESS, OTHERWISE}
