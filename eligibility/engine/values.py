"""What every answer of the engine is made of: a source, an amount, a verdict, a finding."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType, TypeAlias

Yen = NewType("Yen", int)
"""Whole yen. Never negative, except in a quote line that takes something off."""


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence a rule comes from, and where it stands."""

    text: str
    document: str
    url: str = ""
    reading: str = ""
    """How an ambiguous or silent sentence is read; empty where the sentence says it itself."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A value that the municipality has not published. It is shown in words, never as 0 and never as a guess."""

    reason: str
    who_knows: str
    """`facility`, `centre` or `municipality`: who can tell it."""
    key: str = ""
    """Under which staff enter it, as `short_stay.price`; empty where nobody enters it."""

    def __str__(self) -> str:
        return self.reason


Amount: TypeAlias = Yen | Unpublished


@dataclass(frozen=True, slots=True)
class Entered:
    """An amount for an unpublished value: what a facility publishes, or what staff entered, from a day on."""

    key: str
    amount: Yen
    starts: date | None = None
    """None: since ever."""
    household_class: str = ""
    """Only for this class; empty: for all."""
    sample: bool = False
    """A 見本の額 of the demo, which says so wherever it is shown."""
    note: str = ""


class Verdict(StrEnum):
    """The four answers a condition can have, in the order in which they are shown."""

    UNMET = "unmet"
    ASK = "ask"
    MET = "met"
    NOT_APPLICABLE = "na"

    @property
    def label(self) -> str:
        return _VERDICT_LABELS[self]

    @property
    def rank(self) -> int:
        return _VERDICT_ORDER[self]


_VERDICT_LABELS = {
    Verdict.UNMET: "満たしていません",
    Verdict.ASK: "電話で確かめます",
    Verdict.MET: "満たしています",
    Verdict.NOT_APPLICABLE: "当てはまりません",
}
_WORST_FIRST = tuple(Verdict)
_VERDICT_ORDER = {verdict: rank for rank, verdict in enumerate(_WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition judged: what was asked, what the facts say (with arithmetic), and the rule's own sentence."""

    code: str
    verdict: Verdict
    title: str
    fact: str
    source: Source
    overridable: bool = False
    """The facts speak against it, but the rule says 原則: staff may grant it with a recorded reason."""
    decides: bool = True
    """False where the finding bears on the price or on when to apply, not on whether she may use the programme."""
    services: tuple[str, ...] = ()
    """The services it is about; empty: all of the programme."""

    @property
    def against(self) -> bool:
        """Whether a refusal could rest on this finding."""
        return self.decides and (self.verdict is Verdict.UNMET or self.overridable)


def worst_first(findings: list[Finding]) -> tuple[Finding, ...]:
    """Order findings ✗, ?, ✓, –, and keep the file's order within each."""
    return tuple(finding for verdict in _WORST_FIRST for finding in findings if finding.verdict is verdict)


def total(amounts: list[Amount]) -> Amount:
    """Sum whole yen; one unpublished amount makes the sum unpublished."""
    whole = 0
    for amount in amounts:
        if isinstance(amount, Unpublished):
            return amount
        whole += amount
    return Yen(whole)
