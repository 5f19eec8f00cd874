"""What stands on the two papers of a month: 実績報告書 and 委託料請求書."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.core.files.storage import default_storage

from eligibility.public import programme_of
from facilities.models import Facility, MonthLine, MonthReport, Payee
from facilities.month_end import Amounts, total

from .month_lines import LineCard, card_of, lines_of
from .versions import versions_of

REPORT, CLAIM = "report", "claim"
TITLES = {REPORT: "産後ケア事業実績報告書", CLAIM: "産後ケア事業委託料請求書"}
CORRECTED = "前の月までの訂正"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Both parties as they stand on the papers, frozen when the month was sent; "" for what nobody has entered.

    `bank`: 見本銀行 小平支店; `account`: 普通 1234567.
    """

    to_title: str
    to_name: str
    facility: str
    legal_name: str
    representative: str
    postcode: str
    address: str
    phone: str
    bank: str
    account: str
    holder: str
    sent_on: str


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of the claim: a service, or a kind of absence, or all corrections."""

    label: str
    count: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Paper:
    """One of the two; `lines` are all of the month, those that claim nothing included."""

    title: str
    number: str
    month: str
    head: Head
    sent_on: dt.date
    lines: tuple[LineCard, ...]
    sums: tuple[Sum, ...]
    total: Amounts


def has_account(facility: Facility) -> bool:
    """Whether its claims say where the money goes."""
    return Payee.objects.filter(facility=facility).exclude(bank="").exists()


def paper_snapshot(report: MonthReport, *, on: dt.date) -> dict[str, Any]:
    """To be kept with the report: the mayor by the programme of the day, the facility by its own words."""
    municipality, facility = report.municipality, report.facility
    payee = Payee.objects.filter(facility=facility).first()
    sender = programme_of(versions_of(municipality).on(on)).terms.letters.sender
    head = Head(
        to_title=sender.title,
        to_name=municipality.mayor_name,
        facility=facility.name,
        legal_name=facility.legal_name,
        representative=payee.representative if payee else "",
        postcode=facility.postcode,
        address=facility.address,
        phone=facility.phone,
        bank=f"{payee.bank} {payee.branch}".strip() if payee else "",
        account=f"{payee.get_account_display()} {payee.account_number}".strip() if payee else "",
        holder=payee.holder if payee else "",
        sent_on=on.isoformat(),
    )
    return asdict(head)


def paper_of(report: MonthReport, which: str) -> Paper:
    """`which` is REPORT or CLAIM; the report is closed."""
    rows, head = lines_of(report), Head(**report.snapshot)
    return Paper(
        title=TITLES[which],
        number=f"第{report.number}号",
        month=report.month_label,
        head=head,
        sent_on=dt.date.fromisoformat(head.sent_on),
        lines=tuple(map(card_of, rows)),
        sums=tuple(_sums(rows)),
        total=Amounts(report.price or 0, report.collected or 0),
    )


def paper_file(report: MonthReport, which: str) -> bytes | None:
    """The paper as it was made when the month was sent; None as long as a worker has not made it."""
    name = report.report_file if which == REPORT else report.claim_file
    if not name:
        return None
    with default_storage.open(name) as file:
        return bytes(file.read())


def _sums(rows: Iterable[MonthLine]) -> Iterable[Sum]:
    claimed = [row for row in rows if row.public_share is not None]
    ordered = sorted(claimed, key=lambda row: (row.corrects_id is not None, _label(row)))
    for label, group in groupby(ordered, key=_label):
        found = list(group)
        yield Sum(label, len(found), total(Amounts(row.price or 0, row.collected or 0) for row in found))


def _label(row: MonthLine) -> str:
    if row.corrects_id is not None:
        return CORRECTED
    return row.label if row.kind == MonthLine.Kind.USE else f"{row.label}({MonthLine.Kind(row.kind).label})"
