"""Certificates after the decision: which ones the uses to come still need, and which ones wait for the centre."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from applications.models import Application, Birth, Document, Household
from applications.steps import Step
from eligibility import engine
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User

from .answers import clean_in
from .births import dates_of
from .facts import classes_from
from .handed_in import handed_in
from .proofs import Proof, documents_of, proof_for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shows a household's class for its uses from a day on, and is not accepted yet."""

    application: Application
    proof: Proof
    since: dt.date
    """The first day of use that needs it."""
    household_class: str
    """The class's label."""
    sent: tuple[Document, ...]
    """What came in for it after the decision, refused ones too."""

    @property
    def fiscal_year(self) -> int | None:
        return self.proof.certificate.fiscal_year

    @property
    def waits(self) -> bool:
        """It is all there, and the centre is looking at it."""
        return self.proof.complete and any(item.status == Document.Status.WAITING for item in self.sent)

    @property
    def refusal(self) -> str:
        """Why the last one could not be used; "" once another has come."""
        return self.sent[-1].refusal if self.sent else ""


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Pages of one certificate that the centre has to look at. `sent_at`: when the last of them came."""

    application: Application
    household: Household
    label: str
    kind: str
    fiscal_year: int | None
    documents: tuple[Document, ...]
    sent_at: dt.datetime

    @property
    def pages(self) -> int:
        return sum(document.page_count for document in self.documents)


def wanted_of(citizen: User, municipality: Municipality, *, on: dt.date) -> tuple[Wanted, ...]:
    """What a mother may hand in now that her application is approved, by the days that need it."""
    rows = Application.objects.filter(citizen=citizen, municipality=municipality, status=Application.Status.APPROVED)
    latest = rows.select_related("municipality", "programme_version", "birth").order_by("submitted_at", "pk").last()
    return tuple(_wanted(latest, on)) if latest else ()


def wanted_for(application: Application, *, on: dt.date) -> tuple[Wanted, ...]:
    """What an approved application still wants; nothing of any other."""
    return tuple(_wanted(application, on)) if application.status == Application.Status.APPROVED else ()


def to_check(application: Application | None = None) -> tuple[ToCheck, ...]:
    """What waits for the centre in the tenant scope, or of one application; what came first stands first. One query."""
    rows = Document.objects.filter(status=Document.Status.WAITING)
    if application:
        rows = rows.filter(application=application)
    waiting = rows.select_related("application__birth__household", "application__programme_version")
    ordered = sorted(waiting, key=_paper)
    found = [_to_check(tuple(group)) for _, group in groupby(ordered, key=_paper)]
    return tuple(sorted(found, key=lambda check: check.sent_at))


def _wanted(application: Application, on: dt.date) -> Iterator[Wanted]:
    """By the class that holds today and by those that are reported to follow it."""
    given, members = handed_in(application), clean_in(application, Step.HOUSEHOLD).get("members")
    classes = {item.code: item for item in given.terms.classes}
    for held, first, last in classes_from(given.birth, on):
        if (household := classes.get(held.code)) is None:
            continue
        for since in days_of_change(household, given.birth, given.terms, first, last):
            proof = proof_for(application, given.terms, household.code, members, on=since)
            if proof is None or proof.on_record or proof.agreed or proof.document.consent:
                continue
            papers = documents_of(application, proof.document.code)
            sent = tuple(item for item in papers if _came_for(item, proof))
            yield Wanted(application, proof, since, household.label, sent)


def days_of_change(
    household: engine.HouseholdClass, birth: Birth, terms: engine.Terms, on: dt.date, until: dt.date | None
) -> list[dt.date]:
    """The first day of use from `on` to `until`, and each day from which another year's certificate is needed."""
    dates = dates_of(birth)
    ends = [engine.use_period(service.code, dates, terms).last for service in terms.services]
    first = max(on, dates.birth_date or dates.due_date or on)
    last = max((day for day in ends if day), default=first)
    last = min(last, until or last)
    days: dict[int | None, dt.date] = {}
    day = first
    while day <= last:
        certificate = engine.certificate_for(household, day)
        if certificate:
            days.setdefault(certificate.fiscal_year, day)
        day = (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    return list(days.values())


def _came_for(document: Document, proof: Proof) -> bool:
    """Whether it came after the decision, for this year's certificate."""
    return document.status != Document.Status.FILED and document.fiscal_year == proof.certificate.fiscal_year


def _paper(document: Document) -> tuple[int, str, int]:
    """Pages that are looked at together."""
    return document.application_id, document.kind, document.fiscal_year or 0


def _to_check(documents: tuple[Document, ...]) -> ToCheck:
    first = documents[0]
    given = handed_in(first.application)
    papers = tuple(item for item in given.terms.documents if item.code == first.kind)
    return ToCheck(
        application=first.application,
        household=given.household,
        label=engine.Certificate(papers, first.fiscal_year).label,
        kind=first.kind,
        fiscal_year=first.fiscal_year,
        documents=documents,
        sent_at=max(document.uploaded_at for document in documents),
    )
