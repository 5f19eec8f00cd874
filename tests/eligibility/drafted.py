"""Drafts of Kodaira's programme, as somebody at the centre uploads them."""

from typing import Any

from django_scopes import scopes_disabled

from eligibility.public import Municipality, ProgrammeDraft, upload_draft, version_in_force
from postpartum_portal.shared import clock
from tests.eligibility.kodaira import FILE

TEXT = FILE.read_text(encoding="utf-8")
RULES = TEXT.partition("\nexamples:")[0] + "\n"
"""The file without its own examples: a rule may change without them."""
CHEAPER = RULES.replace(
    "amount: 5000\n      source: 宿泊型 1泊5,000円", "amount: 4500\n      source: 宿泊型 1泊4,500円"
)
WRONG = RULES.replace("amount: 5000", "amount: 五千円")
NAME = "132110-kodaira-2026-04-01.yaml"


def uploaded(municipality: Municipality, by: Any, text: str = CHEAPER) -> ProgrammeDraft:
    with scopes_disabled():
        return upload_draft(municipality, file_name=NAME, text=text, by=by, at=clock.now())


def replayed(municipality: Municipality, by: Any, text: str = CHEAPER) -> ProgrammeDraft:
    """A draft whose replay is done and found nobody."""
    draft = uploaded(municipality, by, text)
    report = dict.fromkeys(
        ("households", "bookings", "cheaper", "dearer", "same", "unknown", "sum_before", "sum_after"), 0
    )
    report |= dict.fromkeys(("refused", "changed", "moved"), 0)
    lists: dict[str, Any] = {name: [] for name in ("payments", "refusals", "decisions", "periods")}
    with scopes_disabled():
        ProgrammeDraft.objects.filter(pk=draft.pk).update(
            status="replayed",
            replay=report | lists,
            replayed_at=clock.now(),
            compared_with=version_in_force(municipality, clock.today()),
        )
        return again(draft)


def again(draft: ProgrammeDraft) -> ProgrammeDraft:
    """The same row, read anew, as another person's screen has it."""
    with scopes_disabled():
        return ProgrammeDraft.objects.select_related("municipality").get(pk=draft.pk)
