"""Step ようす: what the programme's rules ask about her, and what she wants to tell."""

from applications.steps import Step
from postpartum_portal.shared.forms import LinesField

from .base import StepForm, yes_no

TROUBLE_LIMIT = 200

# Health data by law: every question says what it is for.
PURPOSES = {
    "lacks_support": "使える人のきまりに当てはまるかを確かめるために聞きます。",
    "unwell_or_anxious": "使える人のきまりに当てはまるかを確かめ、合うケアを考えるために聞きます。",
    "fever_or_infection": "施設にいるほかのお母さんと赤ちゃんを守るために聞きます。「はい」でも申請できます。",
    "needs_medical_care": "安全に使えるかを確かめるために聞きます。「はい」でも申請できます。",
}
PURPOSE = "使える人のきまりに当てはまるかを確かめるために聞きます。"


class ConditionForm(StepForm):
    step = Step.CONDITION
    heading = "いまのようす"
    lead = (
        "答えを読むのは、こども家庭センターの職員だけです。迷うときは「わからない」を選んでください。電話で聞きます。"
    )

    def ask(self) -> None:
        for item in self.terms.circumstances:
            if item.code != "resident":  # asked with the address
                self.fields[item.code] = yes_no(item.question, PURPOSES.get(item.code, PURPOSE))
        self.fields["trouble"] = LinesField(
            label="困っていること、伝えておきたいこと",
            help_text="電話のときに、同じことを何度も聞かずにすみます。",
            limit=TROUBLE_LIMIT,
            required=False,
        )
