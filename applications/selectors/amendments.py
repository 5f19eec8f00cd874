"""Changes of approvals: what was printed last, and which changes wait for a decider."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from applications.letters.content import LetterContent
from applications.models import Amendment, Application, Decision, Document, HouseholdClass, Letter

from .corrections import Change
from .records import facts_from_json

WITH_ROWS = ("municipality", "decision__application__birth__household", "decision__application__municipality")


def original_of(application: Application) -> Letter | None:
    """The approval's letter; None where it was voided, or the approval came on paper."""
    letters = Letter.objects.filter(subject_kind=Letter.Subject.APPLICATION, subject_id=application.pk)
    return letters.filter(kind=Letter.Kind.APPROVAL).exclude(status=Letter.Status.VOID).first()


def latest_text(decision: Decision, original: Letter) -> LetterContent:
    """What the approval says as its letters have told it so far: the original, or what the last change left."""
    issued = latest_amendment(decision)
    return LetterContent.from_snapshot(issued.stands if issued and issued.stands else original.snapshot)


@dataclass(frozen=True, slots=True)
class Given:
    """What an approval gives since its last change by will. `children`: for how many of them these limits are."""

    granted: Mapping[str, Any]
    children: int


def given_by(decision: Decision) -> Given:
    """By the last change that a decider willed, else as it was decided."""
    willed = Amendment.objects.filter(decision=decision, granted__isnull=False).order_by("issued_at", "pk").last()
    if willed and willed.granted:
        return Given(willed.granted, willed.granted["children"])
    return Given(decision.granted, facts_from_json(decision.facts).counted_children)


def latest_amendment(decision: Decision) -> Amendment | None:
    """The last change that was issued."""
    issued = Amendment.objects.filter(decision=decision, issued_at__isnull=False).select_related("by")
    return issued.order_by("issued_at", "pk").last()


def letters_about(application: Application) -> tuple[Letter, ...]:
    """Of its decision, of every change of that, and of what was decided on her proofs."""
    kind = Letter.Subject
    about = {
        kind.APPLICATION: [application.pk],
        kind.AMENDMENT: Amendment.objects.filter(decision__application=application).values_list("pk"),
        kind.DOCUMENT: Document.objects.filter(application=application).values_list("pk"),
        kind.CLASS: HouseholdClass.objects.filter(household__births=application.birth_id).values_list("pk"),
    }
    of_these = [Q(subject_kind=name, subject_id__in=keys) for name, keys in about.items()]
    return tuple(Letter.objects.filter(reduce(or_, of_these)).defer("snapshot"))


@dataclass(frozen=True, slots=True)
class Amended:
    """An issued change of an approval, and its rows as they were printed: each .label .before .after."""

    amendment: Amendment
    changes: tuple[Change, ...]


def amended_since(decision: Decision) -> tuple[Amended, ...]:
    """What has been changed of an approval since, the first change first."""
    issued = Amendment.objects.filter(decision=decision, issued_at__isnull=False).select_related("by")
    rows = tuple(issued.order_by("issued_at", "pk"))
    letters = Letter.objects.filter(
        subject_kind=Letter.Subject.AMENDMENT, subject_id__in=[row.pk for row in rows]
    ).exclude(status=Letter.Status.VOID)
    texts = {letter.subject_id: LetterContent.from_snapshot(letter.snapshot) for letter in letters}
    return tuple(Amended(row, _changes(texts[row.pk])) for row in rows if row.pk in texts)


def _changes(text: LetterContent) -> tuple[Change, ...]:
    return tuple(Change("", row.label, "\n".join(row.before), "\n".join(row.after)) for row in text.changes)


def waiting_amendments() -> tuple[Amendment, ...]:
    """Those of the tenant scope that a decider has yet to issue, the oldest first."""
    return tuple(Amendment.objects.filter(issued_at=None).select_related(*WITH_ROWS))


def amendment_with_rows(pk: int) -> Amendment | None:
    """An amendment inside the tenant scope, with the rows that its letter is made of; none of an erased case."""
    rows = Amendment.objects.filter(pk=pk, decision__application__birth__household__erased_at=None)
    return rows.exclude(stands={}).select_related(*WITH_ROWS).first()


def amended(amendments: list[int]) -> dict[int, Application]:
    """Amendment id → the application whose approval it changes."""
    rows = Amendment.objects.filter(pk__in=amendments).select_related("decision__application__birth__household")
    return {row.pk: row.decision.application for row in rows}
