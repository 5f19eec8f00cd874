"""The job that replays a draft over all past cases of its municipality, a part of them at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django_fsm import TransitionNotAllowed

from applications.public import past_households
from eligibility.public import (
    REPLAY_PROGRAMME,
    PastHousehold,
    ProgrammeDraft,
    compare_with,
    draft_of,
    keep_last_part,
    keep_part,
    programme_of,
    programme_of_draft,
    replay,
    version_in_force,
)
from facilities.public import past_uses
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import Lease, handler
from postpartum_portal.shared.lifecycle import Overtaken


@dataclass(frozen=True, slots=True)
class Part:
    """Past cases in the order of their births. `through` is the last one's key; None where there are no more."""

    households: Sequence[PastHousehold]
    through: int | None


@handler(REPLAY_PROGRAMME)
def replay_programme(lease: Lease) -> None:
    """Replay the next part for the draft `lease.subject_id` against the version in force, unless nobody waits for it.

    A job's time is short and a city has many mothers, so each part is a job, and asks for the next. What it adds is
    written at its end: killed anywhere, or run twice, every part counts once.
    """
    draft = draft_of(lease.subject_id)
    if draft is None or draft.status != ProgrammeDraft.Status.CHECKED:
        return
    try:
        _replay_part(draft, lease)
    except (Overtaken, TransitionNotAllowed):
        return  # it was discarded while it was reckoned, or asked for twice


def _replay_part(draft: ProgrammeDraft, lease: Lease) -> None:
    in_force = version_in_force(draft.municipality, clock.today())
    compare_with(draft, in_force)
    new = programme_of_draft(draft).terms
    old = programme_of(in_force).terms if in_force else new
    part = past_cases(after=draft.replayed_through)
    report = replay(part.households, old=old, new=new)
    with transaction.atomic():
        lease.hold()
        if part.through is None:
            keep_last_part(draft, report, at=clock.now())
        else:
            keep_part(draft, report, through=part.through, at=clock.now())
        lease.finish()


def past_cases(*, after: int = 0) -> Part:
    """The next households of the tenant scope with their bookings. The statements do not grow with their number."""
    most = settings.REPLAY_CASES_AT_ONCE
    found = past_households(after=after, most=most)
    uses = past_uses([past.entitlement_id for past in found if past.entitlement_id])
    households = [replace(past.household, uses=tuple(uses.get(past.entitlement_id or 0, ()))) for past in found]
    return Part(households, found[-1].birth_id if len(found) == most else None)
