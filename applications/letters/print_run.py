"""The worker's part of a print: letters in the order of their envelopes, behind a list of what is there."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string

from applications.models import PRINT_LETTERS, Letter, PrintedLetter, PrintRun
from applications.selectors.protection import address_is_open
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.failpoints import reach
from postpartum_portal.shared.jobs import Lease, handler
from postpartum_portal.shared.pdf import render_letter
from postpartum_portal.shared.pdf_merge import UnreadablePdf, merged, pages_of
from postpartum_portal.shared.storage import save_whole

VOID, PROTECTED, DAMAGED = "無効になりました", "住所の確認がまだです(支援措置)", "ファイルが読めません"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter of a print: its issued file, or why it is not there."""

    line: PrintedLetter
    pdf: bytes = b""
    pages: int = 0
    problem: str = ""


@handler(PRINT_LETTERS)
def print_letters(lease: Lease) -> None:
    """Put the print `lease.subject_id` together from the issued files. Done twice, it leaves one file that counts.

    A letter that cannot be in it is named on the list with its reason; the others are printed.
    """
    run = PrintRun.objects.select_related("municipality", "asked_by").get(pk=lease.subject_id)
    if run.made_at is not None:
        return
    sheets = [_sheet(line, run) for line in _in_order(run)]
    printed = [sheet for sheet in sheets if not sheet.problem]
    pdf = merged([_cover(run, sheets), *(sheet.pdf for sheet in printed)])
    name = save_whole(f"prints/{run.municipality_id}/{secrets.token_hex(16)}.pdf", pdf)
    reach("print.after_file")
    with transaction.atomic():
        lease.hold()
        for position, sheet in enumerate([*printed, *(sheet for sheet in sheets if sheet.problem)], start=1):
            PrintedLetter.objects.filter(pk=sheet.line.pk).update(
                position=position, pages=sheet.pages or None, problem=sheet.problem
            )
        PrintRun.objects.filter(pk=run.pk).update(
            storage_name=name, sha256=hashlib.sha256(pdf).hexdigest(), made_at=clock.now()
        )
        lease.finish()


def _in_order(run: PrintRun) -> list[PrintedLetter]:
    """By postcode, then kana, then number: as a post office and a drawer want them."""
    lines = PrintedLetter.objects.filter(run=run).select_related("letter__household")
    return sorted(lines, key=_place)


def _place(line: PrintedLetter) -> tuple[str, str, int, int]:
    letter = line.letter
    kana = letter.household.kana if letter.household else ""
    return letter.snapshot["recipient"]["postcode"], kana, letter.fiscal_year, letter.number


def _sheet(line: PrintedLetter, run: PrintRun) -> Sheet:
    letter = line.letter
    if letter.status != Letter.Status.ISSUED:
        return Sheet(line, problem=VOID)
    if letter.household and not address_is_open(letter.household, run.asked_by, at=clock.now()):
        return Sheet(line, problem=PROTECTED)
    try:
        with default_storage.open(letter.storage_name) as file:
            pdf: bytes = file.read()
        if hashlib.sha256(pdf).hexdigest() != letter.sha256:
            return Sheet(line, problem=DAMAGED)
        return Sheet(line, pdf, pages_of(pdf))
    except (OSError, UnreadablePdf):
        return Sheet(line, problem=DAMAGED)


def _cover(run: PrintRun, sheets: Iterable[Sheet]) -> bytes:
    """The list on top: number, name, kind, pages, a box to tick. Nothing else of anybody."""
    rows = list(sheets)
    printed = [sheet for sheet in rows if not sheet.problem]
    made = clock.now()
    context = {
        "municipality": run.municipality,
        "by": str(run.asked_by),
        "made_at": wareki.clock_time(made),
        "made_on": wareki.no_weekday(clock.day_of(made)),
        "made_on_iso": clock.day_of(made).isoformat(),
        "printed": [(sheet, LetterHead.of(sheet.line.letter)) for sheet in printed],
        "missing": [(sheet, LetterHead.of(sheet.line.letter)) for sheet in rows if sheet.problem],
        "pages": sum(sheet.pages for sheet in printed),
    }
    return render_letter(render_to_string("letters/cover_list.html", context)).pdf


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What the list says of a letter."""

    label: str
    kind: str
    name: str

    @classmethod
    def of(cls, letter: Letter) -> "LetterHead":
        return cls(letter.label, letter.get_kind_display(), letter.snapshot["recipient"]["name"])
