"""The examples of a programme file, run: what the office expects beside what the engine answers. No Django here."""

from dataclasses import dataclass

from eligibility.engine import Terms
from eligibility.programmes.answering import answers
from eligibility.programmes.cases import Case
from eligibility.programmes.expecting import Check, checks
from eligibility.programmes.programme import Programme, load_programme


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example came out."""

    number: str
    """番号: K9 ちょうど"""
    scene: str
    given: str
    """The question in one line."""
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        return not self.failed

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok)


def run(source: str | Programme) -> tuple[ExampleResult, ...]:
    """Run every example of a file, in its order.

    Raises:
        ProgrammeFileError: the text is no programme file, or an example names what the programme does not know.
    """
    programme = load_programme(source) if isinstance(source, str) else source
    return tuple(_run(case, programme.terms) for case in programme.cases)


def _run(case: Case, terms: Terms) -> ExampleResult:
    return ExampleResult(case.number, case.scene, case.given, checks(case.expected, answers(case.question, terms)))
