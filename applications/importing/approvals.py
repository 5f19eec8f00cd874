"""What each line of a file says: an approval that runs, or everything that is wrong with it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.forms import Field

from applications.models.finding import found_under
from eligibility import engine
from eligibility.engine.wording import pool_units
from eligibility.public import ProgrammeVersion, programme_of
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import EmailField, KanaField, LineField, NameField, PhoneField, PostcodeField

from . import columns as c
from .reading import Line, Slip

MISSING = "入っていません。入れてください。"
MOST_CHILDREN = 9


@dataclass(frozen=True, slots=True)
class Approval:
    """One line, understood. Units are for all children together."""

    line: int
    name: str
    kana: str
    birth_date: dt.date
    postcode: str
    address: str
    phone: str
    email: str
    due_date: dt.date | None
    born_on: dt.date | None
    children: int
    services: tuple[str, ...]
    limits: dict[str, int]
    used: dict[str, int]
    reductions: dict[str, int]
    class_code: str
    proof: str
    fiscal_year: int | None
    decided_on: dt.date
    old_number: str
    version: ProgrammeVersion

    @property
    def class_label(self) -> str:
        return engine.class_label(self.class_code, programme_of(self.version).terms)


def read_approvals(
    lines: Iterable[Line], versions: Sequence[ProgrammeVersion], *, on: dt.date
) -> tuple[list[Approval], list[Slip]]:
    """`versions` of the programme in their order, at least one; each line is read by the one of its decision's day."""
    read = [_Reader(line, versions, on) for line in lines]
    approvals = [approval for reader in read if (approval := reader.approval())]
    slips = [slip for reader in read for slip in reader.slips]
    return approvals, [*slips, *_same_twice(approvals)]


def _same_twice(approvals: Iterable[Approval]) -> list[Slip]:
    """Nobody stands in a file twice: her units would be granted twice."""
    first: dict[tuple[str, dt.date], int] = {}
    slips = []
    for item in approvals:
        key = found_under(item.name), item.birth_date
        if key in first:
            slips.append(Slip(item.line, c.NAME, f"{first[key]}行めと同じ方です。1行にまとめてください。"))
        first.setdefault(key, item.line)
    return slips


