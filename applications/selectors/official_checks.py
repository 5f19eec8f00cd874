"""What was looked up about a household, and what is still to be looked up before its application is decided."""

from dataclasses import dataclass

from applications.models import OfficialCheck

from .case import Case

Kind = OfficialCheck.Kind


@dataclass(frozen=True, slots=True)
class LookUps:
    """`rows`: the latest first. `wanted`: what nobody has confirmed yet, where a decision is to come.

    `consent`: the programme's consent that stands for a paper, "" where it has none; `agreed`: whether she gave it.
    """

    rows: tuple[OfficialCheck, ...]
    wanted: tuple[str, ...]
    consent: str
    agreed: bool


def look_ups(case: Case) -> LookUps:
    """Of the case's household. One query."""
    rows = OfficialCheck.objects.filter(household=case.household).select_related("by").order_by("-at", "-pk")
    consent = case.proof.consent if case.proof else None
    agreed = case.proof is not None and case.proof.agreed
    found = tuple(rows)
    return LookUps(found, _wanted(case, found, agreed=agreed), consent.label if consent else "", agreed)


def _wanted(case: Case, rows: tuple[OfficialCheck, ...], *, agreed: bool) -> tuple[str, ...]:
    """Where she lives is a condition of every programme; her taxes are looked up only where she agreed to it."""
    if not case.is_open:
        return ()
    latest = {row.kind: row for row in reversed(rows)}
    confirmed = {kind for kind, row in latest.items() if row.result == OfficialCheck.Result.CONFIRMED}
    wanted = [] if Kind.RESIDENCE in confirmed else ["住所(住民基本台帳)"]
    if agreed and not confirmed & {Kind.TAX, Kind.WELFARE}:
        wanted.append(f"{case.named_label}であること(課税台帳か生活保護)")
    return tuple(wanted)
