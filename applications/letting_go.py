"""The second door of `applications`: what whoever erases records needs of this app, and nobody else."""

from .erasing import BY_BIRTH, BY_ENTITLEMENT, COUNTED, NUMBER
from .models import Erasure
from .selectors.closing import UNDER_REVIEW, case_closing, closed_before, erased_already, erased_on, unfinished_letters
from .services.erasing import finish_all, finish_erasure, mark_and_empty
from .services.holding import hold_household
from .services.leftovers import forget_unsent, remove_unsent
from .services.printing import drop_prints_of

__all__ = [
    "BY_BIRTH",
    "BY_ENTITLEMENT",
    "COUNTED",
    "NUMBER",
    "UNDER_REVIEW",
    "Erasure",
    "case_closing",
    "closed_before",
    "drop_prints_of",
    "erased_already",
    "erased_on",
    "finish_all",
    "finish_erasure",
    "forget_unsent",
    "hold_household",
    "mark_and_empty",
    "remove_unsent",
    "unfinished_letters",
]
