"""The replay of a draft over all past cases: asked for once, reckoned in parts, shown when the last part is in."""

import datetime as dt
import secrets

from eligibility.models import REPLAY_PROGRAMME, ProgrammeDraft, ProgrammeVersion
from eligibility.replay import Report, joined
from postpartum_portal.shared import events, jobs
from postpartum_portal.shared.lifecycle import Overtaken, pass_transition
from postpartum_portal.shared.models import Job


def ask_for_replay(draft: ProgrammeDraft, *, at: dt.datetime) -> None:
    """A job of its own each time it is asked for, and for each further part: two with one part in hand do it once."""
    key = f"{REPLAY_PROGRAMME}:{draft.pk}:{secrets.token_hex(8)}"
    jobs.enqueue(REPLAY_PROGRAMME, draft.pk, at=at, municipality_id=draft.municipality_id, key=key)


def is_awaited(draft: ProgrammeDraft) -> bool:
    """Whether a job is at it, or waits for a worker."""
    mine = Job.objects.filter(kind=REPLAY_PROGRAMME, subject_id=draft.pk)
    return mine.filter(status__in=(Job.Status.QUEUED, Job.Status.RUNNING)).exists()


def compare_with(draft: ProgrammeDraft, version: ProgrammeVersion | None) -> None:
    """Let the replay go on against `version`; the parts that were compared with another one are dropped.

    Raises:
        Overtaken: nobody waits for it (any more), or another job has gone on.
    """
    if draft.compared_with != version:
        _write(draft, compared_with=version, replay=None, replayed_through=0)


def keep_part(draft: ProgrammeDraft, report: Report, *, through: int, at: dt.datetime) -> None:
    """Add what the cases up to `through` came to, and ask for the next part.

    Like `keep_last_part` it belongs into the transaction in which the caller holds the job's lease.

    Raises:
        Overtaken: nobody waits for it (any more), or another job has reckoned this part.
    """
    _write(draft, replay=joined(draft.replay, report), replayed_through=through)
    ask_for_replay(draft, at=at)


def keep_last_part(draft: ProgrammeDraft, report: Report, *, at: dt.datetime) -> None:
    """Add what the last cases came to: the replay is done.

    Raises:
        TransitionNotAllowed, Overtaken: nobody waits for it (any more).
    """
    pass_transition(draft.keep_replay, replay=joined(draft.replay, report), replayed_at=at)
    events.record("programme.replayed", draft, at=at, by_id=None)


def _write(draft: ProgrammeDraft, **changes: object) -> None:
    """One conditional update: of two jobs with the same part in hand, one passes."""
    waiting = ProgrammeDraft.objects.filter(
        pk=draft.pk, status=ProgrammeDraft.Status.CHECKED, replayed_through=draft.replayed_through
    )
    if not waiting.update(**changes):
        raise Overtaken(draft)
    for name, value in changes.items():
        setattr(draft, name, value)
