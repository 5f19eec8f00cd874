"""The seal that a letter carries."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw

from applications.letters import seal


def a_seal(size: tuple[int, int]) -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((5, 5, size[0] - 5, size[1] - 5), outline=(200, 30, 20, 255), width=20)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_seal_data_uri__is_a_small_square_on_white():
    uri = seal.seal_data_uri(a_seal((1200, 900)))
    kind, _, body = uri.partition(",")
    assert kind == "data:image/png;base64"
    assert len(uri) < 10_000
    with Image.open(BytesIO(base64.b64decode(body))) as image:
        assert image.size == (seal.SIDE, seal.SIDE)
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
