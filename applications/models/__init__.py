"""All models of the app; one file per idea."""

from .amendment import Amendment
from .application import Application
from .change import ChangeNotice
from .correction import Correction
from .coupon import Coupon
from .decision import Decision
from .document import Document
from .entitlement import Entitlement, Grant, LedgerEntry, Pool
from .household import Birth, Household, HouseholdClass
from .letter import ISSUE_LETTER, Letter, NumberSeries
from .loss import Loss
from .message import Message
from .proxy import Proxy
from .screening import Hearing, PhoneCall
from .window_notice import WindowNotice

__all__ = [
    "ISSUE_LETTER",
    "Amendment",
    "Application",
    "Birth",
    "ChangeNotice",
    "Correction",
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
    "Loss",
    "Message",
    "NumberSeries",
    "PhoneCall",
    "Pool",
    "Proxy",
    "WindowNotice",
]
