"""Step 同意: the statements of the programme, each agreed to on its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.steps import Step

from .base import StepForm

PREFIX = "consent_"


class ConsentForm(StepForm):
    step = Step.CONSENT
    heading = gettext_lazy("同意していただくこと")
    lead = gettext_lazy("読んで、印をつけてください。わからないことは、下の番号で聞けます。")

    def ask(self) -> None:
        for consent in self.terms.consents:
            self.fields[PREFIX + consent.code] = forms.BooleanField(
                label=consent.label,
                help_text=consent.text,
                required=consent.required,
                error_messages={
                    "required": _("「%(consent)s」を読んで、印をつけてください。") % {"consent": consent.label}
                },
            )

    def answers(self) -> dict[str, Any]:
        given = [name.removeprefix(PREFIX) for name, agreed in self.cleaned_data.items() if agreed]
        return {"consents": given}
