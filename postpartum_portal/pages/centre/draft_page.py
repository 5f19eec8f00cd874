"""What the page of a draft shows: problems beside the lines they are about, differences, the replay, who publishes."""

from collections.abc import Mapping
from typing import Any

from eligibility.public import (
    ProgrammeDraft,
    ProgrammeFileError,
    changes,
    earliest_day,
    key_words,
    replay_has_stopped,
    version_in_force,
)
from postpartum_portal.accounts.models import Membership
from postpartum_portal.shared import clock

from .changes_page import grouped
from .programme_forms import PublishForm
from .replay_page import replay_context

Status = ProgrammeDraft.Status
SAME_HANDS = "この案を出した人とは別の決定者が公開します。"
WAITS = {
    Status.CHECKED: "過去の申請での計算が終わると、公開できます。",
    Status.REFUSED: "直すところがあるので、公開できません。直したファイルを、新しい案として出してください。",
}
NOT_DECIDER = "公開するのは、この案を出した人とは別の決定者です。"


def draft_context(draft: ProgrammeDraft, *, membership: Membership, form: PublishForm | None) -> dict[str, Any]:
    """The context of `centre/draft.html`; `form` is one that came back with a mistake."""
    why_not = _why_not(draft, membership)
    may_publish = draft.status == Status.REPLAYED and not why_not
    return {
        "draft": draft,
        "is_open": draft.status in ProgrammeDraft.OPEN,
        "may_change": membership.may_change,
        "problems": _problems(draft),
        "wrong_examples": [example for example in draft.examples if not example["ok"]],
        "right_examples": [example for example in draft.examples if example["ok"]],
        "replay": replay_context(draft.replay) if draft.replay and draft.replayed_at else None,
        "waits": draft.status == Status.CHECKED,
        "stopped": replay_has_stopped(draft),
        "why_not": why_not,
        "form": form or (publish_form(draft) if may_publish else None),
        **_differences(draft),
    }


def publish_form(draft: ProgrammeDraft, data: Mapping[str, Any] | None = None) -> PublishForm:
    """The day that the file names, or today, stands in it."""
    return PublishForm(data, earliest=earliest_day(draft, on=clock.today()))


def _why_not(draft: ProgrammeDraft, membership: Membership) -> str:
    """Why this person cannot publish it now; "" where she can, and where it is no question any more."""
    if draft.status not in ProgrammeDraft.OPEN:
        return ""
    if draft.status in WAITS:
        return WAITS[draft.status]
    if draft.uploaded_by_id == membership.user_id:
        return SAME_HANDS
    return "" if membership.may_decide else NOT_DECIDER


def _problems(draft: ProgrammeDraft) -> list[dict[str, Any]]:
    """Each with its place in words and the line as it was typed."""
    lines = draft.text.splitlines()
    return [
        {
            "line": problem["line"],
            "place": key_words(problem["key"]),
            "typed": lines[problem["line"] - 1].strip() if 0 < problem["line"] <= len(lines) else "",
            "sentence": problem["sentence"],
        }
        for problem in draft.problems
    ]


def _differences(draft: ProgrammeDraft) -> dict[str, Any]:
    """From the version it was compared with, else from the one in force; nothing where there is none or no file."""
    against = draft.compared_with or version_in_force(draft.municipality, clock.today())
    if against is None:
        return {"against": None}
    try:
        return {"against": against, **grouped(changes(against.text, draft.text))}
    except ProgrammeFileError:
        return {"against": None}
