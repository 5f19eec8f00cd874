"""Step ようす: what the programme's rules ask about her, and what she wants to tell."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.selectors.handbook import comes_with_handbook
from applications.steps import Step
from postpartum_portal.shared.forms import LinesField

from .base import StepForm, yes_no

TROUBLE_LIMIT = 200


class ConditionForm(StepForm):
    step = Step.CONDITION
    heading = gettext_lazy("いまのようす")

    def ask(self) -> None:
        self.comes_with_handbook = comes_with_handbook(self.application, self.terms, on=self.on)  # she has told the day
        office = self.terms.offices[0].name
        self.lead = _(
            "答えを読むのは、%(office)sの職員だけです。迷うときは「わからない」を選んでください。電話で聞きます。"
        ) % {"office": office}
        for item in self.terms.circumstances:
            if item.code != "resident":  # asked with the address; health data by law: each says what it is for
                self.fields[item.code] = yes_no(item.question, item.purpose)
        self.fields["trouble"] = LinesField(
            label=_("困っていること、伝えておきたいこと"),
            help_text=_("電話のときに、同じことを何度も聞かずにすみます。"),
            limit=TROUBLE_LIMIT,
            required=False,
        )
