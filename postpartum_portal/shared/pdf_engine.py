"""WeasyPrint, set up once per process. Only `pdf` imports this module."""

import logging
import re
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .glyphs import LETTER_FONTS
from .rendered import ForeignAsset, MissingGlyph, RenderComplaint, RenderedLetter

STYLE_SHEET = "css/letter.css"
OWN_IMAGE = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/]+=*)")
NOT_DRAWN = ".notdef glyph rendered"
LOGGER = logging.getLogger("weasyprint")
# Fonts, layout caches and the captured log belong to the process; a worker renders one letter at a time anyway.
ONE_AT_A_TIME = threading.Lock()


def render(html: str) -> RenderedLetter:
    """See `pdf.render_letter`."""
    fonts, sheet = _set_up()
    with ONE_AT_A_TIME, _complaints() as complaints:
        try:
            document = HTML(string=html, url_fetcher=OwnImagesOnly()).render(
                font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1"
            )
            pdf = document.write_pdf(pdf_variant="pdf/ua-1")
        except FatalURLFetchingError as refused:  # a BaseException: it would end the worker
            raise ForeignAsset(str(refused.__cause__)) from refused
    _refuse_missing(complaints, document)
    if complaints:
        raise RenderComplaint("; ".join(record.getMessage() for record in complaints))
    return RenderedLetter(pdf, tuple(sorted(_texts_by_family(document))), len(document.pages))


class OwnImagesOnly(URLFetcher):
    """Opens the images that a page carries as data URIs; files, networks and all else are refused for good."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        found = OWN_IMAGE.fullmatch(url)
        if not found:
            raise ValueError(f"A letter may not fetch {url[:80]}")
        return URLFetcherResponse(url, b64decode(found[2]), {"Content-Type": found[1]})


@cache
def _set_up() -> tuple[FontConfiguration, CSS]:
    """Finding the fonts and reading the style sheet cost a tenth of a letter: once is enough."""
    path = finders.find(STYLE_SHEET)
    if path is None:
        raise FileNotFoundError(STYLE_SHEET)
    fonts = FontConfiguration()
    with _complaints() as complaints:
        sheet = CSS(filename=path, font_config=fonts, url_fetcher=OwnImagesOnly())
    if complaints:
        raise RenderComplaint("; ".join(record.getMessage() for record in complaints))
    return fonts, sheet


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint warns about. Kept from the log files: a warning may quote somebody's name."""
    handler = _Collector(logging.WARNING)
    propagate, LOGGER.propagate = LOGGER.propagate, False
    LOGGER.addHandler(handler)
    try:
        yield handler.records
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.propagate = propagate


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _refuse_missing(complaints: list[logging.LogRecord], document: Document) -> None:
    """A character was drawn as a box, or came from a font that happened to be installed."""
    boxes = [str(record.args[0]) for record in complaints if isinstance(record.args, tuple) and NOT_DRAWN in record.msg]
    strangers = [
        text for family, texts in _texts_by_family(document).items() if family not in LETTER_FONTS for text in texts
    ]
    if boxes or strangers:
        raise MissingGlyph("".join(dict.fromkeys("".join(boxes + strangers))))


def _texts_by_family(document: Document) -> dict[str, list[str]]:
    """What each embedded family drew."""
    drawn: dict[str, list[str]] = {}
    for font in document.fonts.values():
        drawn.setdefault(font.family, []).extend(font.to_unicode.values())
    return drawn
