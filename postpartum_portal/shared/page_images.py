"""Turns a file from outside into JPEG pages. A process of its own, started by `uploads`; imports nothing of ours.

Standard input: the file. First argument: the limits as JSON. Standard output: a line of JSON, then the pages one after
another. Whatever a hostile file does to a decoder happens here: with little memory, little time, and no secrets.
"""

import json
import os
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

JPEG_QUALITY = 82
MOST_ENLARGED = 4.0  # times 72 dpi: small pages are not blown up

ACTS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|EF|XFA|SubmitForm|ImportData|GoToR|GoToE|RichMedia|Rendition|Movie|Sound|3D)"
    rb"(?=[\s/()<>\[\]{}%])"
)
"""Names of what a viewer would run, open, send or unpack. An address to click is none of them."""
STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)


class Refused(Exception):
    """The file is refused; the argument is a code that `uploads` has a sentence for."""


def main() -> None:
    limits = json.loads(sys.argv[1])
    _limit_this_process(limits)
    answer: dict[str, Any] = {}
    pages: list[bytes] = []
    try:
        data = sys.stdin.buffer.read()
        pages = list(read_pages(data, limits))
        answer = {"sizes": [len(page) for page in pages], "active": data.startswith(b"%PDF-") and is_active(data)}
    except Refused as refused:
        answer["refused"] = str(refused)
    except MemoryError:
        answer["refused"] = "too_complex"
    except Exception:  # a decoder fails in many ways on a broken file; all mean the same to whoever sent it
        answer["refused"] = "broken"
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode() + b"\n")
    out.writelines(pages)


def read_pages(data: bytes, limits: dict[str, int]) -> Iterator[bytes]:
    """The pages of a PDF, or the one page of a photograph, as JPEG without any metadata."""
    if data.startswith(b"%PDF-"):
        for page in _pdf_pages(data, limits):
            yield _as_jpeg(page, limits)
    else:
        yield _as_jpeg(_photograph(data, limits), limits)


def is_active(pdf: bytes) -> bool:
    """Whether a PDF holds anything that acts: told from its objects as they are once unpacked."""
    plain = BytesIO()
    try:
        pypdfium2.PdfDocument(pdf).save(plain)
    except Exception:  # what cannot be looked through is not vouched for
        return True
    return bool(ACTS.search(STREAMS.sub(b" ", plain.getvalue())))


def _limit_this_process(limits: dict[str, int]) -> None:
    os.nice(10)  # a booking goes first
    caps = {
        resource.RLIMIT_AS: limits["memory_bytes"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["output_bytes"],
        resource.RLIMIT_CORE: 0,
    }
    for what, cap in caps.items():
        resource.setrlimit(what, (cap, cap))


def _photograph(data: bytes, limits: dict[str, int]) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # told by the header and checked here, with an answer of its own
    with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as opened:
        if opened.width * opened.height > limits["pixels"]:
            raise Refused("too_many_pixels")
        opened.load()  # every pixel: a torso does not pass
        return ImageOps.exif_transpose(opened)


def _pdf_pages(data: bytes, limits: dict[str, int]) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "password" in str(error).lower() else "broken") from error
    if not len(document):
        raise Refused("broken")
    if len(document) > limits["pages"]:
        raise Refused("too_many_pages")
    document.init_forms()  # what somebody filled in is part of the page
    for page in document:
        scale = min(limits["side"] / max(page.get_size()), MOST_ENLARGED)
        yield page.render(scale=scale).to_pil()


def _as_jpeg(image: Image.Image, limits: dict[str, int]) -> bytes:
    """On white paper, at most `side` pixels long, encoded anew: nothing of the original's bytes remains."""
    page = _in_full_colour(image)
    page.thumbnail((limits["side"], limits["side"]))
    paper = Image.new("RGB", page.size, "white")
    paper.paste(page, mask=page.getchannel("A") if page.mode == "RGBA" else None)
    out = BytesIO()
    paper.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def _in_full_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


if __name__ == "__main__":
    main()
