"""A step that is written by somebody it is not about: a proxy, or the centre with a paper in its hand."""

from postpartum_portal.shared.forms import DateBoxes

from .base import StepForm


def fill_in_nothing(form: StepForm) -> None:
    """The browser knows the one who writes, and all these boxes are about another."""
    for field in form.fields.values():
        if "autocomplete" in field.widget.attrs:
            field.widget.attrs["autocomplete"] = "off"
        if isinstance(field.widget, DateBoxes):
            field.widget.birthday = False
