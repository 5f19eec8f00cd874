"""支援措置: why and until when an address is kept back, and what somebody needs it for."""

import datetime as dt
from typing import Any

from django import forms

from applications.models import AddressOpening
from applications.services.protecting import TERM_MONTHS
from eligibility.engine.dates import last_day_under
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField

Audience = AddressOpening.Audience


class ProtectForm(DadsForm):
    """The term is a year unless the paper says less."""

    show_need = False

    reason = LineField(label="支援措置の理由", help_text="受けた申出や、転送された通知のことを書きます。", limit=200)
    until = DateBoxesField(
        label="期間の最後の日", help_text="支援措置は1年ごとです。過ぎても、延長か解除をするまで隠したままです。"
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        initial = {"until": a_year_from(today)}
        super().__init__(*args, initial=initial, auto_id="id_protect_%s", **kwargs)


class AskAddressForm(DadsForm):
    """What somebody needs the address for; visitors need it on other days, so these are named."""

    show_need = False

    audience = forms.ChoiceField(
        label="だれが見るか",
        choices=[
            (Audience.OFFICE, "職員(頼んだ人と確かめた人が、きょうだけ)"),
            (Audience.VISIT, "訪問する人(予約の受け入れ先。最後の日まで)"),
        ],
        widget=ChoiceCards,
        initial=Audience.OFFICE,
    )
    last_day = DateBoxesField(label="訪問する人が見られる最後の日", required=False)
    purpose = LineField(label="住所を見る目的", limit=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_address_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("audience") == Audience.VISIT and not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", "訪問する人が見られる最後の日を入れてください。")
        return cleaned


def a_year_from(day: dt.date) -> dt.date:
    """The last day of a year that begins on `day`."""
    return last_day_under(day, TERM_MONTHS)
