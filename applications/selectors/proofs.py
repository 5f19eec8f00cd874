"""Which certificates an application needs for its household class, and how many have been handed in."""

from dataclasses import dataclass

from applications.models import Application, Document, HouseholdClass
from applications.steps import Step
from eligibility import engine

from .answers import clean_in


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate that the programme asks for. One page counts as one certificate."""

    document: engine.Document
    needed: int
    handed_in: int
    on_record: bool = False
    """It came in with an earlier application and is known to the centre."""

    @property
    def missing(self) -> int:
        return 0 if self.on_record else max(0, self.needed - self.handed_in)

    @property
    def complete(self) -> bool:
        return self.missing == 0


def proof_of(application: Application, terms: engine.Terms) -> Proof | None:
    """The certificate that her household class needs; None where it needs none or is not chosen yet."""
    said = clean_in(application, Step.HOUSEHOLD)
    return proof_for(application, terms, said.get("household_class") or "", said.get("members"))


def proof_for(application: Application, terms: engine.Terms, household_class: str, members: int | None) -> Proof | None:
    """What a class has to hand in and what is there; None for a class that pays."""
    document = proof_document(terms, household_class)
    if document is None:
        return None
    return Proof(
        document=document,
        needed=(members or 1) if document.per_member else 1,
        handed_in=sum(item.page_count for item in documents_of(application, document.code)),
        on_record=_on_record(application, household_class, document.code),
    )


def complete_proofs(application: Application, terms: engine.Terms) -> frozenset[str]:
    """The codes of the certificates that are all there."""
    proof = proof_of(application, terms)
    return frozenset({proof.document.code}) if proof and proof.complete else frozenset()


def proof_document(terms: engine.Terms, household_class: str) -> engine.Document | None:
    """What a class hands in to be exempt; None for a class that pays."""
    for item in terms.classes:
        if item.code == household_class and item.waiver:
            return item.waiver.proof
    return None


def documents_of(application: Application, kind: str | None = None) -> tuple[Document, ...]:
    """An application's documents in the order in which they came, all or of one kind."""
    if application.pk is None:
        return ()
    rows = Document.objects.filter(application=application)
    return tuple(rows.filter(kind=kind) if kind else rows)


def _on_record(application: Application, household_class: str, proof: str) -> bool:
    """Whether the class that holds now rests on this proof already."""
    rows = HouseholdClass.objects.filter(
        municipality_id=application.municipality_id, citizen_id=application.citizen_id, ends_on=None
    )
    latest = rows.last()
    return latest is not None and (latest.code, latest.proof) == (household_class, proof)
