"""What each line of a file says: an approval that runs, or everything that is wrong with it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from applications.models import Birth
from applications.models.finding import found_under
from eligibility import engine
from eligibility.engine.families import family_findings
from eligibility.engine.wording import pool_units
from eligibility.public import ProgrammeVersion, programme_of
from postpartum_portal.shared import wareki

from . import columns as c
from .cells import MISSING, Cells
from .reading import Line, Slip

MOST_CHILDREN = 9


@dataclass(frozen=True, slots=True)
class Approval:
    """One line, understood. Units are for all children together; `family` is "" where the programme has one only."""

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
    lost_on: dt.date | None
    family: str
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
    def facts(self) -> engine.Facts:
        """As the rules see a family: after a loss its day stands in place of the birth."""
        return engine.Facts(
            due_date=self.due_date,
            birth_date=self.lost_on or self.born_on,
            children=self.children,
            family=_judged_as(self.family, self.lost_on),
            household_class=self.class_code,
            classes=(engine.HeldClass(self.class_code, self.decided_on),),
            proofs=frozenset({engine.Proof(self.proof, self.fiscal_year)} if self.proof else ()),
        )

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


class _Reader(Cells):
    """Reads one line by the version of its day, and notes all that is wrong with it."""

    def __init__(self, line: Line, versions: Sequence[ProgrammeVersion], on: dt.date) -> None:
        super().__init__(line, on)
        self.versions = versions

    def approval(self) -> Approval | None:
        decided_on = self.day(c.DECIDED_ON) or self.on
        version = self._version(decided_on)
        terms = programme_of(version).terms
        due_date, born_on, lost_on = (self.day(column, required=False) for column in c.DAYS)
        if not (due_date or born_on or lost_on) and not self.wrong(*c.DAYS):
            self.slip(c.DUE_DATE, "出産予定日か生まれた日を入れてください。")
        family = self._family(terms)
        children = self.number(c.CHILDREN, lowest=1, highest=MOST_CHILDREN) or 1
        services = self._services(terms, _judged_as(family, lost_on))
        limits = self._limits(terms, services, children)
        class_code, proof, fiscal_year = self._class(terms)
        found = Approval(
            line=self.line.number,
            name=self.text(c.NAME),
            kana=self.text(c.KANA),
            birth_date=self.day(c.BORN) or self.on,
            postcode=self.text(c.POSTCODE),
            address=self.text(c.ADDRESS),
            phone=self.text(c.PHONE),
            email=self.text(c.MAIL),
            due_date=due_date,
            born_on=born_on,
            lost_on=lost_on,
            family=family,
            children=children,
            services=services,
            limits=limits,
            used=self._used(terms, limits),
            reductions=self._reductions(terms),
            class_code=class_code,
            proof=proof,
            fiscal_year=fiscal_year,
            decided_on=decided_on,
            old_number=self.text(c.OLD_NUMBER),
            version=version,
        )
        return None if self.slips else found

    def _version(self, day: dt.date) -> ProgrammeVersion:
        """The one in force then; before all that are known here, the first."""
        begun = [row for row in self.versions if row.effective_from is None or row.effective_from <= day]
        return begun[-1] if begun else self.versions[0]

    def _family(self, terms: engine.Terms) -> str:
        """Mother and child where nothing is said; "" where the programme knows no other."""
        typed, named = self.cell(c.FAMILY), c.family_names(terms)
        if typed and typed not in named:
            known = "、".join(str(family.label) for family in dict.fromkeys(named.values()))
            self.slip(c.FAMILY, f"「{typed}」というご家庭はありません。空けるか、次の中から入れてください。{known}")
        return named.get(typed, Birth.Family.MOTHER).value if named else ""

    def _services(self, terms: engine.Terms, family: engine.Family) -> tuple[str, ...]:
        typed = [part.strip() for part in re.split("[、,;/]", self.cell(c.SERVICES)) if part.strip()]
        if not typed:
            self.slip(c.SERVICES, MISSING)
        codes = {name: item.code for item in terms.services for name in (item.label, item.short_label, item.code)}
        for strange in [name for name in typed if name not in codes]:
            known = "、".join(item.label for item in terms.services)
            self.slip(c.SERVICES, f"「{strange}」という種類はありません。次の中から入れてください。{known}")
        chosen = {codes[name] for name in typed if name in codes}
        for finding in family_findings(engine.Facts(family=family), terms):
            if finding.verdict is engine.Verdict.UNMET and chosen & set(finding.services or chosen):
                self.slip(c.SERVICES, finding.fact)
        return tuple(sorted(chosen))

    def _limits(self, terms: engine.Terms, services: Sequence[str], children: int) -> dict[str, int]:
        """What was granted of each pool that the services draw on, within what the rules allow at the most."""
        limits = {}
        for pool in terms.pools:
            column, most = c.limit_column(pool), pool.extended_limit_for(children)
            drawn_on = bool(set(pool.services) & set(services))
            number = self.number(column, highest=most)
            if drawn_on and number is None and not self.wrong(column):
                self.slip(column, f"承認した種類で使う数です。{pool_units(most, pool)}までで入れてください。")
            if not drawn_on and number and services:
                self.slip(column, "承認した種類では使わない数です。空けるか、種類を足してください。")
            if drawn_on and number is not None:
                limits[pool.code] = number
        return limits

    def _used(self, terms: engine.Terms, limits: dict[str, int]) -> dict[str, int]:
        used = {pool.code: self.number(c.used_column(pool), highest=9999) or 0 for pool in terms.pools}
        for pool in terms.pools:
            limit = limits.get(pool.code, 0)
            if used[pool.code] > limit and not self.wrong(c.limit_column(pool), c.SERVICES):
                self.slip(
                    c.used_column(pool),
                    f"承認した数({pool_units(limit, pool)})より多いです。どちらかを直してください。",
                )
        return {code: number for code, number in used.items() if number}

    def _reductions(self, terms: engine.Terms) -> dict[str, int]:
        counted = [(item, item.first) for item in terms.reductions if item.first]
        read = {item.code: self.number(c.reduction_column(item), highest=first.number) for item, first in counted}
        return {code: number for code, number in read.items() if number}

    def _class(self, terms: engine.Terms) -> tuple[str, str, int | None]:
        """The class with its proof; the programme's first where none is named."""
        typed = self.cell(c.CLASS)
        named = {name: item for item in terms.classes for name in (item.label, item.choice, item.code)}
        held = named.get(typed) if typed else terms.classes[0]
        if held is None:
            known = "、".join(item.label for item in terms.classes)
            self.slip(c.CLASS, f"「{typed}」という区分はありません。次の中から入れてください。{known}")
            return "", "", None
        proof, typed = held.proof, self.cell(c.PROOF)
        if proof is None:
            if typed:
                self.slip(c.PROOF, f"「{held.label}」に証明書はいりません。空けてください。")
            return held.code, "", None
        papers = {name: paper.code for paper in proof.documents for name in (paper.label, paper.code)}
        if typed not in papers:
            known = "、".join(paper.label for paper in proof.documents)
            self.slip(c.PROOF, f"「{held.label}」の証明書を、次の中から入れてください。{known}")
        year = self._fiscal_year() if proof.fiscal_year_from_month else None
        return held.code, papers.get(typed, ""), year

    def _fiscal_year(self) -> int | None:
        typed = self.plain(c.FISCAL_YEAR).removesuffix("度").removesuffix("年")
        if not typed:
            self.slip(c.FISCAL_YEAR, "この証明書には年度がいります。2026かR8のように入れてください。")
            return None
        try:
            return wareki.date_of(typed, "4", "1").year
        except wareki.WarekiError:
            self.slip(c.FISCAL_YEAR, "年度として読めません。2026かR8のように入れてください。")
            return None


def _judged_as(family: str, lost_on: dt.date | None) -> engine.Family:
    return engine.Family.BEREAVED if lost_on else engine.Family(family or engine.Family.MOTHER)
