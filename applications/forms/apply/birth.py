"""Step 妊娠と出産: which birth the application is for."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Birth
from applications.selectors.answers import EARLIER_BIRTH
from applications.selectors.births import is_same_pregnancy
from applications.selectors.corrections import told_here
from applications.selectors.summary import birth_label, same_birth_label
from applications.steps import Step
from postpartum_portal.shared.forms import ChoiceCards, DateBoxesField, WholeNumberField
from postpartum_portal.shared.words import StrOrPromise

from .base import StepForm
from .handbook import FIELDS, ask_handbook, told_of_handbook

EXPECTED, BORN, MORE, ANOTHER = "expected", "born", "more", "another"
WHICH_STAGE = gettext_lazy("これから出産するか、もう生まれたかを選んでください。")
LOOK_IT_UP = gettext_lazy("母子健康手帳の予定日を確かめてください。")
OVERDUE = dt.timedelta(days=30)
LONGEST_WAIT = dt.timedelta(days=280)


class BirthForm(StepForm):
    step = Step.BIRTH
    heading: StrOrPromise = gettext_lazy("妊娠と出産について")

    stage = forms.ChoiceField(
        label=gettext_lazy("いまのようす"),
        choices=((EXPECTED, gettext_lazy("これから出産する")), (BORN, gettext_lazy("もう生まれた"))),
        widget=ChoiceCards(then={EXPECTED: "due_date", BORN: "born_on"}),
        error_messages={"required": WHICH_STAGE, "invalid_choice": WHICH_STAGE},
    )
    due_date = DateBoxesField(
        label=gettext_lazy("出産予定日"),
        help_text=gettext_lazy("母子健康手帳の日付を入れてください。「R8」も使えます。"),
        after=LOOK_IT_UP,
    )
    born_on = DateBoxesField(
        label=gettext_lazy("生まれた日"),
        help_text=gettext_lazy("双子などのときは、はじめの子が生まれた日。「R8」も使えます。"),
    )
    children = forms.ChoiceField(
        label=gettext_lazy("赤ちゃんの人数"),
        help_text=gettext_lazy(
            "おなかの赤ちゃん、または生まれた赤ちゃんの人数です。使える時間や回数が変わることがあります。"
        ),
        choices=(("1", gettext_lazy("1人")), ("2", gettext_lazy("双子")), (MORE, gettext_lazy("三つ子など"))),
        widget=ChoiceCards(then={MORE: "children_more"}),
        error_messages={"required": gettext_lazy("赤ちゃんの人数を選んでください。")},
    )
    children_more = WholeNumberField(label=gettext_lazy("人数"), lowest=3, highest=9, unit=gettext_lazy("人"))

    def ask(self) -> None:
        births = Birth.beside(self.application).order_by("pk")
        own = told_here(self.application)  # where she corrects what she handed in
        self.earlier = tuple(birth for birth in births if birth != own)
        due_date: Any = self.fields["due_date"]
        born_on: Any = self.fields["born_on"]
        due_date.not_before, due_date.not_after = self.on - OVERDUE, self.on + LONGEST_WAIT
        born_on.not_after = self.on
        ask_handbook(self, self.terms, on=self.on)
        if self.after_loss and not self._begins_anew():
            self._ask_which_application()
        elif self.earlier:
            self._offer_earlier_births()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if str(cleaned.get("stage", "")).startswith(EARLIER_BIRTH):
            self._forgive("children", "children_more")
            if self.after_loss:  # nobody asks her for it then
                self._forgive(*FIELDS)
                return {"stage": cleaned["stage"]}
            return {"stage": cleaned["stage"], **told_of_handbook(self, cleaned)}
        if self.data.get("stage") == ANOTHER:  # what is asked for it has not been shown yet
            self._forgive("children", *FIELDS)
        self._refuse_a_birth_known_already(cleaned)
        if cleaned.get("children") == MORE:
            cleaned["children"] = cleaned.get("children_more")
        cleaned["children"] = int(cleaned.get("children") or 1)
        return cleaned

    def _forgive(self, *names: str) -> None:
        for name in names:
            self.errors.pop(name, None)

    def _begins_anew(self) -> bool:
        """Whether she has said that it is about another birth than the one that was lost."""
        typed = self.data.get("stage") or "".join(self.typed_before.get("stage", ()))
        return typed in (EXPECTED, BORN, ANOTHER)

    def _ask_which_application(self) -> None:
        """After a loss, nothing but whether this goes on from her last application; what is new is asked then only."""
        self.heading = _("申請について")
        self.fields = {"stage": self.fields["stage"]}
        stage: Any = self.fields["stage"]
        stage.label = _("どの申請ですか")
        stage.error_messages["required"] = _("前の申請の続きか、別の申請かを選んでください。")
        lost = [birth for birth in self.earlier if birth.outcome == Birth.Outcome.LOST]
        known = [(f"{EARLIER_BIRTH}{birth.pk}", same_birth_label(birth)) for birth in lost]
        stage.choices = [*known, (ANOTHER, _("別の申請をする"))]
        stage.widget.then = {}

    def _offer_earlier_births(self) -> None:
        stage: Any = self.fields["stage"]
        known = [(f"{EARLIER_BIRTH}{birth.pk}", same_birth_label(birth)) for birth in self.earlier]
        if self.after_loss:
            stage.choices = [*known, *stage.choices]
            return
        stage.choices = [
            *known,
            (EXPECTED, _("別の赤ちゃんを、これから出産する")),
            (BORN, _("別の赤ちゃんが、もう生まれた")),
        ]

    def _refuse_a_birth_known_already(self, cleaned: dict[str, Any]) -> None:
        for name in ("due_date", "born_on"):
            for birth in self.earlier:
                if cleaned.get(name) and is_same_pregnancy(birth, cleaned[name]):
                    sentence = _("%(birth_label)sの申請があります。同じ赤ちゃんなら、上で選んでください。") % {
                        "birth_label": birth_label(birth)
                    }
                    if birth.outcome == Birth.Outcome.LOST:
                        sentence = _("前の申請があります。その続きなら、上で選んでください。")
                    self.add_error(name, forms.ValidationError(sentence, code="day"))
                    return
