"""One application with all that a decision needs, read once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from applications.models import (
    Application,
    Birth,
    Decision,
    Document,
    Hearing,
    Household,
    ImportedApproval,
    Letter,
    PhoneCall,
)
from eligibility import engine
from eligibility.engine.wording import pool_units
from eligibility.public import Programme, programme_of

from .amendments import Amended, amended_since, letters_about
from .corrections import Told, corrections_of
from .facts import facts_under_review
from .handed_in import handed_in
from .proofs import Proof, documents_of, proof_of
from .records import findings_from_json
from .summary import Section, summary, without_address
from .timeline import Moment, timeline
from .worklist import state_of


@dataclass(frozen=True, slots=True)
class Case:
    """What the case page shows. Reading one is reading health data: the page records it."""

    application: Application
    birth: Birth
    submitted_at: dt.datetime
    programme: Programme
    facts: engine.Facts
    assessment: engine.Assessment
    sections: tuple[Section, ...]
    documents: tuple[Document, ...]
    proof: Proof | None
    calls: tuple[PhoneCall, ...]
    hearing: Hearing | None
    decision: Decision | None
    letters: tuple[Letter, ...]
    moments: tuple[Moment, ...]
    corrections: tuple[Told, ...]
    amended: tuple[Amended, ...]
    """What was changed of the approval since; after a loss nothing is told of it."""

    @property
    def household(self) -> Household:
        return self.birth.household

    @property
    def findings(self) -> tuple[engine.Finding, ...]:
        """Those that the decision rests on; before it, those of today."""
        return findings_from_json(self.decision.findings) if self.decision else self.assessment.findings

    @property
    def granted(self) -> list[tuple[str, str]]:
        """What an approval gave, as term and value."""
        if self.decision is None or not self.decision.granted:
            return []
        given = self.decision.granted
        rows = self._told_by_the_file()
        rows += [(pool.label, pool_units(given["limits"][pool.code], pool)) for pool in self._pools(given["limits"])]
        used = given.get("used_on_paper", {})
        rows += [("紙で使った分", pool_units(used[pool.code], pool)) for pool in self._pools(used)]
        if len(self.terms.classes) > 1:
            rows.append(("料金の区分", engine.class_label(given["class_code"], self.terms)))
        if given.get("corrected_age") is not None:
            rows.append(("月齢の数え方", "修正月齢" if given["corrected_age"] else "生まれた日から"))
        return rows + ([("原則より増やした理由", given["extension_reason"])] if given["extension_reason"] else [])

    @property
    def taken_over(self) -> ImportedApproval | None:
        """The line of a file that it came from, where it was approved on paper before."""
        found: ImportedApproval | None = getattr(self.application, "imported", None)
        return found

    def _told_by_the_file(self) -> list[tuple[str, str]]:
        file = self.taken_over
        if file is None:
            return []
        told = (("紙の通知書の番号", file.old_number), ("メールアドレス", file.email))
        return [("引き継ぎ", f"ファイルの{file.line}行め"), *((label, value) for label, value in told if value)]

    def _pools(self, codes: Collection[str]) -> list[engine.Pool]:
        return [pool for pool in self.terms.pools if pool.code in codes]

    @property
    def state(self) -> str:
        """As in the worklist; "" where it is decided or withdrawn."""
        latest = self.calls[-1] if self.calls else None
        call_again = latest is not None and (not latest.reached or latest.call_back_at is not None)
        return state_of(self.application, call_again=call_again)

    @property
    def is_open(self) -> bool:
        return self.application.status in Application.OPEN

    @property
    def asked(self) -> Told | None:
        """The return that she has not answered."""
        return next((told for told in self.corrections if told.correction.is_open), None)

    @property
    def answered(self) -> list[Told]:
        """What came back, the latest first."""
        return [told for told in self.corrections if told.correction.answered_at]

    @property
    def named_class(self) -> str:
        """The household's class as she declared it, whether or not its proof is there."""
        return self.facts.household_class or self.terms.classes[0].code

    @property
    def named_label(self) -> str:
        return engine.class_label(self.named_class, self.terms)

    @property
    def periods(self) -> dict[engine.Period, list[str]]:
        """Each different period of use, with the services that it holds for."""
        found: dict[engine.Period, list[str]] = {}
        for outlook in self.assessment.services:
            found.setdefault(outlook.period, []).append(outlook.service.label)
        return found

    @property
    def several_periods(self) -> bool:
        return len(self.periods) > 1

    @property
    def terms(self) -> engine.Terms:
        """After a loss in the words for it."""
        return self.programme.terms.said_to(self.facts.family)


def case_of(number: str, *, on: dt.date) -> Case | None:
    """The case of the application with this number inside the tenant scope; None where there is none (any more)."""
    application = (
        Application.objects.filter(number=number, birth__household__erased_at=None)
        .exclude(status=Application.Status.DRAFT)
        .select_related("municipality", "birth__household", "assignee", "citizen", "programme_version", "imported")
        .first()
    )
    if application is None:
        return None
    given = handed_in(application)
    programme = programme_of(given.version)
    facts = facts_under_review(application, on=on)
    calls = tuple(PhoneCall.objects.filter(application=application).select_related("by"))
    decision = Decision.objects.filter(application=application).select_related("by").first()
    letters = letters_about(application)
    sections = summary(application, programme.terms)
    return Case(
        application=application,
        birth=given.birth,
        submitted_at=given.at,
        programme=programme,
        facts=facts,
        assessment=engine.assess(facts, programme.terms, on=on),
        sections=without_address(sections) if given.birth.household.protected else sections,
        documents=documents_of(application),
        proof=proof_of(application, programme.terms, on=on),
        calls=calls,
        hearing=Hearing.objects.filter(application=application).select_related("by").first(),
        decision=decision,
        letters=letters,
        moments=timeline(application, calls, decision, letters),
        corrections=corrections_of(application, programme.terms),
        amended=amended_since(decision) if decision and given.birth.outcome != Birth.Outcome.LOST else (),
    )
