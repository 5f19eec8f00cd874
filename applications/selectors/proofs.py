"""Which certificates an application needs for its household class, and how many have been handed in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from applications.models import Application, Document, HouseholdClass
from applications.steps import Step
from eligibility import engine
from postpartum_portal.shared import clock

from .answers import clean_in, dates


@dataclass(frozen=True, slots=True)
class Proof:
    """What the programme asks for as proof of a class. One page counts as one certificate."""

    certificate: engine.Certificate
    needed: int
    handed_in: int
    agreed: bool = False
    """She agreed to an inquiry that stands for the paper."""
    on_record: bool = False
    """It came in with an earlier application and is known to the centre."""

    @property
    def document(self) -> engine.Document:
        """The paper that is handed in; the consent where there is nothing else."""
        return _paper(self.certificate.documents) or self.certificate.documents[0]

    @property
    def consent(self) -> engine.Document | None:
        """What she may agree to instead of handing in the paper."""
        return next((document for document in self.certificate.documents if document.consent), None)

    @property
    def label(self) -> str:
        """令和8年度の非課税証明書: the papers, any one of which will do."""
        papers = tuple(document for document in self.certificate.documents if not document.consent)
        return engine.Certificate(papers or self.certificate.documents, self.certificate.fiscal_year).label

    @property
    def missing(self) -> int:
        return 0 if self.on_record or self.agreed else max(0, self.needed - self.handed_in)

    @property
    def complete(self) -> bool:
        return self.missing == 0


def proof_of(application: Application, terms: engine.Terms, *, on: dt.date) -> Proof | None:
    """What her household class needs from a day on; None where it needs nothing or is not chosen yet."""
    said = clean_in(application, Step.HOUSEHOLD)
    return proof_for(application, terms, said.get("household_class") or "", said.get("members"), on=on)


def proof_for(
    application: Application, terms: engine.Terms, household_class: str, members: int | None, *, on: dt.date
) -> Proof | None:
    """What a class has to hand in for the first day of use from `on`, and what is there; None for one without proof."""
    certificate = certificate_of(application, terms, household_class, on=on)
    if certificate is None:
        return None
    paper = _paper(certificate.documents)
    handed_in = usable_of(application, paper.code) if paper else ()
    return weighed(
        certificate,
        members=members,
        pages=sum(item.page_count for item in handed_in if item.fiscal_year == certificate.fiscal_year),
        agreed=_agreed(application),
        on_record=_on_record(application, household_class, certificate, on),
    )


def weighed(
    certificate: engine.Certificate, *, members: int | None, pages: int, agreed: Collection[str], on_record: bool
) -> Proof:
    """What is there beside what is needed. `pages` are of the certificate's paper and year, `agreed` its consents."""
    paper = _paper(certificate.documents)
    return Proof(
        certificate=certificate,
        needed=_needed(paper, members) if paper else 1,
        handed_in=pages,
        agreed=any(document.code in agreed for document in certificate.documents),
        on_record=on_record,
    )


def certificate_of(
    application: Application, terms: engine.Terms, household_class: str, *, on: dt.date
) -> engine.Certificate | None:
    """What shows a class for the first day on which she may use anything: today, or the birth to come."""
    household = next((item for item in terms.classes if item.code == household_class), None)
    if household is None:
        return None
    known = dates(application)
    begins = known.birth_date or known.due_date or on
    return engine.certificate_for(household, max(begins, on))


def complete_proofs(application: Application, terms: engine.Terms) -> frozenset[engine.Proof]:
    """The proofs that are all there: on record, agreed to, or handed in with this application, each by its year."""
    code = clean_in(application, Step.HOUSEHOLD).get("household_class")
    if code not in {item.code for item in terms.classes}:
        return frozenset()
    rows = _classes_of(application).filter(code=code)
    return recorded(rows) | shown_by(application, terms)


