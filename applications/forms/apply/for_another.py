"""A step that is written by somebody it is not about: a proxy, or the centre with a paper in its hand."""

from django.utils.translation import gettext as _

from postpartum_portal.shared.forms import DateBoxes

from .base import StepForm


def fill_in_nothing(form: StepForm) -> None:
    """The browser knows the one who writes, and all these boxes are about another: she is no あなた."""
    if "emergency_relation" in form.fields:
        form.fields["emergency_relation"].label = _("本人との関係")
    for field in form.fields.values():
        if "autocomplete" in field.widget.attrs:
            field.widget.attrs["autocomplete"] = "off"
        if isinstance(field.widget, DateBoxes):
            field.widget.birthday = False
