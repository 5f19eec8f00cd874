"""Drafts of a municipality's programme, inside the tenant scope."""

from postpartum_portal.shared.models import Job

from .models import REPLAY_PROGRAMME, ProgrammeDraft


def open_drafts() -> list[ProgrammeDraft]:
    """Those that still wait for something, the latest first."""
    waiting = ProgrammeDraft.objects.filter(status__in=ProgrammeDraft.OPEN).defer("text", "replay")
    return list(waiting.select_related("uploaded_by"))


def draft_of(pk: int) -> ProgrammeDraft | None:
    """One draft with all that its page shows."""
    people = ("uploaded_by", "published_by", "compared_with", "municipality")
    return ProgrammeDraft.objects.select_related(*people).filter(pk=pk).first()


def replay_has_stopped(draft: ProgrammeDraft) -> bool:
    """Whether the job that should replay it has given up."""
    if draft.status != ProgrammeDraft.Status.CHECKED:
        return False
    jobs = Job.objects.filter(kind=REPLAY_PROGRAMME, subject_id=draft.pk, municipality_id=draft.municipality_id)
    latest = jobs.order_by("-pk").first()
    return latest is not None and latest.status in (Job.Status.FAILED, Job.Status.HELD)
