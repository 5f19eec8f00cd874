"""Facts as a decision keeps them can be read again, those of the first decisions too."""

import datetime as dt
import json

import pytest

from applications.selectors.records import as_json, facts_from_json
from eligibility.engine import Facts, Family, HeldClass, Proof

DAY = dt.date(2026, 3, 1)
FACTS = (
    Facts(),
    Facts(due_date=DAY, children=2, told={"resident": True, "care_plan": False}, household_class="general"),
    Facts(
        birth_date=DAY,
        family=Family.FOSTER,
        classes=(HeldClass("general", DAY, DAY), HeldClass("tax_exempt", DAY)),
        proofs=frozenset({Proof("tax_exemption_certificate", 2025, DAY), Proof("inquiry_consent")}),
        income=2_400_000,
        corrected_age=False,
    ),
    Facts(birth_date=DAY, family=Family.BEREAVED, proofs=frozenset(), moves_out_on=DAY),
)


@pytest.mark.parametrize("facts", FACTS)
def test_facts__come_back_as_they_were(facts: Facts) -> None:
    assert facts_from_json(json.loads(json.dumps(as_json(facts)))) == facts


def test_facts__of_the_first_decisions_are_read() -> None:
    stored = {
        "due_date": "2026-04-30",
        "birth_date": None,
        "children": 1,
        "resident": True,
        "lacks_support": False,
        "unwell_or_anxious": None,
        "fever_or_infection": None,
        "needs_medical_care": None,
        "household_class": "tax_exempt",
        "proofs": ["tax_exemption_certificate"],
    }
    assert facts_from_json(stored) == Facts(
        due_date=dt.date(2026, 4, 30),
        told={"resident": True, "lacks_support": False},
        household_class="tax_exempt",
        proofs=frozenset({Proof("tax_exemption_certificate")}),
    )
