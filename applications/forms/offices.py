"""The question for the office in charge, asked with the address where a programme has several."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from applications.selectors.offices import areas_published, office_label, office_named_in
from eligibility.engine import Terms
from postpartum_portal.shared.forms import ChoiceCards

OFFICE, NOT_KNOWN = "office", "unknown"


class NamedOfficeField(forms.ChoiceField):
    """One of several by name, or わからない, which stands first and cleans to ""."""

    def prepare_value(self, value: Any) -> Any:
        return value or NOT_KNOWN

    def clean(self, value: Any) -> str:
        chosen: str = super().clean(value)
        return "" if chosen == NOT_KNOWN else chosen


def ask_office(form: forms.Form, terms: Terms, *, after: str) -> None:
    """Add the question below the field `after`; nothing where there are not several offices.

    Where the areas are not published nobody is made to choose: わからない stands first.
    """
    if not terms.local_offices:
        return
    names = list(form.fields)
    below = names[names.index(after) + 1 :]
    form.fields[OFFICE] = _by_area(terms) if areas_published(terms) else _by_name(terms)
    form.order_fields([*names[: len(names) - len(below)], OFFICE, *below])


def settle_office(form: forms.Form, cleaned: dict[str, Any], terms: Terms, *, before: str = "") -> None:
    """Let the address say which office it is, where she has chosen none, or left the one of her address `before`."""
    if OFFICE not in form.fields or OFFICE in form.errors:
        return
    named = office_named_in(cleaned.get("address") or "", terms)
    if named and cleaned.get(OFFICE) in ("", before):
        cleaned[OFFICE] = named
    elif not cleaned.get(OFFICE) and areas_published(terms) and "address" not in form.errors:
        form.add_error(OFFICE, _("%(label)sを選んでください。") % {"label": office_label(terms)})


def _by_area(terms: Terms) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=office_label(terms),
        help_text=_("相談の窓口が決まります。上の住所に書いてあれば、選ばなくてかまいません。"),
        choices=[(office.code, str(office.serves)) for office in terms.local_offices],
        required=False,
        widget=ChoiceCards(layout="pair"),
    )


def _by_name(terms: Terms) -> forms.ChoiceField:
    return NamedOfficeField(
        label=office_label(terms),
        help_text=_("どの町を受け持つかは公表されていません。相談しやすいところを選べます。"),
        choices=[(NOT_KNOWN, _("わからない")), *((office.code, office.name) for office in terms.local_offices)],
        required=False,
        widget=ChoiceCards(notes={office.code: office.address for office in terms.local_offices}),
    )
