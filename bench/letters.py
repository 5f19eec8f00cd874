"""Letters: one at a time, as the worker renders them.

The ceiling is the obvious way: `HTML(string=…).write_pdf()` of the same words in the template one would write first
(`naive_letter.html`: style sheet in the page, flex, grid, custom properties, automatic tables). It needs no database.
"""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

from django.template import engines
from weasyprint import HTML

from applications.letters.content import LetterContent
from applications.letters.rendering import html, render
from postpartum_portal.shared import wareki

from .rounds import Figure, times_faster

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "tests" / "applications" / "letters" / "snapshots" / "approval.json"
STYLE_SHEET = HERE.parent / "static" / "css" / "letter.css"


def measure() -> Iterator[Figure]:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # the naive page is warned about; that is its own affair
    letter = LetterContent.from_snapshot(json.loads(SAMPLE.read_text()))
    naive = engines["django"].from_string((HERE / "naive_letter.html").read_text())

    def ours() -> bytes:
        return render(letter).pdf

    def naively() -> bytes | None:
        page = naive.render({"letter": letter, "issued_on": wareki.no_weekday(letter.issued_on)})
        return HTML(string=page).write_pdf()

    def our_page_without_reuse() -> bytes | None:
        style = f"<style>{STYLE_SHEET.read_text()}</style></head>"
        return HTML(string=html(letter).replace("</head>", style)).write_pdf(pdf_variant="pdf/ua-1")

    yield Figure("single_vs_naive", times_faster(ours, naively), "x")
    yield Figure("reuse_vs_fresh", times_faster(ours, our_page_without_reuse), "x")
    yield Figure("kib_per_letter", len(ours()) / 1024, "KiB", places=0)
