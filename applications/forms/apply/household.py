"""Step 世帯と書類: the household's class and the certificates that an exemption rests on."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from applications.forms.certificates import CITY, PREFIX, CertificatesField, missing_sentence
from applications.selectors.proofs import proof_for
from applications.steps import Step
from postpartum_portal.shared.forms import ChoiceCards, WholeNumberField

from .base import StepForm

UNBORN = gettext_lazy("おなかの赤ちゃんは数えません。")


class HouseholdForm(StepForm):
    step = Step.HOUSEHOLD
    heading = gettext_lazy("世帯と書類について")

    members = WholeNumberField(
        label=gettext_lazy("世帯の人数"),
        help_text=gettext_lazy("住民票がいっしょの人の数です。証明書が何人分いるかを数えます。"),
        lowest=1,
        highest=20,
        unit=gettext_lazy("人"),
    )
    household_class = forms.ChoiceField(label=gettext_lazy("世帯の区分"), widget=ChoiceCards())

    def ask(self) -> None:
        self.refused: dict[str, list[str]] = {}
        """Sentences about files that could not be used, by field; set before the form is judged."""
        if not self.after_loss:
            self.fields["members"].help_text = format_lazy("{}{}", self.fields["members"].help_text, UNBORN)
        household: Any = self.fields["household_class"]
        household.choices = [(item.code, item.choice) for item in self.terms.classes]
        household.help_text = f"{self.terms.page.waiver_title}。{self.terms.page.waiver_text}"
        if not any(document.per_member for document in self.terms.documents):
            del self.fields["members"]  # it is asked to count certificates
        household.widget.then = {}
        for item in self.terms.classes:
            proof = proof_for(self.application, self.terms, item.code, self._members(), on=self.on)
            if proof:
                name = PREFIX + item.code
                self.fields[name] = CertificatesField(
                    self.application, proof, standing=self.terms.classes[0].label, city=self._typed_city(name)
                )
                household.widget.then[item.code] = name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("household_class", "")
        name = PREFIX + code
        proof = proof_for(self.application, self.terms, code, cleaned.get("members"), on=self.on)
        for sentence in self.refused.get(name, ()):
            self.add_error(name, sentence)
        if (
            proof
            and proof.missing
            and not any(cleaned.get(name) or ())
            and name not in self.errors
            and "members" not in self.errors
        ):
            self.add_error(name, missing_sentence(proof))
        return cleaned

    def answers(self) -> dict[str, Any]:
        kept = super().answers()
        code = kept["household_class"]
        proof = proof_for(self.application, self.terms, code, None, on=self.on)
        ticked = kept.get(PREFIX + code)
        agreed = [proof.consent.code] if ticked and ticked.agreed and proof and proof.consent else []
        city = {"issued_by": ticked.city} if ticked and ticked.city else {}
        return {"members": kept.get("members"), "household_class": code, "agreed": agreed} | city

    def _typed_city(self, name: str) -> str:
        return self.data.get(name + CITY) or "".join(self.typed_before.get(name + CITY, ()))

    def _members(self) -> int | None:
        """How many were typed so far, for the prompt; None while it is no number."""
        if "members" not in self.fields:
            return None
        typed = self.data.get("members") or "".join(self.typed_before.get("members", ()))
        try:
            members: int | None = self.fields["members"].clean(typed)
        except forms.ValidationError:
            return None
        return members
