"""Facts and findings as a decision keeps them: plain JSON, readable for as long as decisions are kept."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from eligibility import engine

_DAYS = ("due_date", "birth_date", "moves_out_on", "handbook_on")
_EARLY = ("fever_or_infection", "needs_medical_care", "lacks_support", "unwell_or_anxious", "resident")
"""The circumstances of the first programme, which early decisions kept under their own names."""


def as_json(facts: engine.Facts) -> dict[str, Any]:
    """The facts as a decision keeps them."""
    return {
        **{name: _text(getattr(facts, name)) for name in _DAYS},
        "children": facts.children,
        "family": facts.family.value,
        "told": dict(facts.told),
        "household_class": facts.household_class,
        "classes": [[held.code, _text(held.starts), _text(held.ends)] for held in facts.classes],
        "proofs": None if facts.proofs is None else sorted(map(_proof, facts.proofs), key=str),
        "income": facts.income,
        "corrected_age": facts.corrected_age,
        "handbook_awaited": facts.handbook_awaited,
    }


def facts_from_json(stored: dict[str, Any]) -> engine.Facts:
    """The facts that a decision kept.

    Early decisions kept no `told`, and proofs by their code alone.
    """
    early = {code: stored[code] for code in _EARLY if stored.get(code) is not None}
    proofs = stored.get("proofs")
    return engine.Facts(
        due_date=_day(stored.get("due_date")),
        birth_date=_day(stored.get("birth_date")),
        moves_out_on=_day(stored.get("moves_out_on")),
        handbook_on=_day(stored.get("handbook_on")),
        handbook_awaited=stored.get("handbook_awaited", False),
        children=stored.get("children", 1),
        family=engine.Family(stored.get("family", engine.Family.MOTHER)),
        told=stored.get("told", early),
        household_class=stored.get("household_class", ""),
        classes=tuple(
            engine.HeldClass(code, _day(starts), _day(ends)) for code, starts, ends in stored.get("classes", ())
        ),
        proofs=None if proofs is None else frozenset(map(_proof_from, proofs)),
        income=stored.get("income"),
        corrected_age=stored.get("corrected_age"),
    )


def findings_as_json(findings: tuple[engine.Finding, ...]) -> list[dict[str, Any]]:
    """The findings as a decision keeps them, each with the sentence of its rule."""
    return [asdict(finding) for finding in findings]


def findings_from_json(stored: list[dict[str, Any]]) -> tuple[engine.Finding, ...]:
    """The findings that a decision kept."""
    return tuple(
        engine.Finding(
            **{
                **row,
                "verdict": engine.Verdict(row["verdict"]),
                "source": engine.Source(**row["source"]),
                "services": tuple(row.get("services", ())),
            }
        )
        for row in stored
    )


def _proof(proof: engine.Proof) -> list[str | int | None]:
    return [proof.document, proof.fiscal_year, _text(proof.since)]


def _proof_from(stored: str | list[Any]) -> engine.Proof:
    if isinstance(stored, str):
        return engine.Proof(stored)
    document, fiscal_year, since = stored
    return engine.Proof(document, fiscal_year, _day(since))


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
