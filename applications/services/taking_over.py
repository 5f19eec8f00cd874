"""Taking over running approvals from a file: all of it in one transaction, or nothing.

What was decided is not judged anew: its facts are kept with the version in force then. No letter is made and no number
taken; what was used on paper is counted as any opening balance.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from applications.importing.approvals import Approval
from applications.importing.reading import Slip
from applications.models import (
    Application,
    ApprovalImport,
    Birth,
    CarriedOver,
    Decision,
    Entitlement,
    Grant,
    Household,
    HouseholdClass,
    ImportedApproval,
    LedgerEntry,
    Loss,
    Pool,
)
from applications.selectors.approval_imports import Checked, already_taken_over, checked
from applications.selectors.offices import office_named_in
from applications.selectors.records import as_json
from applications.steps import Step
from eligibility.public import Municipality, programme_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.bulk import write_families
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.models import Event

TAKE_OVER = "applications.take_over_approvals"
ORDER: tuple[type[models.Model], ...] = (
    Household,
    HouseholdClass,
    Birth,
    Loss,
    Application,
    ImportedApproval,
    Decision,
    Entitlement,
    Grant,
    Pool,
    LedgerEntry,
    CarriedOver,
)
"""Each after those it hangs on."""
BATCH = 500


def keep_file(
    municipality: Municipality, content: bytes, *, by: User, at: dt.datetime
) -> tuple[ApprovalImport | None, Checked]:
    """Check a file, and keep one without slips to be looked at. It takes the place of one that nobody took over.

    Raises:
        PermissionDenied: not a decider here.
        TakenOverBefore: the same was taken over already.
    """
    said = ApprovalImport(municipality=municipality, content=content, checked_at=at, by=by)
    authorise(by, TAKE_OVER, said)
    found = checked(municipality, content)
    if earlier := already_taken_over(municipality, found.sheet):
        raise TakenOverBefore(earlier)
    if found.slips:
        return None, found
    said.sha256, said.rows = found.sheet.sha256, len(found.approvals)
    with transaction.atomic():
        ApprovalImport.objects.filter(municipality=municipality, imported_at=None).delete()
        said.save()
    return said, found


def take_over(waiting: ApprovalImport, *, by: User, at: dt.datetime) -> ApprovalImport:
    """Write every line of a file that was looked at. Pressed twice it is done once.

    Raises:
        PermissionDenied: not a decider here.
        SlipsFound: a programme published since reads it otherwise; nothing is written.
    """
    authorise(by, TAKE_OVER, waiting)
    with transaction.atomic():
        row = ApprovalImport.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=waiting.pk)
        if row.imported_at:
            return row
        found = checked(row.municipality, bytes(row.content))
        if found.slips:
            raise SlipsFound(found.slips)
        for start in range(0, len(found.approvals), BATCH):
            _write([_rows(row, item, by=by, at=at) for item in found.approvals[start : start + BATCH]], by=by, at=at)
        row.content, row.imported_at, row.by = b"", at, by
        row.save(update_fields=["content", "imported_at", "by"])
        events.record("approvals.taken_over", row, at=at, by_id=by.pk, rows=row.rows)
    return row


class TakenOverBefore(Exception):
    """The same file was taken over: `earlier`."""

    def __init__(self, earlier: ApprovalImport) -> None:
        super().__init__(earlier.pk)
        self.earlier = earlier


class SlipsFound(Exception):
    """The file has slips now: `slips`."""

    def __init__(self, slips: tuple[Slip, ...]) -> None:
        super().__init__(len(slips))
        self.slips = slips


def _write(families: Iterable[list[models.Model]], *, by: User, at: dt.datetime) -> None:
    """One event for each family."""
    rows = write_families(families, order=ORDER)
    Event.objects.bulk_create(
        Event(
            at=at,
            verb="application.taken_over",
            actor_id=by.pk,
            municipality_id=row.municipality_id,
            subject_kind="application",
            subject_id=row.pk,
        )
        for row in rows[Application]
    )


def _rows(source: ApprovalImport, item: Approval, *, by: User, at: dt.datetime) -> list[models.Model]:
    """All rows of one line, not saved yet."""
    own = {"municipality": source.municipality}
    household = Household(
        **own,
        name=item.name,
        kana=item.kana,
        birth_date=item.birth_date,
        postcode=item.postcode,
        address=item.address,
        office=office_named_in(item.address, programme_of(item.version).terms),
        phone=item.phone,
        created_at=at,
    )
    held = HouseholdClass(
        **own,
        household=household,
        code=item.class_code,
        starts_on=item.decided_on,
        proof=item.proof,
        fiscal_year=item.fiscal_year,
    )
    before = Birth.Outcome.BORN if item.born_on else Birth.Outcome.EXPECTED
    birth = Birth(
        **own,
        household=household,
        family=item.family or Birth.Family.MOTHER,
        outcome=Birth.Outcome.LOST if item.lost_on else before,
        due_date=item.due_date,
        born_on=item.born_on,
        ended_on=item.lost_on,
        children=item.children,
        created_at=at,
    )
    # the office knows of it already: nobody has to read or to phone
    told: dict[str, Any] = {"told_at": at, "by": by, "settled_at": at, "settled_by": by, "wants_call": False}
    loss = [Loss(**own, birth=birth, outcome_before=before, **told)] if item.lost_on else []
    return [household, held, birth, *loss, *_approved(source, item, birth, by=by, at=at)]


def _approved(source: ApprovalImport, item: Approval, birth: Birth, *, by: User, at: dt.datetime) -> list[models.Model]:
    """The application as it was approved then, what it gave, and what is used of that."""
    own, decided_at = (
        {"municipality": source.municipality},
        dt.datetime.combine(item.decided_on, dt.time(), clock.TOKYO),
    )
    application = Application(
        **own,
        birth=birth,
        programme_version=item.version,
        number=f"H{source.pk}-{item.line:04}",  # no series begins with H: no number of the office is taken
        status=Application.Status.APPROVED,
        channel=Application.Channel.POST,
        entered_by=by,
        answers=_answers(item),
        created_at=at,
        saved_at=at,
        submitted_at=decided_at,
    )
    imported = ImportedApproval(
        **own, application=application, source=source, line=item.line, old_number=item.old_number, email=item.email
    )
    given: dict[str, Any] = {"services": list(item.services), "limits": item.limits}
    decision = Decision(
        **own,
        application=application,
        outcome=Decision.Outcome.APPROVED,
        programme_version=item.version,
        facts=as_json(item.facts),
        findings=[],
        granted={**given, "class_code": item.class_code, "extension_reason": ""},
        decided_at=decided_at,
        decided_on=item.decided_on,
        by=by,
    )
    entitlement = Entitlement(
        **own, birth=birth, programme_version=item.version, reductions_used=item.reductions, created_at=at
    )
    grant = Grant(**own, entitlement=entitlement, origin=Grant.Origin.PAPER, **given, at=at, by=by)
    return [application, imported, decision, entitlement, grant, *_used(item, entitlement, by=by, at=at)]


def _used(item: Approval, entitlement: Entitlement, *, by: User, at: dt.datetime) -> list[models.Model]:
    own, reason = {"municipality": entitlement.municipality}, CarriedOver.Reason.ON_PAPER
    pools = {
        code: Pool(**own, entitlement=entitlement, code=code, limit=limit, used=item.used.get(code, 0))
        for code, limit in item.limits.items()
    }
    moves = [
        LedgerEntry(**own, pool=pools[code], move=LedgerEntry.Move.OPENING, units=number, reason=reason, at=at, by=by)
        for code, number in item.used.items()
    ]
    if not item.used and not item.reductions:
        return [*pools.values()]
    said: dict[str, Any] = {"units": item.used, "reductions": item.reductions, "reason": reason}
    entry = CarriedOver(**own, entitlement=entitlement, **said, used_by=clock.day_of(at), at=at, by=by)
    return [*pools.values(), *moves, entry]


def _answers(item: Approval) -> dict[str, Any]:
    """As the steps keep what the file tells; what it does not tell was never asked here."""
    person = {name: getattr(item, name) for name in ("name", "kana", "postcode", "address", "phone")}
    days = {"due_date": item.due_date, "born_on": item.born_on}
    clean = {
        Step.PERSON: {**person, "birth_date": item.birth_date.isoformat(), "call_times": [], "family": item.family},
        Step.BIRTH: {
            "stage": "born" if item.born_on else "expected",
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "children": item.children,
        },
        Step.HOUSEHOLD: {"members": None, "household_class": item.class_code},
        Step.WISHES: {"services": list(item.services)},
    }
    return {step.value: {"clean": said} for step, said in clean.items()}
