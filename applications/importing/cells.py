"""The cells of one line as names, days and numbers; what cannot be read is noted by line and column."""

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.forms import Field

from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import EmailField, KanaField, LineField, NameField, PhoneField, PostcodeField

from . import columns as c
from .reading import Line, Slip

MISSING = "入っていません。入れてください。"
BOXES: dict[str, Field] = {
    c.NAME: NameField(),
    c.KANA: KanaField(),
    c.POSTCODE: PostcodeField(),
    c.ADDRESS: LineField(limit=200),
    c.PHONE: PhoneField(),
    c.MAIL: EmailField(required=False),
    c.OLD_NUMBER: LineField(limit=60, required=False),
}
"""How a cell of text is read: as the box of the same name in a form."""


class Cells:
    """One line and its `slips`; what is wrong reads as empty, so that the rest of the line is read too."""

    def __init__(self, line: Line, on: dt.date) -> None:
        self.line, self.on = line, on
        self.slips: list[Slip] = []

    def cell(self, column: str) -> str:
        return self.line.cells.get(column, "")

    def slip(self, column: str, sentence: str) -> None:
        self.slips.append(Slip(self.line.number, column, sentence))

    def wrong(self, *names: str) -> bool:
        return any(slip.column in names for slip in self.slips)

    def text(self, column: str) -> str:
        typed, box = self.cell(column), BOXES[column]
        if not typed:
            if box.required:
                self.slip(column, MISSING)
            return ""
        try:
            return str(box.clean(typed))
        except ValidationError as wrong:
            self.slip(column, " ".join(wrong.messages))
            return ""

    def day(self, column: str, *, required: bool = True) -> dt.date | None:
        """A day that has come; of an awaited birth any."""
        typed = self.plain(column)
        if not typed:
            if required:
                self.slip(column, MISSING)
            return None
        named = c.days_named(typed)
        try:
            if named is None:
                raise wareki.WarekiError(f"日付として読めません。{c.DAY}", "year")
            day = wareki.date_of(*named)
        except wareki.WarekiError as wrong:
            self.slip(column, str(wrong))
            return None
        if column != c.DUE_DATE and day > self.on:
            self.slip(column, "まだ来ていない日です。日を確かめてください。")
            return None
        return day

    def number(self, column: str, *, lowest: int = 0, highest: int) -> int | None:
        typed = self.plain(column)
        if not typed:
            return None
        if not re.fullmatch("[0-9]{1,4}", typed) or not lowest <= int(typed) <= highest:
            self.slip(column, f"{lowest}から{highest}までの数字で入れてください。")
            return None
        return int(typed)

    def plain(self, column: str) -> str:
        return unicodedata.normalize("NFKC", self.cell(column)).strip()
