"""住所や課税の確認 on the case page: who looked at which record, and what a decision still waits for."""

import datetime as dt
from typing import Any

from applications.public import Case, OfficialCheckForm, look_ups


def check_card(case: Case, *, may_write: bool, on: dt.date) -> dict[str, Any]:
    known = look_ups(case)
    agreed = known.agreed if known.consent else None
    return {"look_ups": known, "check_form": OfficialCheckForm(today=on, agreed=agreed) if may_write else None}
