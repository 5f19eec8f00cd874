"""Which of the open applications wait for a paper that shows the household's class; a fixed number of queries."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from applications.models import Application, Document, HouseholdClass
from applications.steps import Step
from eligibility import engine
from eligibility.public import Programme

from .proofs import weighed

NOT_COUNTED = (Document.Status.REPLACED, Document.Status.HELD, Document.Status.REFUSED)
_SAID = f"answers__{Step.HOUSEHOLD}__clean"


def lacking_proof(programmes: Mapping[int, Programme], *, on: dt.date) -> frozenset[int]:
    """The keys of the open applications whose class needs a proof from a day on that is not complete.

    `programmes` are those of the open applications, by the key of their version. As `proofs.proof_of` says it of one.
    """
    asking = {
        pk: {item.code: item for item in programme.terms.classes if item.proof} for pk, programme in programmes.items()
    }
    asked = [waiting for waiting in _waiting(pk for pk, classes in asking.items() if classes) if waiting.said]
    if not asked:
        return frozenset()
    papers, records = _papers(asked), _records(asked, on)
    return frozenset(
        waiting.pk
        for waiting in asked
        if (named := asking[waiting.version].get(waiting.said.get("household_class") or ""))
        and not _is_complete(waiting, named, papers, records, on)
    )


class _Waiting(NamedTuple):
    """An open application, and what she said of her household."""

    pk: int
    citizen: int | None
    version: int
    born_on: dt.date | None
    due_date: dt.date | None
    said: dict[str, Any]


def _waiting(versions: Iterable[int]) -> list[_Waiting]:
    rows = Application.objects.filter(status__in=Application.OPEN, programme_version__in=[*versions])
    values = rows.values_list("pk", "citizen_id", "programme_version_id", "birth__born_on", "birth__due_date", _SAID)
    return [_Waiting(*row) for row in values]


def _papers(asked: Iterable[_Waiting]) -> Counter[tuple[int, str, int | None]]:
    """Pages handed in, by application, kind and year."""
    rows = Document.objects.filter(application__in=[waiting.pk for waiting in asked]).exclude(status__in=NOT_COUNTED)
    pages: Counter[tuple[int, str, int | None]] = Counter()
    for application, kind, year, count in rows.values_list("application_id", "kind", "fiscal_year", "page_count"):
        pages[application, kind, year] += count
    return pages


def _records(asked: Iterable[_Waiting], on: dt.date) -> set[tuple[int | None, str, str, int | None]]:
    """By whom, class, paper and year: what the classes of those mothers rest on."""
    mothers = {waiting.citizen for waiting in asked if waiting.citizen}
    rows = HouseholdClass.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), citizen__in=mothers)
    return set(rows.exclude(proof="").values_list("citizen_id", "code", "proof", "fiscal_year"))


def _is_complete(
    waiting: _Waiting,
    named: engine.HouseholdClass,
    papers: Counter[tuple[int, str, int | None]],
    records: set[tuple[int | None, str, str, int | None]],
    on: dt.date,
) -> bool:
    certificate = engine.certificate_for(named, max(waiting.born_on or waiting.due_date or on, on))
    if certificate is None:
        return True
    year = certificate.fiscal_year
    codes = [document.code for document in certificate.documents]
    paper = next((document.code for document in certificate.documents if not document.consent), "")
    return weighed(
        certificate,
        members=waiting.said.get("members"),
        pages=papers[waiting.pk, paper, year],
        agreed=waiting.said.get("agreed") or (),
        on_record=any((waiting.citizen, named.code, code, year) in records for code in codes),
    ).complete
