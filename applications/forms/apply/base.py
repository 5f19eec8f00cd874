"""What every step of the application has in common."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.certificates import CertificatesBox
from applications.models import Application
from applications.selectors.answers import after_loss
from applications.steps import Step
from eligibility.engine import Family, Terms, Words
from eligibility.public import told
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxes
from postpartum_portal.shared.words import StrOrPromise

YES_NO = (("yes", gettext_lazy("はい")), ("no", gettext_lazy("いいえ")), ("unsure", gettext_lazy("わからない")))
SAID = {"yes": True, "no": False, "unsure": None}


TOLD_WITH = {
    "name": ("kana",),
    "postcode": ("address",),
    "emergency_name": ("emergency_relation", "emergency_phone"),
}
"""Fields that the summary tells in one line with the first: who marks the line marks them all."""


class StepForm(DadsForm):
    """One step: its fields, what she typed there before, and its answers as the draft keeps them.

    Args:
        terms: the programme in force.
        on: today.
        application: her draft; not in the database yet before she saves the first step.
        typed: what stood in the boxes when she was here last.
        prefill: what is known already and may be offered, by field; what was typed goes before it.
        words: in which she wants to read the programme's questions; None for its own.
    """

    step: ClassVar[Step]
    heading: StrOrPromise
    lead: StrOrPromise = ""
    comes_with_handbook = False
    """Whether this step tells her that she need not apply, since what she would apply for came with the handbook."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        terms: Terms,
        on: dt.date,
        application: Application,
        typed: Mapping[str, Sequence[str]] | None = None,
        prefill: Mapping[str, Any] | None = None,
        words: Words | None = None,
    ) -> None:
        super().__init__(data, files)
        self.terms, self.on, self.application = terms, on, application
        self.after_loss = after_loss(application)
        if self.after_loss:
            self.terms = terms.said_to(Family.BEREAVED)
        self.typed_before = dict(typed or {})
        self.ask()
        for field in self.fields.values():
            field.label, field.help_text = told(field.label, words), told(field.help_text, words)
        self.initial = self._as_typed() if typed else dict(prefill or {})

    def ask(self) -> None:
        """Add and adjust the fields that depend on the programme, on today or on the draft."""

    def typed(self) -> dict[str, list[str]]:
        """What stands in the boxes of this form, and nothing else of what was sent."""
        sent = self.data
        if not isinstance(sent, QueryDict):
            return {}
        boxes = {box for name, field in self.fields.items() for box in _boxes(field.widget, name)}
        return {name: sent.getlist(name) for name in sent if name in boxes}

    def answers(self) -> dict[str, Any]:
        """The complete answers, in plain values."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}

    def field_of(self, name: str) -> str:
        """The field that a box belongs to: `due_date` for `due_date_year`."""
        return name if name in self.fields else name.rpartition("_")[0]

    def mark(self, boxes: Iterable[str]) -> None:
        """Say at the fields of these boxes that the centre asks for a correction."""
        firsts = [self.field_of(box) for box in boxes]
        marked = {name for first in firsts for name in (first, *TOLD_WITH.get(first, ()))}
        for name in marked & self.fields.keys():
            field = self.fields[name]
            field.help_text = format_html('<b class="tag key">{}</b> {}', _("直してほしいところ"), field.help_text)

    def clean(self) -> dict[str, Any]:
        """A field below a choice that was not taken is neither required nor kept."""
        cleaned = super().clean() or self.cleaned_data
        for master, field in self.fields.items():
            for choice, opened in getattr(field.widget, "then", {}).items():
                if str(cleaned.get(master)) != choice:
                    self.errors.pop(opened, None)
                    cleaned[opened] = None
        return cleaned

    def _as_typed(self) -> dict[str, Any]:
        data = MultiValueDict({name: list(values) for name, values in self.typed_before.items()})
        return {
            name: field.widget.value_from_datadict(data, MultiValueDict(), name) for name, field in self.fields.items()
        }


def yes_no(question: str, help_text: StrOrPromise = "") -> forms.TypedChoiceField:
    """はい, いいえ, or わからない, which is talked over on the phone; cleans to True, False or None."""
    return forms.TypedChoiceField(
        label=question,
        help_text=help_text,
        choices=YES_NO,
        coerce=SAID.__getitem__,
        widget=ChoiceCards(layout="three"),
        error_messages={"required": _("答えを選んでください。")},
    )


def _boxes(widget: forms.Widget, name: str) -> tuple[str, ...]:
    """The names under which a field is sent: most by its own."""
    return widget.boxes(name) if isinstance(widget, DateBoxes | CertificatesBox) else (name,)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
