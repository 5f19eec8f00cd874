"""Finished PDF files put together for one print. Each stays its own document; what comes out is a copy for paper.

The copy's pages look as the originals do and carry their fonts; their tags for reading aloud stay behind.
"""

from collections.abc import Iterable
from io import BytesIO

import pypdfium2 as pdfium


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        UnreadablePdf: it is none.
    """
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise UnreadablePdf from error
    with document:
        return len(document)


def merged(files: Iterable[bytes]) -> bytes:
    """One PDF with the pages of `files` in their order.

    Raises:
        UnreadablePdf: one of them is no PDF.
    """
    with pdfium.PdfDocument.new() as together:
        for pdf in files:
            try:
                part = pdfium.PdfDocument(pdf)
            except pdfium.PdfiumError as error:
                raise UnreadablePdf from error
            with part:
                together.import_pages(part)
        out = BytesIO()
        together.save(out)
    return out.getvalue()


class UnreadablePdf(Exception):
    """The bytes are no PDF."""
