"""On the case page: an application that came on paper, a mother without an account, and who may be the same."""

import datetime as dt
from typing import Any

from applications.public import (
    Birth,
    Case,
    last_account_offer,
    own_household_of,
    paper_note,
    possible_duplicates,
    wanted_paper,
)


def paper_context(case: Case, *, may_change: bool, on: dt.date) -> dict[str, Any]:
    """`by_phone`: what may be taken down for her now, as names of pages; `offer`: the last one of an account."""
    household = case.household
    alone = household.citizen_id is None
    offer = last_account_offer(household) if alone else None
    acts = {
        "scan": wanted_paper(case, on=on) is not None,
        "told_birth": case.birth.outcome != Birth.Outcome.LOST,
        "told_withdrawal": case.is_open,
        "offer_account": alone,
    }
    return {
        "paper": paper_note(case.application, case.terms),
        "alone": alone,
        "offer": offer,
        "twice": bool(offer and offer.citizen and own_household_of(offer.citizen, household.municipality)),
        "matches": possible_duplicates(household) if case.is_open else (),
        "by_phone": {name for name, fits in acts.items() if fits and may_change},
    }
