"""All models of the app; one file per idea."""

from .amount import OfferingAmount
from .block import Block, BlockedDay
from .booking import Booking
from .capacity import DayCapacity
from .care_record import CareRecord
from .contract_price import ContractPrice
from .facility import Contract, Facility, Offering, StaffMembership
from .fee_waiver import FeeWaiver
from .hold import Hold
from .month_report import MonthLine, MonthReport, Payee
from .move import Move
from .outcome import OutcomeDecision
from .pattern import Pattern
from .payment import Payment
from .payment_list import PaymentEntry, PaymentList
from .preparation import Preparation
from .sounding import Sounding
from .staff_invitation import StaffInvitation
from .staff_reset import StaffReset
from .visit import VisitBreak, VisitPlan
from .waiting import Waiting
from .wish import Wish

__all__ = [
    "Block",
    "BlockedDay",
    "Booking",
    "CareRecord",
    "Contract",
    "ContractPrice",
    "DayCapacity",
    "Facility",
    "FeeWaiver",
    "Hold",
    "MonthLine",
    "MonthReport",
    "Move",
    "Offering",
    "OfferingAmount",
    "OutcomeDecision",
    "Pattern",
    "Payee",
    "Payment",
    "PaymentEntry",
    "PaymentList",
    "Preparation",
    "Sounding",
    "StaffInvitation",
    "StaffMembership",
    "StaffReset",
    "VisitBreak",
    "VisitPlan",
    "Waiting",
    "Wish",
]
