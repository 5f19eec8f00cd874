"""What is to be done with a case now, named at its head: each leads to its card."""

from collections.abc import Iterable

from applications.public import Application, Case, Thread, ToCheck, ToldChange
from facilities.public import Handover
from postpartum_portal.shared import wareki

NextStep = tuple[str, str]
"""What to do, and the card's anchor."""


def next_steps(
    case: Case,
    *,
    thread: Thread | None,
    changes: Iterable[ToldChange],
    to_check: Iterable[ToCheck],
    handovers: Iterable[Handover],
    may_decide: bool,
) -> list[NextStep]:
    """The work on the application first, then what its family waits for; empty when nothing is."""
    found: list[NextStep] = []
    if case.is_open:
        found.append(_screening(case, may_decide=may_decide))
    if thread and thread.waiting:
        found.append(("メッセージに返事をする", "messages"))
    if any(told.waits and told.record.asks_call for told in handovers):
        found.append(("施設からの引き継ぎを見て、電話する", "handovers"))
    if any(told.waits for told in changes):
        found.append(("変更の届けを確かめる", "changes"))
    found += [(f"{check.label}を確かめる", f"check-{check.kind}-{check.fiscal_year}") for check in to_check]
    return found


def _screening(case: Case, *, may_decide: bool) -> NextStep:
    latest = case.calls[-1] if case.calls else None
    match case.state:
        case "decide":
            return ("承認するか決める" if may_decide else "決定する人を待っています"), "decide"
        case "returned":
            return "本人が直すのを待っています", "return"
        case "again" if latest and latest.call_back_at:
            return f"{wareki.moment(latest.call_back_at)}に電話する", "call"
        case "new" if case.application.assignee is None:
            return "担当を決めて、電話する", "call"
    begun = case.application.status == Application.Status.SCREENING and latest is not None and latest.reached
    return ("聞き取りを続ける" if begun else "電話する"), "call"
