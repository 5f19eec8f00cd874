"""The words of a programme for one family."""

from applications.public import Entitlement, dates_of
from eligibility import engine
from eligibility.public import programme_of


def said_to_her(entitlement: Entitlement) -> engine.Terms:
    """The decision's terms as they are told to this family: after a loss in the words for it."""
    return programme_of(entitlement.programme_version).terms.said_to(dates_of(entitlement.birth).family)
