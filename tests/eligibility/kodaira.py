"""Kodaira's programme, and households as they come: only what differs is written in a test."""

from datetime import date
from pathlib import Path

from eligibility.engine import Facts, Unpublished, Use
from eligibility.programmes import load_programme

ROOT = Path(__file__).parents[2]
FILE = ROOT / "fixtures/programmes/132110-kodaira-2024-08-23.yaml"
FACILITIES = ROOT / "fixtures/programmes/facilities/132110.yaml"
PROGRAMME = load_programme(FILE)
TERMS = PROGRAMME.terms
BORN = date(2026, 1, 15)
SET_BY_FACILITY = Unpublished("施設が決めた額", "facility")


def family(**known: object) -> Facts:
    """A household that meets every condition, born 2026-01-15; a circumstance given as None is not known."""
    told: dict[str, object] = {
        "resident": True,
        "lacks_support": True,
        "unwell_or_anxious": False,
        "fever_or_infection": False,
        "needs_medical_care": False,
    }
    told |= {code: known.pop(code) for code in list(known) if code in told}
    answered = {code: answer for code, answer in told.items() if answer is not None}
    return Facts(**{"birth_date": BORN, "told": answered, **known})  # type: ignore[arg-type]


def stay(first: date, nights: int) -> Use:
    return Use("short_stay", first, date.fromordinal(first.toordinal() + nights))


def day(first: date) -> Use:
    return Use("day_service", first, first)


def visit(first: date, service: str = "midwife_visit", **known: object) -> Use:
    return Use(service, first, first, **known)  # type: ignore[arg-type]
