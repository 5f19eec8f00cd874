"""Telling a miscarriage or a stillbirth, and taking it back as long as nobody has acted on it."""

import datetime as dt

from django.db import transaction

from applications.models import Application, Birth, Entitlement, Loss
from applications.selectors.answers import EARLIER_BIRTH
from applications.selectors.losses import TOLD, acted_on, standing_loss
from applications.signals import entitlement_changed
from applications.steps import Step
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.tenancy import same_tenant

from .amending import draft_amendments, drop_drafts
from .holding import held_family, locked
from .households import write_birth, write_household
from .quieting import quieten, speak_again


def record_loss(birth: Birth, *, ended_on: dt.date, by: User, at: dt.datetime, wants_call: bool = False) -> Loss:
    """Write down when a birth, expected or recorded, was lost; from then on nothing speaks of a child.

    What waits to go out is worded anew or held. Bookings and applications stay: whoever keeps them reads the birth, and
    is told by `entitlement_changed`.

    Raises:
        PermissionDenied: neither her own birth nor the work of the centre.
        LossNotRecordable: the day lies in the future, or a loss is on record.
    """
    authorise(by, "applications.record_loss", birth)

    with transaction.atomic():
        row = Birth.objects.select_for_update(of=("self",)).select_related("citizen").get(pk=birth.pk)
        if row.outcome == Birth.Outcome.LOST or ended_on > clock.day_of(at):
            raise LossNotRecordable
        entitlement = held_family(row)

        before, row.outcome, row.ended_on = row.outcome, Birth.Outcome.LOST, ended_on
        row.save(update_fields=["outcome", "ended_on"])
        loss = Loss.objects.create(
            **same_tenant(row),
            birth=row,
            outcome_before=before,
            wants_call=wants_call,
            kept=quieten(row, at=at),
            told_at=at,
            by=by,
        )
        drop_drafts(row)

        _tell_of_change(entitlement, by, at)
        events.record(TOLD, row, at=at, by_id=by.pk)  # last: what comes after it is somebody's deed
    birth.outcome, birth.ended_on = row.outcome, row.ended_on
    return loss


def record_loss_of_draft(
    draft: Application, *, ended_on: dt.date, by: User, at: dt.datetime, wants_call: bool = False
) -> Loss:
    """As `record_loss`, for what she has begun to apply for: `draft` knows her and the dates. It goes on after it.

    Raises:
        As `record_loss`.
    """
    authorise(by, "applications.record_loss", draft)

    with transaction.atomic():
        step = draft.answers[Step.BIRTH]
        birth = write_birth(write_household(draft, at=at), draft, at=at)
        loss = record_loss(birth, ended_on=ended_on, by=by, at=at, wants_call=wants_call)
        loss.kept |= {"draft": draft.pk, "step": step}
        loss.save(update_fields=["kept"])
        stage = f"{EARLIER_BIRTH}{birth.pk}"
        _write_step(draft, {"typed": {"stage": [stage]}, "clean": {"stage": stage}})
    return loss


def take_back_loss(birth: Birth, *, by: User, at: dt.datetime) -> None:
    """It was told by mistake: all stands again exactly as before.

    Raises:
        PermissionDenied: neither her own birth nor the work of the centre.
        LossActedOn: none is told, or somebody has acted on it.
    """
    authorise(by, "applications.record_loss", birth)

    with transaction.atomic():
        row = Birth.objects.select_for_update(of=("self",)).get(pk=birth.pk)
        loss = standing_loss(row)
        if loss is None or acted_on(loss):
            raise LossActedOn
        entitlement = held_family(row)

        row.outcome, row.ended_on = loss.outcome_before, None
        row.save(update_fields=["outcome", "ended_on"])
        speak_again(loss.kept, at=at)
        loss.taken_back_at = at
        loss.save(update_fields=["taken_back_at"])
        draft_amendments(row, at=at)

        _tell_of_change(entitlement, by, at)
        events.record("birth.loss_taken_back", row, at=at, by_id=by.pk)
        if "draft" in loss.kept:
            _back_to_draft(loss, row)
    birth.outcome, birth.ended_on = row.outcome, row.ended_on


def settle_loss(loss: Loss, *, by: User, at: dt.datetime) -> None:
    """The centre has read it, and phoned where she wished for it. Twice is once.

    Raises:
        PermissionDenied: not this centre's work, or what she told herself.
    """
    authorise(by, "applications.screen", loss)
    with transaction.atomic():
        waiting = Loss.objects.filter(pk=loss.pk, settled_at=None, taken_back_at=None)
        if waiting.update(settled_at=at, settled_by=by):
            events.record("birth.loss_settled", loss, at=at, by_id=by.pk)


class LossNotRecordable(Exception):
    """The day has not come yet, or a loss is on record already."""


class LossActedOn(Exception):
    """What was told has been acted on, or was taken back: only the centre can settle it now."""


def _back_to_draft(loss: Loss, birth: Birth) -> None:
    """She had sent nothing, so nothing of it was known here."""
    draft = Application.objects.filter(pk=loss.kept["draft"], status=Application.Status.DRAFT).first()
    if draft:
        _write_step(draft, loss.kept["step"])
    loss.delete()
    birth.delete()


def _write_step(draft: Application, answers: dict[str, object]) -> None:
    row = locked(draft)
    row.answers = {**row.answers, Step.BIRTH.value: answers}
    row.save(update_fields=["answers"])
    draft.answers = row.answers


def _tell_of_change(entitlement: Entitlement | None, by: User, at: dt.datetime) -> None:
    if entitlement:
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)
