"""The questions of the public check. Only the dates must be answered; what is left open stays open."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from eligibility.engine import Circumstance, Facts, Terms
from eligibility.engine.dates import DAYS_OF_PREGNANCY
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField
from postpartum_portal.shared.wareki import WarekiError, date_of

CHILDREN = {1: "1人", 2: "双子", 3: "三つ子"}
FARTHEST_APART = dt.timedelta(weeks=20)  # a child born 20 weeks before or after its due date is a slip of the finger


class CheckForm(DadsForm):
    """Due date or birth, children, household class, and each circumstance that the programme's rules ask for."""

    show_need = False

    due = DateBoxesField(
        label="出産予定日",
        required=False,
        help_text="母子健康手帳に書かれています。",
        after="母子健康手帳の予定日を確かめてください。",
    )
    born = DateBoxesField(
        label="お子さまが生まれた日",
        required=False,
        help_text="まだのときは、空けておいてください。",
    )
    children = forms.TypedChoiceField(
        label="お子さまの人数",
        choices=list(CHILDREN.items()),
        coerce=int,
        widget=ChoiceCards(layout="pair"),
    )
    household_class = forms.ChoiceField(label="世帯", widget=ChoiceCards)

    def __init__(self, data: Mapping[str, Any] | None = None, *, terms: Terms, on: dt.date, **kwargs: Any) -> None:
        self.on = on
        self.circumstances = terms.circumstances
        self.standing = {"children": "1", "household_class": terms.classes[0].code}
        # What a short form did not ask is shown as the answer that was assumed.
        super().__init__(None if data is None else {**self.standing, **data}, initial=self.standing, **kwargs)
        due: Any = self.fields["due"]
        due.not_after = on + dt.timedelta(days=DAYS_OF_PREGNANCY)
        household: Any = self.fields["household_class"]
        household.choices = [(item.code, item.choice) for item in terms.classes]
        for circumstance in self.circumstances:
            self.fields[circumstance.code] = _yes_no(circumstance)

    def clean_born(self) -> dt.date | None:
        born: dt.date | None = self.cleaned_data["born"]
        if born and born > self.on:
            raise ValidationError("まだ来ていない日です。予定日は「出産予定日」に入れてください。", code="year")
        return born

    def clean(self) -> None:
        due, born = self.cleaned_data.get("due"), self.cleaned_data.get("born")
        if self.errors.keys() & {"due", "born"}:
            return
        if not due and not born:
            sentence = "出産予定日か、生まれた日を入力してください。どちらかわかるほうで調べられます。"
            self.add_error("due", ValidationError(sentence, code="year"))
        elif due and born and abs(due - born) > FARTHEST_APART:
            sentence = "予定日と生まれた日が離れすぎています。両方の年を確かめてください。"
            self.add_error("born", ValidationError(sentence, code="year"))

    def facts(self) -> Facts:
        """What a valid form tells; nobody could hand in a proof yet."""
        answers = self.cleaned_data
        return Facts(
            due_date=answers["due"],
            birth_date=answers["born"],
            children=answers["children"],
            household_class=answers["household_class"],
            **{item.code: answers[item.code] for item in self.circumstances},
        )


def typed_answers(data: Mapping[str, Any], on: dt.date) -> Mapping[str, Any]:
    """What was typed, from the long form or from the short one that asks for a single day.

    The short form's day is a due date when it lies ahead, else a birth date. Where it is no day at all, its month
    tells in which box it goes back to her.
    """
    if "day_year" not in data:
        return data
    box = "due" if _lies_ahead(data, on) else "born"
    return {f"{box}_{part}": data.get(f"day_{part}", "") for part in ("year", "month", "day")}


def _lies_ahead(data: Mapping[str, Any], on: dt.date) -> bool:
    year, month, day = (str(data.get(f"day_{part}", "")) for part in ("year", "month", "day"))
    try:
        return date_of(year, month, day) > on
    except WarekiError:
        pass
    try:
        return date_of(year, month, "1") >= on.replace(day=1)
    except WarekiError:
        return True


def _yes_no(circumstance: Circumstance) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=circumstance.question,
        choices=[("yes", "はい"), ("no", "いいえ")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=ChoiceCards(layout="pair"),
        error_messages={"invalid_choice": "「はい」か「いいえ」を選んでください。"},
    )
