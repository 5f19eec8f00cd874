"""A picture that stands for a photographed certificate, and says that it is none."""

import io

from PIL import Image, ImageDraw


def sample_certificate(number: int) -> bytes:
    """A JPEG of an invented certificate, different for each number."""
    image = Image.new("RGB", (840, 1188), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 800, 1148), outline="#767676", width=3)
    draw.text((220, 120), f"SAMPLE {number} / NOT A CERTIFICATE", fill="#1a1a1a", font_size=26)
    for line in range(12):
        draw.line((120, 260 + line * 60, 560 + (line * 37) % 160, 260 + line * 60), fill="#b3b3b3", width=8)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()
