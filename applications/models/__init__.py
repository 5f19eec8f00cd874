"""All models of the app; one file per idea."""

from .account_offer import AccountOffer
from .amendment import Amendment
from .application import Application
from .approval_import import ApprovalImport, ImportedApproval
from .carried_over import CarriedOver
from .change import ChangeNotice
from .correction import Correction
from .coupon import Coupon
from .coupon_return import CouponReturn
from .decision import Decision
from .document import Document
from .entitlement import Entitlement, Grant, LedgerEntry, Pool
from .erasure import Erasure
from .household import Birth, Household, HouseholdClass
from .letter import ISSUE_LETTER, Letter, NumberSeries
from .loss import Loss
from .message import Message
from .note import CaseNote
from .official_check import OfficialCheck
from .opening import AddressOpening
from .printing import PRINT_LETTERS, PrintedLetter, PrintRun
from .proxy import Proxy
from .rectification import Rectification
from .revocation import Revocation
from .saved_view import SavedView
from .screening import Hearing, HearingEntry, PhoneCall
from .window_notice import WindowNotice

__all__ = [
    "ISSUE_LETTER",
    "PRINT_LETTERS",
    "AccountOffer",
    "AddressOpening",
    "Amendment",
    "Application",
    "ApprovalImport",
    "Birth",
    "CarriedOver",
    "CaseNote",
    "ChangeNotice",
    "Correction",
    "Coupon",
    "CouponReturn",
    "Decision",
    "Document",
    "Entitlement",
    "Erasure",
    "Grant",
    "Hearing",
    "HearingEntry",
    "Household",
    "HouseholdClass",
    "ImportedApproval",
    "LedgerEntry",
    "Letter",
    "Loss",
    "Message",
    "NumberSeries",
    "OfficialCheck",
    "PhoneCall",
    "Pool",
    "PrintRun",
    "PrintedLetter",
    "Proxy",
    "Rectification",
    "Revocation",
    "SavedView",
    "WindowNotice",
]
