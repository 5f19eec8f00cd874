"""What every grant has: services, units for each pool they draw on, the class that sets the price."""

from collections.abc import Collection
from typing import Any

from django import forms

from applications.selectors.case import Case
from applications.selectors.clear import closed_services
from eligibility import engine
from eligibility.engine.wording import pool_counter, pool_units
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LinesField, ManyChoiceCards, WholeNumberField


class GrantForm(DadsForm):
    """More than the rule's number is possible only where it says 原則, up to the most that it allows, with a reason.

    `services` are preselected.
    """

    show_need = False

    def __init__(self, *args: Any, case: Case, services: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.terms = case, case.terms
        self.fields["services"] = self._services(services)
        for pool in self.terms.pools:
            self.fields[limit_name(pool)] = self._limit(pool)
        self.fields["class_code"] = self._classes()
        self.fields["extension_reason"] = LinesField(
            label="原則より増やす理由",
            help_text="原則の回数より増やすときに書きます。記録に残り、手紙には載りません。",
            limit=500,
            required=False,
        )

    @property
    def limit_fields(self) -> list[forms.BoundField]:
        return [self[limit_name(pool)] for pool in self.terms.pools]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        """Of what was used with coupons on paper; none where the form does not ask for it."""
        return []

    @property
    def grant(self) -> dict[str, Any]:
        """Services, limits, class and the reason of an extension, as a service takes them."""
        cleaned = self.cleaned_data
        return {
            "services": cleaned["services"],
            "limits": {pool.code: cleaned[limit_name(pool)] for pool in self.drawn_on(cleaned["services"])},
            "class_code": cleaned["class_code"],
            "extension_reason": cleaned["extension_reason"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for pool in self.drawn_on(cleaned.get("services", [])):
            name = limit_name(pool)
            if name not in self.errors:
                self._check_limit(pool, cleaned.get(name), extended=bool(cleaned.get("extension_reason")))
        return cleaned

    def drawn_on(self, services: list[str]) -> list[engine.Pool]:
        return [pool for pool in self.terms.pools if set(pool.services) & set(services)]

    def class_codes(self) -> list[str]:
        """The class she named and the general one."""
        return [self.case.named_class, self.terms.classes[0].code]

    def class_now(self) -> str:
        """Which is preselected: it follows from the proofs."""
        return self.case.assessment.household_class

    def _check_limit(self, pool: engine.Pool, number: int | None, *, extended: bool) -> None:
        standard = pool.limit_for(self.case.facts.counted_children)
        if number is None:
            self.add_error(limit_name(pool), f"{pool.label}を入力してください。")
        elif number > standard and not extended:
            said = pool_units(standard, pool)
            self.add_error("extension_reason", f"{pool.label}が原則の{said}より多いので、理由を書いてください。")

    def _services(self, preselected: Collection[str]) -> forms.MultipleChoiceField:
        field = forms.MultipleChoiceField(
            label="承認する種類",
            choices=[(service.code, service.label) for service in self.terms.services],
            widget=ManyChoiceCards(notes=closed_services(self.case)),
            initial=list(preselected),
        )
        field.error_messages["required"] = "承認する種類を選んでください。"
        return field

    def _limit(self, pool: engine.Pool) -> WholeNumberField:
        children = self.case.facts.counted_children
        standard, most = pool.limit_for(children), pool.extended_limit_for(children)
        hint = f"原則{pool_units(standard, pool)}、{pool_units(most, pool)}まで" if most > standard else ""
        return WholeNumberField(
            label=pool.label,
            help_text=hint,
            lowest=1,
            highest=most,
            unit=pool_counter(pool),
            initial=standard,
            required=False,
        )

    def _classes(self) -> forms.ChoiceField:
        named, notes = self.case.named_class, {}
        if self.case.proof and not self.case.proof.complete:
            lacking = f"{self.case.proof.label}があと{self.case.proof.missing}枚足りません。"
            notes[named] = f"{lacking}そろったことを別に確かめたときだけ選びます。"
        field = forms.ChoiceField(
            label="料金の区分",
            choices=[(code, engine.class_label(code, self.terms)) for code in dict.fromkeys(self.class_codes())],
            widget=ChoiceCards(notes=notes) if len(self.terms.classes) > 1 else forms.HiddenInput(),
            initial=self.class_now(),
        )
        field.error_messages["required"] = "料金の区分を選んでください。"
        return field


def limit_name(pool: engine.Pool) -> str:
    return f"limit_{pool.code}"
