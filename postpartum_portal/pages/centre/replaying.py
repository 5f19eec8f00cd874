"""The job that replays a draft over all past cases of its municipality."""

from collections.abc import Iterator
from dataclasses import asdict, replace

from django.db import transaction
from django_fsm import TransitionNotAllowed

from applications.public import past_households
from eligibility.public import (
    REPLAY_PROGRAMME,
    PastHousehold,
    ProgrammeDraft,
    draft_of,
    keep_replay,
    programme_of,
    programme_of_draft,
    replay,
    version_in_force,
)
from facilities.public import past_uses
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import Lease, handler
from postpartum_portal.shared.lifecycle import Overtaken


@handler(REPLAY_PROGRAMME)
def replay_programme(lease: Lease) -> None:
    """Replay the draft `lease.subject_id` against the version in force, unless nobody waits for it (any more).

    Nothing is written before the end: killed anywhere, or run twice, it leaves one result.
    """
    draft = draft_of(lease.subject_id)
    if draft is None or draft.status != ProgrammeDraft.Status.CHECKED:
        return
    in_force = version_in_force(draft.municipality, clock.today())
    new = programme_of_draft(draft).terms
    old = programme_of(in_force).terms if in_force else new
    report = replay(past_cases(), old=old, new=new)
    with transaction.atomic():
        lease.hold()
        try:
            keep_replay(draft, asdict(report), compared_with=in_force, at=clock.now())
        except (Overtaken, TransitionNotAllowed):
            return  # it was discarded while it was reckoned
        lease.finish()


def past_cases() -> Iterator[PastHousehold]:
    """Every household of the tenant scope with its bookings. The number of statements does not grow with them."""
    uses = past_uses()
    for entitlement_id, household in past_households():
        yield replace(household, uses=tuple(uses.get(entitlement_id, ()))) if entitlement_id else household
