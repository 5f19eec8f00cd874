"""The door of `applications`: what booking and the joined pages need of births, entitlements and applications."""

from .models import Application, Birth, Entitlement
from .selectors.standing import Standing, dates_of, entitlement_of, standing_of
from .services.births import BirthNotRecordable, record_birth
from .services.recounting import WrongPool, repair_pool, units_in_ledger, wrong_pools
from .services.units import NothingToGiveBack, UnitsExhausted, give_back, take
from .signals import birth_recorded, entitlement_changed

__all__ = [
    "Application",
    "Birth",
    "BirthNotRecordable",
    "Entitlement",
    "NothingToGiveBack",
    "Standing",
    "UnitsExhausted",
    "WrongPool",
    "birth_recorded",
    "dates_of",
    "entitlement_changed",
    "entitlement_of",
    "give_back",
    "record_birth",
    "repair_pool",
    "standing_of",
    "take",
    "units_in_ledger",
    "wrong_pools",
]
