"""The door of `applications`: what booking and the joined pages need of births, entitlements and applications."""

from .forms.decide import ApproveForm, RefuseForm
from .forms.hearing import CallForm, HearingForm
from .models import Application, Birth, Entitlement
from .selectors.case import Case
from .selectors.standing import Standing, dates_of, entitlement_of, standing_of
from .selectors.worklist import TODAY, Entry, Tab
from .selectors.worklist import found as entries_found
from .selectors.worklist import tabs as worklist_tabs
from .selectors.worklist import worklist as entries_waiting
from .services.births import BirthNotRecordable, record_birth
from .services.preparing import same_hands
from .services.reading import read_case
from .services.recounting import WrongPool, repair_pool, units_in_ledger, wrong_pools
from .services.units import NothingToGiveBack, UnitsExhausted, give_back, take
from .signals import birth_recorded, entitlement_changed

__all__ = [
    "TODAY",
    "Application",
    "ApproveForm",
    "Birth",
    "BirthNotRecordable",
    "CallForm",
    "Case",
    "Entitlement",
    "Entry",
    "HearingForm",
    "NothingToGiveBack",
    "RefuseForm",
    "Standing",
    "Tab",
    "UnitsExhausted",
    "WrongPool",
    "birth_recorded",
    "dates_of",
    "entitlement_changed",
    "entitlement_of",
    "entries_found",
    "entries_waiting",
    "give_back",
    "read_case",
    "record_birth",
    "repair_pool",
    "same_hands",
    "standing_of",
    "take",
    "units_in_ledger",
    "worklist_tabs",
    "wrong_pools",
]
