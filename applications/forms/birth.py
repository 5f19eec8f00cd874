"""The birth: when, and how many children."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Birth
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, WholeNumberField

EARLIEST = dt.timedelta(days=280 - 22 * 7)
"""How long before the due date a child can be born alive: at 22 weeks."""
LATEST = dt.timedelta(days=35)


class BirthForm(DadsForm):
    """Asks again where the day does not go with the due date; the two are easily mixed up."""

    submit_label = gettext_lazy("届け出る")

    born_on = DateBoxesField(
        label=gettext_lazy("生まれた日"),
        help_text=gettext_lazy("母子健康手帳の出生の日を入れてください。「R8」も使えます。"),
        after=gettext_lazy("母子健康手帳を確かめてください。"),
    )
    children = WholeNumberField(label=gettext_lazy("生まれた子の人数"), lowest=1, highest=9, unit=gettext_lazy("人"))

    def __init__(self, *args: Any, birth: Birth, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"born_on": birth.born_on, "children": birth.children})
        super().__init__(*args, **kwargs)
        self.birth, self.today = birth, today

    def clean_born_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["born_on"]
        if day > self.today:
            raise ValidationError(_("まだ来ていない日です。生まれた日を入力してください。"), code="year")
        due = self.birth.due_date
        if due and not due - EARLIEST <= day <= due + LATEST:
            raise ValidationError(
                _(
                    "出産予定日(%(day)s)と離れています。日を確かめてください。まちがいがなければ、センターに電話してください。"
                )
                % {"day": wareki.no_weekday(due)},
                code="year",
            )
        return day
