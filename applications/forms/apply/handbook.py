"""The question for the 母子健康手帳, asked where the programme hands its coupons over with it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from applications.selectors.handbook import AWAITED, RECEIVED, UNSURE
from eligibility.engine import Terms
from postpartum_portal.shared.forms import ChoiceCards, DateBoxesField

FIELDS = ("handbook", "handbook_on")
LONGEST_AGO = dt.timedelta(days=3 * 366)
"""A pregnancy and the years of the programme; a day before that is a slip of the year."""


def ask_handbook(form: forms.Form, terms: Terms, *, on: dt.date) -> None:
    """Add the question, and the day that its first answer opens; nothing where the programme has no such rule."""
    rule, coupons = terms.application.handbook, terms.coupons
    if rule is None or coupons is None:
        return
    purpose = _("交付日によって、%(coupons)sの申請がいらないことがあるので、お聞きします。") % {
        "coupons": coupons.label
    }
    form.fields["handbook"] = forms.ChoiceField(
        label=_("母子健康手帳を受け取りましたか"),
        help_text=purpose,
        choices=[(RECEIVED, _("受け取った")), (AWAITED, _("まだ受け取っていない")), (UNSURE, _("わからない"))],
        widget=ChoiceCards(then={RECEIVED: "handbook_on"}),
        error_messages={"required": _("母子健康手帳を受け取ったかどうかを選んでください。")},
    )
    form.fields["handbook_on"] = DateBoxesField(
        label=_("母子健康手帳の交付日"),
        help_text=_("「R8」も使えます。日がわからないときは、上で「わからない」を選んでください。"),
        not_before=on - LONGEST_AGO,
        not_after=on,
    )


def told_of_handbook(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    """What she answered to it, for the step's answers."""
    return {name: cleaned.get(name) for name in FIELDS if name in form.fields}
