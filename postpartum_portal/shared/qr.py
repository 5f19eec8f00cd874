"""A QR code as one path of an SVG: no picture to store, no style attribute, black on white on screen and paper."""

from dataclasses import dataclass

import qrcode
from django.conf import settings
from qrcode.constants import ERROR_CORRECT_M

MASK = 2
"""A fixed pattern: trying all eight takes most of the time and gains nothing that a phone's camera would notice."""
QUIET = 4
"""Modules of white around it, which the standard asks for."""


@dataclass(frozen=True, slots=True)
class Qr:
    """`size` modules in square, the white border included; `path` draws the dark ones."""

    size: int
    path: str


def qr_of(text: str) -> Qr:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=MASK)
    code.add_data(text)
    rows: list[list[bool]] = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, filled in enumerate(row) if filled)
    return Qr(len(rows), "".join(dark))


def qr_to(path: str) -> Qr:
    """A code that leads to a page of this portal, under its configured name."""
    return qr_of(f"{settings.PORTAL_ORIGIN}{path}")
