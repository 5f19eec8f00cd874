"""証明書の切りかわり: households whose class rests on a certificate of a year that ends before their days of use."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from applications.models import Application, Document, Household, HouseholdClass
from eligibility import engine
from eligibility.engine.wording import fiscal_year_text
from eligibility.public import Municipality, ProgrammeVersion, programme_of
from postpartum_portal.shared.models import Mail

from .certificates import days_of_change
from .facts import class_spans
from .handed_in import handed_in
from .papers_due import PaperDue, asking_key, may_owe_papers


class SwitchState(StrEnum):
    """Where the new certificate stands, in the order in which somebody must act."""

    WAITING = "waiting"
    REFUSED = "refused"
    TO_WRITE = "to_write"
    TO_ASK = "to_ask"
    ASKED = "asked"
    ACCEPTED = "accepted"


WORDS: Mapping[SwitchState, str] = {
    SwitchState.WAITING: "届いた(確かめる)",
    SwitchState.REFUSED: "使えないと伝えた",
    SwitchState.TO_WRITE: "郵送で知らせる",
    SwitchState.TO_ASK: "まだ頼んでいない",
    SwitchState.ASKED: "メールで頼んだ",
    SwitchState.ACCEPTED: "確かめた",
}
MAY_ASK = frozenset({SwitchState.TO_ASK})


@dataclass(frozen=True, slots=True)
class Switch:
    """One household and one new certificate. `since`: the first day of use that needs it; `rests_on`: the year of
    the one that her class rests on until then.

    `falls_to`: the label of the class that holds from `since` on, as long as it is not accepted.
    """

    application: Application
    rule: engine.ProofRule
    certificate: engine.Certificate
    document: str
    since: dt.date
    rests_on: int
    class_label: str
    falls_to: str
    state: SwitchState = SwitchState.TO_ASK
    asked_at: dt.datetime | None = None

    @property
    def household(self) -> Household:
        return handed_in(self.application).household

    @property
    def birth_id(self) -> int:
        return handed_in(self.application).birth.pk

    @property
    def proof(self) -> engine.Proof:
        """What it would count as."""
        return engine.Proof(self.document, self.certificate.fiscal_year)

    @property
    def due(self) -> PaperDue:
        """As the mail asks for it."""
        return PaperDue(self.application, self.certificate.label, self.certificate.fiscal_year, self.since)

    @property
    def rests_on_label(self) -> str:
        """令和7年度のもの"""
        return f"{fiscal_year_text(self.rests_on)}のもの"

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def may_ask(self) -> bool:
        return self.state in MAY_ASK

    @property
    def tone(self) -> str:
        return {SwitchState.WAITING: "key", SwitchState.ACCEPTED: "ok", SwitchState.ASKED: ""}.get(self.state, "warn")


def switches(municipality: Municipality, *, on: dt.date) -> list[Switch]:
    """Of all approved families in the tenant scope, the first day that needs it first. Five queries, however many."""
    codes = {household.code for household in _yearly(municipality)}
    if not codes:
        return []
    proved = HouseholdClass.objects.filter(code__in=codes, fiscal_year__isnull=False)
    rows = may_owe_papers(on).filter(
        status=Application.Status.APPROVED, birth__household__in=proved.values("household")
    )
    latest = {row.birth_id: row for row in rows.order_by("submitted_at", "pk")}
    classes = _by_household(latest.values())
    found = [
        switch
        for application in latest.values()
        for switch in _of(application, classes[handed_in(application).household.pk], on)
    ]
    return sorted(_with_states(found, classes), key=lambda item: (item.since, item.application.pk))


def _yearly(municipality: Municipality) -> list[engine.HouseholdClass]:
    """The classes of all versions whose certificate is of a fiscal year."""
    versions = ProgrammeVersion.objects.filter(municipality=municipality).order_by("pk")
    classes = [household for version in versions for household in programme_of(version).terms.classes]
    return [household for household in classes if household.proof and household.proof.fiscal_year_from_month]


def _of(application: Application, rows: Sequence[HouseholdClass], on: dt.date) -> Iterator[Switch]:
    """The days on which another year's certificate is needed than the one that her class rests on."""
    given = handed_in(application)
    named = {item.code: item for item in given.terms.classes}
    for held, first, last in class_spans(rows, on):
        household = named.get(held.code)
        if household is None or household.proof is None or household.proof.fiscal_year_from_month is None:
            continue
        codes = {document.code for document in household.proof.documents}
        years = [row.fiscal_year for row in rows if row.code == held.code and row.proof in codes and row.fiscal_year]
        for since in days_of_change(household, given.birth, given.terms, first, last):
            certificate = engine.certificate_for(household, since)
            earlier = [year for year in years if certificate and year < (certificate.fiscal_year or 0)]
            if certificate is None or not earlier or (since <= on and certificate.fiscal_year in years):
                continue
            yield Switch(
                application=application,
                rule=household.proof,
                certificate=certificate,
                document=next(row.proof for row in reversed(rows) if row.proof in codes),
                since=since,
                rests_on=max(earlier),
                class_label=household.label,
                falls_to=given.terms.classes[0].label,
            )


def _with_states(found: Sequence[Switch], classes: Mapping[int, Sequence[HouseholdClass]]) -> Iterator[Switch]:
    """Where each stands, by her papers and by the mail that asks for it."""
    papers: defaultdict[tuple[int, str, int | None], list[Document]] = defaultdict(list)
    came = Document.objects.filter(application__in=[item.application for item in found])
    for document in came.exclude(status__in=(Document.Status.FILED, Document.Status.REPLACED, Document.Status.HELD)):
        papers[document.application_id, document.kind, document.fiscal_year].append(document)
    mails = dict(Mail.objects.filter(key__in=map(_key, found)).values_list("key", "created_at"))
    for item in found:
        year, asked_at = item.certificate.fiscal_year, mails.get(_key(item))
        accepted = any(row.fiscal_year == year and row.proof == item.document for row in classes[item.household.pk])
        latest = papers[item.application.pk, item.document, year][-1:]
        yield replace(item, asked_at=asked_at, state=_state(item, accepted, latest, asked_at))


def _state(item: Switch, accepted: bool, latest: Sequence[Document], asked_at: dt.datetime | None) -> SwitchState:
    if accepted:
        return SwitchState.ACCEPTED
    if latest:
        refused = latest[0].status == Document.Status.REFUSED
        return SwitchState.REFUSED if refused else SwitchState.WAITING
    if item.application.citizen_id is None:
        return SwitchState.TO_WRITE
    return SwitchState.ASKED if asked_at else SwitchState.TO_ASK


def _key(item: Switch) -> str:
    return asking_key(item.application, item.certificate.fiscal_year, replaces=True)


def _by_household(applications: Iterable[Application]) -> defaultdict[int, list[HouseholdClass]]:
    found: defaultdict[int, list[HouseholdClass]] = defaultdict(list)
    ids = {handed_in(application).household.pk for application in applications}
    for row in HouseholdClass.objects.filter(household__in=ids):
        found[row.household_id].append(row)
    return found
