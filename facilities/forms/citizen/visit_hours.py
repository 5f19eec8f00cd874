"""Of the hours at which a visit may begin, those that whoever visits gives and has free."""

import datetime as dt
from collections.abc import Collection

from django import forms
from django.utils.translation import gettext as _

from postpartum_portal.shared import wareki


def keep_hours(form: forms.Form, hours: Collection[dt.time] | None, *, after: dt.time | None = None) -> None:
    """Leave `hours` in the box of the hour, of today only those `after` an hour.

    As it is where nobody has said any (None), or none is left: then the day itself is refused, with the reason.
    """
    left = [hour for hour in hours or () if after is None or hour > after]
    if not left:
        return
    asked = form.fields["arrival"]
    form.fields["arrival"] = forms.TypedChoiceField(
        label=asked.label,
        help_text=_("訪問する人が空いている時刻です。"),
        coerce=dt.time.fromisoformat,
        choices=[(hour.isoformat(), wareki.clock_time(hour)) for hour in sorted(left)],
        error_messages={
            "required": _("%(label)sを選んでください。") % {"label": asked.label},
            "invalid_choice": _("この時刻には訪問できません。ほかの時刻を選んでください。"),
        },
    )
    form.fields.pop("other_arrival", None)
