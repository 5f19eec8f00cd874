"""Letters: one, and many one after the other, as a worker renders them: each a document of its own.

The ceiling is the obvious way: `HTML(string=…).write_pdf()` of the same words in the template one would write first
(`naive_letter.html`: style sheet in the page, flex, grid, custom properties, automatic tables). It needs no database.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

from django.template import engines
from weasyprint import HTML

from applications.letters.content import Fact, LetterContent
from applications.letters.rendering import html, render
from postpartum_portal.shared import wareki

from .rounds import Figure, times_faster

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "tests" / "applications" / "letters" / "snapshots" / "approval.json"
STYLE_SHEET = HERE.parent / "static" / "css" / "letter.css"
BATCH = 10
FEW, MANY = 20, 200
FAMILY_NAMES = ("佐藤", "鈴木", "髙橋", "田中", "伊藤", "渡邊", "山﨑", "中村", "小林", "加藤")
GIVEN_NAMES = ("美咲", "結衣", "陽菜", "葵", "凜", "花子")


def measure() -> Iterator[Figure]:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # the naive page is warned about; that is its own affair
    letter = LetterContent.from_snapshot(json.loads(SAMPLE.read_text()))
    batch = [_to(letter, number) for number in range(BATCH)]
    naive = engines["django"].from_string((HERE / "naive_letter.html").read_text())

    def naively(content: LetterContent) -> bytes | None:
        page = naive.render({"letter": content, "issued_on": wareki.no_weekday(content.issued_on)})
        return HTML(string=page).write_pdf()

    def our_page_without_reuse() -> bytes | None:
        style = f"<style>{STYLE_SHEET.read_text()}</style></head>"
        return HTML(string=html(letter).replace("</head>", style)).write_pdf(pdf_variant="pdf/ua-1")

    yield Figure("single_vs_naive", times_faster(lambda: render(letter), lambda: naively(letter)), "x")
    yield Figure("reuse_vs_fresh", times_faster(lambda: render(letter), our_page_without_reuse), "x")
    yield Figure(
        "batch_vs_naive",
        times_faster(lambda: [render(content) for content in batch], lambda: [naively(content) for content in batch]),
        "x",
    )
    yield Figure("growth_200_vs_20", _growth(letter), "x")
    yield Figure("kib_per_letter", max(len(render(content).pdf) for content in batch) / 1024, "KiB", places=0)


def _growth(letter: LetterContent) -> float:
    """CPU time of a letter among many, to that of one among few, in the same process: what piles up would show.

    The few are taken before, in the middle and after the many, since a machine's speed drifts.
    """
    many = [_to(letter, number) for number in range(MANY)]
    half = MANY // 2
    few = [_cpu_per_letter(many[:FEW])]
    first = _cpu_per_letter(many[:half])
    few.append(_cpu_per_letter(many[:FEW]))
    second = _cpu_per_letter(many[half:])
    few.append(_cpu_per_letter(many[:FEW]))
    return (first + second) / 2 / median(few)


def _cpu_per_letter(letters: Sequence[LetterContent]) -> float:
    started = process_time()
    for letter in letters:
        render(letter)
    return (process_time() - started) / len(letters)


def _to(letter: LetterContent, number: int) -> LetterContent:
    """The letter to another mother, at another address, under another number."""
    name = f"{FAMILY_NAMES[number % len(FAMILY_NAMES)]} {GIVEN_NAMES[number % len(GIVEN_NAMES)]}"
    return replace(
        letter,
        number=f"7小健母第{number + 1}号",
        recipient=replace(letter.recipient, name=name, address=(f"小平市学園東町{number % 9 + 1}-{number}",)),
        facts=(Fact("利用する方", (f"{name}(平成6年8月1日生まれ)",)), *letter.facts[1:]),
    )
