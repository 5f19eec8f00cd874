"""Step 同意: the statements of the programme, each agreed to on its own."""

from typing import Any

from django import forms

from applications.steps import Step

from .base import StepForm

PREFIX = "consent_"


class ConsentForm(StepForm):
    step = Step.CONSENT
    heading = "同意していただくこと"
    lead = "読んで、印をつけてください。わからないことは、下の番号で聞けます。"

    def ask(self) -> None:
        for consent in self.terms.consents:
            self.fields[PREFIX + consent.code] = forms.BooleanField(
                label=consent.label,
                help_text=consent.text,
                required=consent.required,
                error_messages={"required": f"「{consent.label}」を読んで、印をつけてください。"},
            )

    def answers(self) -> dict[str, Any]:
        given = [name.removeprefix(PREFIX) for name, agreed in self.cleaned_data.items() if agreed]
        return {"consents": given}
