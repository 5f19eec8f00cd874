"""An account for a mother who applied on paper: her own two answers."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy

from postpartum_portal.shared.forms import DadsForm, DateBoxesField, NameField

from .apply.person import bound_birth_date


class JoinForm(DadsForm):
    """Both as on the paper; what is wrong is told in one sentence for both."""

    show_need = False
    name = NameField(label=gettext_lazy("氏名"), help_text=gettext_lazy("紙の申請に書いたとおりに。"))
    birth_date = DateBoxesField(
        label=gettext_lazy("あなたの生年月日"), help_text=gettext_lazy("年は「1994」「H6」「平成6」のどれでも。")
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_birth_date(self, today)
