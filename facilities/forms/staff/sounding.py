"""Answering a sounding otherwise than by one of its days: another day or hour, or none."""

import datetime as dt
from typing import Any

from eligibility import engine
from facilities.forms.citizen.dates import arrival_field
from facilities.models import Sounding
from facilities.selectors.wording import said_to_her
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, LineField
from postpartum_portal.shared.forms.dates import Typed

WORDS_HELP = "センターだけが読みます。お名前や病名は書かないでください。200字まで。"


class AnotherDayForm(DadsForm):
    """When it would suit the facility. Whether she may come then is judged when the centre chooses."""

    show_need = False

    day = DateBoxesField(label="受けられる日")
    words = LineField(label="センターに伝えること", required=False, limit=200, help_text=WORDS_HELP)

    def __init__(self, *args: Any, sounding: Sounding, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = said_to_her(sounding.wish.entitlement).service(sounding.wish.service)
        day: Any = self.fields["day"]
        day.initial, day.not_before = Typed(year=str(on.year)), on
        if service.kind is engine.ServiceKind.STAY:
            day.help_text = "泊まりの、はじめの日です。"
        self.fields["hour"] = arrival_field("はじまる時刻", service.hours)
        self.order_fields(["day", "hour", "words"])
        if sounding.arrival:
            self.fields["hour"].initial = sounding.arrival.isoformat()

    def said(self) -> dict[str, Any]:
        """As `accept` takes it."""
        cleaned = self.cleaned_data
        return {"day": cleaned["day"], "hour": cleaned["hour"] or None, "words": cleaned["words"]}


class CannotForm(DadsForm):
    """Why none of the days will do."""

    show_need = False

    reason = LineField(label="受けられない理由", limit=200, help_text=WORDS_HELP)
