"""All models of the app; one file per idea."""

from .application import Application
from .change import ChangeNotice
from .coupon import Coupon
from .decision import Decision
from .document import Document
from .entitlement import Entitlement, Grant, LedgerEntry, Pool
from .household import Birth, Household, HouseholdClass
from .letter import ISSUE_LETTER, Letter, NumberSeries
from .screening import Hearing, PhoneCall

__all__ = [
    "ISSUE_LETTER",
    "Application",
    "Birth",
    "ChangeNotice",
    "Coupon",
    "Decision",
    "Document",
    "Entitlement",
    "Grant",
    "Hearing",
    "Household",
    "HouseholdClass",
    "LedgerEntry",
    "Letter",
    "NumberSeries",
    "PhoneCall",
    "Pool",
]
