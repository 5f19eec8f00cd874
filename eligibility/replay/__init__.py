"""Past cases under a draft: who would have paid less or more, what would be refused, which decisions and days move.

Pure: households and two sets of terms in, a report out. Both sides are reckoned anew, by the same functions that decide
and book, so that the report shows what the draft changes and nothing else.
"""

from eligibility.replay.cases import PastDecision, PastHousehold, PastUse
from eligibility.replay.comparing import replay
from eligibility.replay.report import Report, joined

__all__ = ["PastDecision", "PastHousehold", "PastUse", "Report", "joined", "replay"]
