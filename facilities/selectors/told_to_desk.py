"""What rules say against days, as a desk may hear it: what looks at the facility or at nobody, in the rules' words.

What looks at her (other bookings, vaccinations, until when she may use it) is told in general: whoever is on the phone
can say more, and the portal does not say it for her.
"""

from collections.abc import Iterable

from eligibility import engine

IN_ITS_WORDS = frozenset(
    {
        "not_past", "shape", "length", "hours", "duration", "closed_season", "notice", "horizon", "contract",
        "place_age", "multiples", "siblings", "visitor_area", "visitor_day", "visitor_hours", "visitor_taken",
    }
)  # fmt: skip
"""The place's own rules about age and children among them: the desk sees the child's age on every card."""
GENERAL = {
    "period": "この方が使える期間の外です。",
    "one_use_per_day": "この方は、この日は予約できません。",
    "vaccination_day": "この方は、この日は予約できません。",
}
LIMITS = "この方ののこりの回数か、きまりに合いません。お母さんか市町村に確かめてください。"


def told_to_desk(findings: Iterable[engine.Finding]) -> str:
    """Each sentence once, in the order of the findings."""
    return "".join(dict.fromkeys(_told(finding) for finding in findings))


def _told(finding: engine.Finding) -> str:
    return finding.fact if finding.code in IN_ITS_WORDS else GENERAL.get(finding.code, LIMITS)
