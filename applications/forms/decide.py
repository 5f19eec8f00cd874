"""What a decider fills in: the units of an approval, or the reason of a refusal."""

from dataclasses import replace
from typing import Any

from django import forms

from applications.forms.ages import corrected_age_field
from applications.letters.reasons import draft_reason, mistake_in
from applications.selectors.answers import clean_in
from applications.selectors.case import Case
from applications.selectors.handbook import counts_paper
from applications.steps import Step
from eligibility import engine
from eligibility.engine.ages import period_if_allowed
from eligibility.engine.wording import pool_counter, pool_units
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LinesField, ManyChoiceCards, WholeNumberField


class ApproveForm(DadsForm):
    """Services, units for each pool they draw on, class. Preselected: what she wished for, all that the rules give.

    More than the rule's number is possible only where it says 原則, up to the most that it allows, with a reason.
    """

    show_need = False

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.terms = case, case.terms
        self.fields["services"] = self._services()
        for pool in self.terms.pools:
            self.fields[_limit_name(pool)] = _limit(pool, case.facts.counted_children)
        if counts_paper(case.application):
            children = case.facts.counted_children
            self.fields |= {_paper_name(pool): _on_paper(pool, self.terms, children) for pool in self.terms.pools}
        self.fields["class_code"] = self._classes()
        if self._may_correct_age():
            self.fields["corrected_age"] = corrected_age_field(case.birth.corrected_age)
        self.fields["extension_reason"] = LinesField(
            label="原則より増やす理由",
            help_text="原則の回数より増やすときに書きます。記録に残り、手紙には載りません。",
            limit=500,
            required=False,
        )

    @property
    def limit_fields(self) -> list[forms.BoundField]:
        return [self[_limit_name(pool)] for pool in self.terms.pools]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [self[_paper_name(pool)] for pool in self.terms.pools if _paper_name(pool) in self.fields]

    @property
    def decision(self) -> dict[str, Any]:
        """The arguments of `approve`."""
        cleaned = self.cleaned_data
        return {
            "services": cleaned["services"],
            "limits": {pool.code: cleaned[_limit_name(pool)] for pool in self._drawn_on(cleaned["services"])},
            "class_code": cleaned["class_code"],
            "extension_reason": cleaned["extension_reason"],
            "corrected_age": cleaned.get("corrected_age"),
            "used_on_paper": {
                pool.code: used
                for pool in self._drawn_on(cleaned["services"])
                if (used := cleaned.get(_paper_name(pool)))
            },
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        children = self.case.facts.counted_children
        for pool in self._drawn_on(cleaned.get("services", [])):
            name = _limit_name(pool)
            if name in self.errors:
                continue
            number = cleaned.get(name)
            if number is not None and (cleaned.get(_paper_name(pool)) or 0) > number:
                self.add_error(_paper_name(pool), "承認する回数までの数を入れてください。")
            if number is None:
                self.add_error(name, f"{pool.label}を入力してください。")
            elif number > pool.limit_for(children) and not cleaned.get("extension_reason"):
                standard = pool_units(pool.limit_for(children), pool)
                self.add_error(
                    "extension_reason", f"{pool.label}が原則の{standard}より多いので、理由を書いてください。"
                )
        return cleaned

    def _drawn_on(self, services: list[str]) -> list[engine.Pool]:
        return [pool for pool in self.terms.pools if set(pool.services) & set(services)]

    def _closed(self) -> dict[str, str]:
        """Why a service is not for this household, by its code; what stands against all of them is found elsewhere."""
        return {
            outlook.service.code: finding.fact
            for outlook in self.case.assessment.services
            for finding in outlook.findings
            if finding.against and finding.services
        }

    def _may_correct_age(self) -> bool:
        """Whether the child was born early and the programme lets the centre count from the due date."""
        open_facts = replace(self.case.facts, corrected_age=None)
        return any(period_if_allowed(service.age_limit, open_facts) for service in self.terms.services)

    def _services(self) -> forms.MultipleChoiceField:
        wished = clean_in(self.case.application, Step.WISHES).get("services", [])
        field = forms.MultipleChoiceField(
            label="承認する種類",
            choices=[(service.code, service.label) for service in self.terms.services],
            widget=ManyChoiceCards(notes=self._closed()),
            initial=[code for code in wished if code not in self._closed()],
        )
        field.error_messages["required"] = "承認する種類を選んでください。"
        return field

    def _classes(self) -> forms.ChoiceField:
        """The class she named and the general one; which of them is preselected follows from the proofs."""
        proposed = self.case.assessment.household_class
        named = self.case.named_class
        codes = dict.fromkeys([named, self.terms.classes[0].code])
        notes = {}
        if self.case.proof and not self.case.proof.complete:
            lacking = f"{self.case.proof.label}があと{self.case.proof.missing}枚足りません。"
            notes[named] = f"{lacking}そろったことを別に確かめたときだけ選びます。"
        field = forms.ChoiceField(
            label="料金の区分",
            choices=[(code, engine.class_label(code, self.terms)) for code in codes],
            widget=ChoiceCards(notes=notes) if len(self.terms.classes) > 1 else forms.HiddenInput(),
            initial=proposed,
        )
        field.error_messages["required"] = "料金の区分を選んでください。"
        return field


class RefuseForm(DadsForm):
    """The reason, drafted from what was found: the facts first, then the rule."""

    show_need = False

    reason = LinesField(
        label="承認しない理由",
        help_text="手紙にこのまま載ります。1行が1段落です。事実を先に、きまりを後に書きます。",
        limit=2000,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["reason"].widget.attrs["rows"] = 10
        lost = case.facts.family is engine.Family.BEREAVED
        self.initial.setdefault("reason", draft_reason(case.assessment, after_loss=lost))

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if mistake := mistake_in(reason, self.case.assessment):
            raise forms.ValidationError(mistake)
        return reason


def _limit_name(pool: engine.Pool) -> str:
    return f"limit_{pool.code}"


def _paper_name(pool: engine.Pool) -> str:
    return f"paper_{pool.code}"


def _on_paper(pool: engine.Pool, terms: engine.Terms, children: int) -> WholeNumberField:
    coupons = terms.coupons.label if terms.coupons else ""
    return WholeNumberField(
        label=f"手帳と一緒に渡された{coupons}で、もう使った分({pool.label})",
        help_text=f"電話で聞いた数です。ここで承認する分は、紙の{coupons}と同じもので、合わせて数えます。",
        lowest=0,
        highest=pool.extended_limit_for(children),
        unit=pool_counter(pool),
        initial=0,
        required=False,
    )


def _limit(pool: engine.Pool, children: int) -> WholeNumberField:
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
