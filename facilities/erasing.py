"""What becomes of this app's rows when a record's time is over; figures, counters and ledgers keep what they count."""

import datetime as dt
from typing import Any

from applications.letting_go import BY_ENTITLEMENT, COUNTED, NUMBER
from applications.public import Birth
from eligibility.engine import Record
from postpartum_portal.shared.erasing import Rule, erases, otherwise

from .models import (
    Block,
    BlockedDay,
    Booking,
    CareRecord,
    Contract,
    ContractPrice,
    DayCapacity,
    Facility,
    FeeWaiver,
    Hold,
    MonthLine,
    MonthReport,
    Move,
    Offering,
    OfferingAmount,
    OutcomeDecision,
    Pattern,
    Payee,
    Payment,
    PaymentEntry,
    PaymentList,
    Preparation,
    Sounding,
    StaffInvitation,
    StaffMembership,
    StaffReset,
    VisitBreak,
    VisitPlan,
    Waiting,
    Wish,
)
from .selectors.numbers import OLDER_FROM

BY_BOOKING = "booking__entitlement__birth__household"
SHEET = "sheet"
"""Record of a facility's month: what stands on its papers, whoever's use it is."""
AMOUNTS = "額と単位だけ"


def coarse(born_on: dt.date, first_days: list[dt.date]) -> dt.date:
    """A day of the same month for a child who is anonymised, with the same ages in months for the figures.

    They ask whether a child was `OLDER_FROM` months or older on the first day of a use: that turns on the day of the
    month only where exactly so many months lie between. It is the first of the month, or the day after the last such
    day on which the child was younger.
    """
    turning = [
        day.day
        for day in first_days
        if (day.year - born_on.year) * 12 + day.month - born_on.month == OLDER_FROM and day.day < born_on.day
    ]
    return born_on.replace(day=1 + max(turning, default=0))


def _month(day: dt.date | None) -> dt.date | None:
    return day and day.replace(day=1)


def _born_on(birth: Birth) -> dt.date | None:
    if birth.born_on is None:
        return None
    days = Booking._base_manager.filter(entitlement__birth=birth).order_by().values_list("first_day", flat=True)
    return coarse(birth.born_on, list(days))


def _papers(report: MonthReport) -> list[str]:
    return [name for name in (report.report_file, report.claim_file) if name]


def _nothing(_row: Any) -> str:
    return ""


erases(
    *(
        Rule(model=model, record=Record.CARE, way=way, removed=True)
        for model, way in (
            (CareRecord, BY_BOOKING),
            (Waiting, BY_ENTITLEMENT),
            (Sounding, "wish__entitlement__birth__household"),
            (Preparation, BY_ENTITLEMENT),
        )
    ),
    Rule(
        model=Move,
        record=Record.CARE,
        way=BY_BOOKING,
        emptied=("decline_reason",),
        kept={"number": NUMBER, "units": COUNTED, "taken": COUNTED, "place": COUNTED, "consequence": AMOUNTS},
    ),
    Rule(
        model=Booking,
        record=Record.CARE,
        way=BY_ENTITLEMENT,
        emptied=("note", "allergies", "decline_reason"),
        replaced={"unwell_at": lambda _: None},
        kept={"number": NUMBER, "service": COUNTED, "place": COUNTED, "units": COUNTED}
        | {"quote": AMOUNTS, "consequence": AMOUNTS},
    ),
    Rule(
        model=Wish,
        record=Record.CARE,
        way=BY_ENTITLEMENT,
        emptied=("words", "note", "allergies", "reason", "vaccination_days"),
        kept={"service": COUNTED, "first_days": "日付だけ"},
    ),
    Rule(
        model=Payment, record=Record.MONEY, way=BY_BOOKING, emptied=("label", "void_reason"), kept={"receipt": NUMBER}
    ),
    Rule(model=FeeWaiver, record=Record.MONEY, way=BY_BOOKING, emptied=("reason",)),
    Rule(model=OutcomeDecision, record=Record.MONEY, way=BY_BOOKING, emptied=("reason",)),
    Rule(
        model=MonthLine,
        record=SHEET,
        way="report",
        emptied=("guest", "note"),
        kept={"service": COUNTED, "label": COUNTED, "units_text": COUNTED},
    ),
    Rule(
        model=MonthReport,
        record=SHEET,
        way="pk",
        emptied=("snapshot", "answer", "return_reason"),
        replaced=dict.fromkeys(("report_file", "claim_file", "report_sha256", "claim_sha256"), _nothing),
        files=_papers,
    ),
    Rule(
        model=Birth,
        record=Record.APPLICATION,
        way="household",
        emptied=("age_reason",),
        replaced={"born_on": _born_on, "moves_out_on": lambda _: None}
        | {"due_date": lambda birth: _month(birth.due_date), "ended_on": lambda birth: _month(birth.ended_on)},
    ),
)
otherwise("施設と契約のこと", Facility, Contract, Offering, OfferingAmount, ContractPrice, Payee, VisitPlan, VisitBreak)
otherwise("空きの数と理由", DayCapacity, Block, BlockedDay, Pattern, Hold)
otherwise("施設への支払い", PaymentList, PaymentEntry)
otherwise("職員のアカウント", StaffInvitation, StaffMembership, StaffReset)
