"""Households as they come, the same in every run."""

from datetime import date, timedelta
from random import Random

from bench.rules.bare import Household
from eligibility import engine

ON = date(2026, 3, 5)
PROOFS = frozenset({engine.Proof("tax_exemption_certificate")})


def households(number: int) -> list[Household]:
    """So many households with children born in the last five months, each with a stay in mind."""
    chance = Random(20260305)
    return [_household(chance) for _ in range(number)]


def facts_of(one: Household) -> engine.Facts:
    return engine.Facts(
        due_date=one.due_date,
        birth_date=one.birth_date,
        children=one.children,
        told={
            "resident": one.resident,
            "lacks_support": one.lacks_support,
            "unwell_or_anxious": one.unwell_or_anxious,
            "fever_or_infection": one.fever_or_infection,
            "needs_medical_care": one.needs_medical_care,
        },
        household_class="tax_exempt" if one.exempt else "general",
        proofs=PROOFS if one.exempt else frozenset(),
    )


def _household(chance: Random) -> Household:
    birth = ON - timedelta(days=chance.randrange(150))
    first = ON + timedelta(days=chance.randrange(1, 60))
    return Household(
        due_date=birth + timedelta(days=chance.randrange(-14, 30)),
        birth_date=birth,
        children=1 + (chance.random() < 0.02),
        resident=chance.random() < 0.98,
        lacks_support=chance.random() < 0.7,
        unwell_or_anxious=chance.random() < 0.6,
        fever_or_infection=chance.random() < 0.03,
        needs_medical_care=chance.random() < 0.02,
        exempt=chance.random() < 0.1,
        first_day=first,
        last_day=first + timedelta(days=chance.randrange(1, 7)),
    )
