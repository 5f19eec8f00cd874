"""What a decider fills in: the units of an approval, or the reason of a refusal."""

from typing import Any

from django import forms

from applications.forms.ages import corrected_age_field
from applications.forms.granting import GrantForm, limit_name
from applications.forms.reason import ReasonForm
from applications.letters.reasons import draft_reason
from applications.selectors.case import Case
from applications.selectors.clear import closed_services, may_correct_age_of, wished
from applications.selectors.duplicates import like_household
from applications.selectors.handbook import counts_paper
from applications.selectors.reasons import remarks_for
from eligibility import engine
from eligibility.engine.wording import pool_counter
from postpartum_portal.shared.forms import LinesField, WholeNumberField


class ApproveForm(GrantForm):
    """Preselected: what she wished for, all that the rules give."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        closed = closed_services(case)
        services = [code for code in wished(case) if code not in closed]
        super().__init__(*args, case=case, services=services, **kwargs)
        if counts_paper(case.application):
            children = case.facts.counted_children
            self.fields |= {_paper_name(pool): _on_paper(pool, self.terms, children) for pool in self.terms.pools}
        if may_correct_age_of(case):
            self.fields["corrected_age"] = corrected_age_field(case.birth.corrected_age)
        if _may_refuse_class(case):
            self.fields["class_reason"] = _why_not(case)
        self.order_fields([name for name in self.fields if name != "extension_reason"])
        self._ask_to_look()

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [self[_paper_name(pool)] for pool in self.terms.pools if _paper_name(pool) in self.fields]

    @property
    def decision(self) -> dict[str, Any]:
        """The arguments of `approve`."""
        cleaned = self.cleaned_data
        drawn_on = self.drawn_on(cleaned["services"])
        return {
            **self.grant,
            "corrected_age": cleaned.get("corrected_age"),
            "used_on_paper": {pool.code: used for pool in drawn_on if (used := cleaned.get(_paper_name(pool)))},
        }

    @property
    def class_reason(self) -> str:
        """Why the class that she proved does not set the price; "" where it does."""
        return str(self.cleaned_data.get("class_reason", "")) if self._refuses_class() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for pool in self.drawn_on(cleaned.get("services", [])):
            number = cleaned.get(limit_name(pool))
            if number is not None and (cleaned.get(_paper_name(pool)) or 0) > number:
                self.add_error(_paper_name(pool), "承認する回数までの数を入れてください。")
        if self._refuses_class() and "class_reason" not in self.errors:
            remarks = remarks_for(self.case.application, cleaned.get("class_reason", ""), self.case.assessment)
            for remark in remarks:
                if remark.blocks:
                    self.add_error("class_reason", remark.text)
        return cleaned

    def _refuses_class(self) -> bool:
        return "class_reason" in self.fields and self.cleaned_data.get("class_code") != self.case.named_class

    def _ask_to_look(self) -> None:
        """Only where somebody may be the same: units would be granted twice."""
        if like_household(self.case.household):
            self.fields["looked"] = forms.BooleanField(
                label="「同じ方かもしれない申請」を見て、承認してよいと確かめた",
                error_messages={"required": "「同じ方かもしれない申請」を見て、印をつけてください。"},
            )


class RefuseForm(ReasonForm):
    """The reason, drafted from what was found: the facts first, then the rule."""

    label = "承認しない理由"

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        lost = case.facts.family is engine.Family.BEREAVED
        self.initial.setdefault("reason", draft_reason(case.assessment, after_loss=lost))


def _may_refuse_class(case: Case) -> bool:
    """Whether she proved a class, and a letter of its own says so if it is not accepted."""
    return case.terms.letters.no_reduction is not None and case.proof is not None and case.proof.complete


def _why_not(case: Case) -> LinesField:
    return LinesField(
        label="減免しない理由",
        help_text=f"「{case.named_label}」の書類はそろっています。ほかの区分を選ぶときに書きます。却下の通知書にこのまま載ります。",
        limit=2000,
        required=False,
    )


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
