"""The municipality's seal as a letter carries it."""

import base64
from io import BytesIO

from PIL import Image

SIDE = 567  # pixels of 24 mm at 600 dpi
COLOURS = 16  # one vermilion, its paler edges, white: a palette keeps a letter's file small


def seal_data_uri(image: bytes) -> str:
    """`image` (PNG or JPEG) as a data URI, see `seal_png`."""
    return "data:image/png;base64," + base64.b64encode(seal_png(image)).decode()


def seal_png(image: bytes) -> bytes:
    """`image` (PNG or JPEG) as PNG: square, at most 24 mm at 600 dpi, white where it was transparent."""
    with Image.open(BytesIO(image), formats=["PNG", "JPEG"]) as opened:
        seal = opened.convert("RGBA")
    seal.thumbnail((SIDE, SIDE))
    paper = Image.new("RGBA", (max(seal.size),) * 2, "white")
    paper.alpha_composite(seal, ((paper.width - seal.width) // 2, (paper.height - seal.height) // 2))
    out = BytesIO()
    paper.convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()
