"""What rules say against days, as a desk may hear it: what looks at the facility or at nobody, in the rules' words.

What looks at her (other bookings, vaccinations, until when she may use it) is told in general: whoever is on the phone
can say more, and the portal does not say it for her. Of her period the desk hears by which age it ends, never the day,
which would tell the birthday.
"""

from collections.abc import Iterable

from eligibility import engine
from eligibility.engine.age_findings import TITLE_AFTER_LOSS

IN_ITS_WORDS = frozenset(
    {
        "not_past", "shape", "length", "hours", "duration", "closed_season", "notice", "horizon", "contract",
        "multiples", "siblings", "visitor_area", "visitor_day", "visitor_hours", "visitor_taken",
    }
)  # fmt: skip
GENERAL = {
    "one_use_per_day": "この方は、この日は予約できません。",
    "vaccination_day": "この方は、この日は予約できません。",
}
PERIOD = "この方が使える期間の外です。"
LIMITS = "この方ののこりの回数か、きまりに合いません。お母さんか市町村に確かめてください。"


def told_to_desk(findings: Iterable[engine.Finding]) -> str:
    """Each sentence once, in the order of the findings."""
    return "".join(dict.fromkeys(_told(finding) for finding in findings))


def _told(finding: engine.Finding) -> str:
    if finding.code == "period":
        return PERIOD if finding.title == TITLE_AFTER_LOSS else f"{PERIOD[:-1]}({finding.title})。"
    return finding.fact if finding.code in IN_ITS_WORDS else GENERAL.get(finding.code, LIMITS)
