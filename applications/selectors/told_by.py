"""Who told the centre something for a mother, as the log of deeds keeps it: a code and a day, no name."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from postpartum_portal.shared import wareki

WHO = {"self": "本人", "family": "家族", "clinic": "医療機関", "other": "その他"}


def told_words(data: Mapping[str, Any]) -> str:
    """`(家族から3月5日(木)に聞きました)`; "" of what she did herself."""
    if "told_by" not in data:
        return ""
    return f"({WHO[data['told_by']]}から{wareki.short(dt.date.fromisoformat(data['told_on']))}に聞きました)"