@dataclass(slots=True)
class _Reader:
    """Reads one line, and notes all that is wrong with it."""

    line: Line
    versions: Sequence[ProgrammeVersion]
    on: dt.date
    slips: list[Slip] = field(default_factory=list)

    def approval(self) -> Approval | None:
        decided_on = self._day(c.DECIDED_ON) or self.on
        version = self._version(decided_on)
        terms = programme_of(version).terms
        due_date, born_on = self._day(c.DUE_DATE, required=False), self._day(c.BIRTH_DATE, required=False)
        if not due_date and not born_on and not self._wrong(c.DUE_DATE, c.BIRTH_DATE):
            self._slip(c.DUE_DATE, "出産予定日か生まれた日を入れてください。")
        children = self._number(c.CHILDREN, lowest=1, highest=MOST_CHILDREN) or 1
        services = self._services(terms)
        limits = self._limits(terms, services, children)
        class_code, proof, fiscal_year = self._class(terms)
        found = Approval(
            line=self.line.number,
            name=self._text(c.NAME, NameField()),
            kana=self._text(c.KANA, KanaField()),
            birth_date=self._day(c.BORN) or self.on,
            postcode=self._text(c.POSTCODE, PostcodeField()),
            address=self._text(c.ADDRESS, LineField(limit=200)),
            phone=self._text(c.PHONE, PhoneField()),
            email=self._text(c.MAIL, EmailField(required=False)),
            due_date=due_date,
            born_on=born_on,
            children=children,
            services=services,
            limits=limits,
            used=self._used(terms, limits),
            reductions=self._reductions(terms),
            class_code=class_code,
            proof=proof,
            fiscal_year=fiscal_year,
            decided_on=decided_on,
            old_number=self._text(c.OLD_NUMBER, LineField(limit=60, required=False)),
            version=version,
        )
        return None if self.slips else found

    def _cell(self, column: str) -> str:
        return self.line.cells.get(column, "")

    def _slip(self, column: str, sentence: str) -> None:
        self.slips.append(Slip(self.line.number, column, sentence))

    def _wrong(self, *names: str) -> bool:
        return any(slip.column in names for slip in self.slips)

    def _text(self, column: str, box: Field) -> str:
        typed = self._cell(column)
        if not typed:
            if box.required:
                self._slip(column, MISSING)
            return ""
        try:
            return str(box.clean(typed))
        except ValidationError as wrong:
            self._slip(column, " ".join(wrong.messages))
            return ""

    def _day(self, column: str, *, required: bool = True) -> dt.date | None:
        """A day that has come; of an awaited birth any."""
        typed = self._plain(column)
        if not typed:
            if required:
                self._slip(column, MISSING)
            return None
        named = c.days_named(typed)
        try:
            if named is None:
                raise wareki.WarekiError(f"日付として読めません。{c.DAY}", "year")
            day = wareki.date_of(*named)
        except wareki.WarekiError as wrong:
            self._slip(column, str(wrong))
            return None
        if column != c.DUE_DATE and day > self.on:
            self._slip(column, "まだ来ていない日です。日を確かめてください。")
            return None
        return day

    def _number(self, column: str, *, lowest: int = 0, highest: int) -> int | None:
        typed = self._plain(column)
        if not typed:
            return None
        if not re.fullmatch("[0-9]{1,4}", typed) or not lowest <= int(typed) <= highest:
            self._slip(column, f"{lowest}から{highest}までの数字で入れてください。")
            return None
        return int(typed)

    def _plain(self, column: str) -> str:
        return unicodedata.normalize("NFKC", self._cell(column)).strip()

    def _version(self, day: dt.date) -> ProgrammeVersion:
        """The one in force then; before all that are known here, the first."""
        begun = [row for row in self.versions if row.effective_from is None or row.effective_from <= day]
        return begun[-1] if begun else self.versions[0]

    def _services(self, terms: engine.Terms) -> tuple[str, ...]:
        typed = [part.strip() for part in re.split("[、,;/]", self._cell(c.SERVICES)) if part.strip()]
        if not typed:
            self._slip(c.SERVICES, MISSING)
        codes = {name: item.code for item in terms.services for name in (item.label, item.short_label, item.code)}
        for strange in [name for name in typed if name not in codes]:
            known = "、".join(item.label for item in terms.services)
            self._slip(c.SERVICES, f"「{strange}」という種類はありません。次の中から入れてください。{known}")
        return tuple(sorted({codes[name] for name in typed if name in codes}))

    def _limits(self, terms: engine.Terms, services: Sequence[str], children: int) -> dict[str, int]:
        """What was granted of each pool that the services draw on, within what the rules allow at the most."""
        limits = {}
        for pool in terms.pools:
            column, most = c.limit_column(pool), pool.extended_limit_for(children)
            drawn_on = bool(set(pool.services) & set(services))
            number = self._number(column, highest=most)
            if drawn_on and number is None and not self._wrong(column):
                self._slip(column, f"承認した種類で使う数です。{pool_units(most, pool)}までで入れてください。")
            if not drawn_on and number and services:
                self._slip(column, "承認した種類では使わない数です。空けるか、種類を足してください。")
            if drawn_on and number is not None:
                limits[pool.code] = number
        return limits

    def _used(self, terms: engine.Terms, limits: dict[str, int]) -> dict[str, int]:
        used = {pool.code: self._number(c.used_column(pool), highest=9999) or 0 for pool in terms.pools}
        for pool in terms.pools:
            limit = limits.get(pool.code, 0)
            if used[pool.code] > limit and not self._wrong(c.limit_column(pool), c.SERVICES):
                self._slip(
                    c.used_column(pool),
                    f"承認した数({pool_units(limit, pool)})より多いです。どちらかを直してください。",
                )
        return {code: number for code, number in used.items() if number}

    def _reductions(self, terms: engine.Terms) -> dict[str, int]:
        counted = [(item, item.first) for item in terms.reductions if item.first]
        read = {item.code: self._number(c.reduction_column(item), highest=first.number) for item, first in counted}
        return {code: number for code, number in read.items() if number}

    def _class(self, terms: engine.Terms) -> tuple[str, str, int | None]:
        """The class with its proof; the programme's first where none is named."""
        typed = self._cell(c.CLASS)
        named = {name: item for item in terms.classes for name in (item.label, item.choice, item.code)}
        held = named.get(typed) if typed else terms.classes[0]
        if held is None:
            known = "、".join(item.label for item in terms.classes)
            self._slip(c.CLASS, f"「{typed}」という区分はありません。次の中から入れてください。{known}")
            return "", "", None
        proof, typed = held.proof, self._cell(c.PROOF)
        if proof is None:
            if typed:
                self._slip(c.PROOF, f"「{held.label}」に証明書はいりません。空けてください。")
            return held.code, "", None
        papers = {name: paper.code for paper in proof.documents for name in (paper.label, paper.code)}
        if typed not in papers:
            known = "、".join(paper.label for paper in proof.documents)
            self._slip(c.PROOF, f"「{held.label}」の証明書を、次の中から入れてください。{known}")
        year = self._fiscal_year() if proof.fiscal_year_from_month else None
        return held.code, papers.get(typed, ""), year

    def _fiscal_year(self) -> int | None:
        typed = self._plain(c.FISCAL_YEAR).removesuffix("度").removesuffix("年")
        if not typed:
            self._slip(c.FISCAL_YEAR, "この証明書には年度がいります。2026かR8のように入れてください。")
            return None
        try:
            return wareki.date_of(typed, "4", "1").year
        except wareki.WarekiError:
            self._slip(c.FISCAL_YEAR, "年度として読めません。2026かR8のように入れてください。")
            return None