def shown_by(application: Application, terms: engine.Terms) -> frozenset[engine.Proof]:
    """Of those the ones that this application itself brings: its papers, and what she agrees to in it."""
    said = clean_in(application, Step.HOUSEHOLD)
    named = next((item for item in terms.classes if item.code == said.get("household_class")), None)
    if named is None or named.proof is None:
        return frozenset()
    paper = _paper(named.proof.documents)
    papers = _by_year(application, paper, _needed(paper, said.get("members"))) if paper else frozenset()
    agreed = _agreed(application) & {document.code for document in named.proof.documents}
    return papers | {engine.Proof(code, since=_submitted_on(application)) for code in agreed}


def recorded(rows: Iterable[HouseholdClass]) -> frozenset[engine.Proof]:
    """The proofs that a household's classes rest on."""
    return frozenset(engine.Proof(row.proof, row.fiscal_year, row.starts_on) for row in rows if row.proof)


def held_classes(rows: Iterable[HouseholdClass]) -> tuple[engine.HeldClass, ...]:
    """A household's classes by their days."""
    return tuple(engine.HeldClass(row.code, row.starts_on, row.ends_on) for row in rows)


def documents_of(application: Application, kind: str | None = None) -> tuple[Document, ...]:
    """An application's documents in the order in which they came, all or of one kind.

    What she has replaced is not among them; what she adds or takes out while she corrects it, for herself alone.
    """
    if application.pk is None:
        return ()
    rows = Document.objects.filter(application=application).exclude(status=Document.Status.REPLACED)
    if application.correcting:
        rows = rows.exclude(pk__in=application.correcting.left_out)
    else:
        rows = rows.exclude(status=Document.Status.HELD)
    return tuple(rows.filter(kind=kind) if kind else rows)


def usable_of(application: Application, kind: str | None = None) -> tuple[Document, ...]:
    """As `documents_of`, without those that the centre could not use."""
    return tuple(item for item in documents_of(application, kind) if item.status != Document.Status.REFUSED)


def issuing_city(application: Application) -> str:
    """The municipality that she named as the one that issues her certificate; "" where it is this one."""
    return str(clean_in(application, Step.HOUSEHOLD).get("issued_by", ""))


def _paper(documents: Iterable[engine.Document]) -> engine.Document | None:
    return next((document for document in documents if not document.consent), None)


def _needed(paper: engine.Document, members: int | None) -> int:
    return (members or 1) if paper.per_member else 1


def _agreed(application: Application) -> set[str]:
    return set(clean_in(application, Step.HOUSEHOLD).get("agreed") or ())


def _by_year(application: Application, paper: engine.Document, needed: int) -> frozenset[engine.Proof]:
    """A year's certificates are complete with the last one of them, but not before the application was in."""
    pages: dict[int | None, int] = defaultdict(int)
    came: dict[int | None, dt.date] = {}
    for document in usable_of(application, paper.code):
        if pages[document.fiscal_year] < needed:
            came[document.fiscal_year] = clock.day_of(document.uploaded_at)
        pages[document.fiscal_year] += document.page_count
    submitted = _submitted_on(application)
    return frozenset(
        engine.Proof(paper.code, year, max(came[year], submitted) if submitted else came[year])
        for year, number in pages.items()
        if number >= needed
    )


def _classes_of(application: Application) -> QuerySet[HouseholdClass]:
    """Of her household; of one without an account by the birth that the application is for."""
    if application.citizen_id is None and application.birth_id is not None:
        return HouseholdClass.objects.filter(household__births=application.birth_id)
    return HouseholdClass.beside(application)


def _submitted_on(application: Application) -> dt.date | None:
    return clock.day_of(application.submitted_at) if application.submitted_at else None


def _on_record(application: Application, household_class: str, certificate: engine.Certificate, on: dt.date) -> bool:
    """Whether the class that holds from a day on rests on such a proof already."""
    rows = _classes_of(application).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    codes = {document.code for document in certificate.documents}
    return any(
        row.code == household_class and row.proof in codes and row.fiscal_year == certificate.fiscal_year
        for row in rows
    )
