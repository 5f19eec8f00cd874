"""What came out of a reader: whether a JPEG is one of ours, and how a careless portal would have judged the file."""

import struct
from io import BytesIO

from PIL import Image

OURS = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA}
"""Segments of a page that we draw: JFIF, tables, frame, scan. No EXIF, no profile, no comment."""
JFIF_LENGTH = 16
"""Without a thumbnail."""

NAIVE_ENDINGS = (".jpg", ".jpeg", ".png", ".pdf")


def segments(page: bytes) -> list[tuple[int, int]]:
    """Marker and length of each segment up to the scan, which must be the rest of the file."""
    assert page.startswith(b"\xff\xd8")
    assert page.endswith(b"\xff\xd9")
    assert page.count(b"\xff\xd9") == 1  # nothing behind the end: inside a scan 0xFF is followed by 0x00
    found: list[tuple[int, int]] = []
    at = 2
    while not found or found[-1][0] != 0xDA:
        lead, marker, length = struct.unpack(">BBH", page[at : at + 4])
        assert lead == 0xFF
        found.append((marker, length))
        at += 2 + length
    return found


def is_ours(page: bytes, *, side: int) -> bool:
    """A JPEG with nothing in it but a picture, of a size that we draw."""
    told = segments(page)
    with Image.open(BytesIO(page), formats=["JPEG"]) as image:
        image.load()
        small = max(image.size) <= side
    return small and {marker for marker, _ in told} <= OURS and dict(told)[0xE0] == JFIF_LENGTH


def naive(name: str, data: bytes, most: int) -> bool:
    """The usual check: ending, size, and what the header of a picture says."""
    if not name.endswith(NAIVE_ENDINGS) or not 0 < len(data) <= most:
        return False
    if data.startswith(b"%PDF-"):
        return True
    try:
        with Image.open(BytesIO(data)) as image:
            image.verify()
    except Exception:  # whatever it is, the usual check refuses
        return False
    return True
