"""The questions of the public check. Only the dates must be answered; what is left open stays open."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.chosen_words import told
from eligibility.engine import Facts, Family, Terms, Words
from eligibility.engine.dates import DAYS_OF_PREGNANCY
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField
from postpartum_portal.shared.wareki import WarekiError, date_of

CHILDREN = {1: gettext_lazy("1人"), 2: gettext_lazy("双子"), 3: gettext_lazy("三つ子")}
FAMILIES = {
    Family.MOTHER: gettext_lazy("お母さんとお子さん"),
    Family.FATHER: gettext_lazy("父子家庭"),
    Family.FOSTER: gettext_lazy("里親などのご家庭"),
}
"""Those who are asked for the days of a child. After a loss there is a form of its own."""
FARTHEST_APART = dt.timedelta(weeks=20)  # a child born 20 weeks before or after its due date is a slip of the finger


class Questions(DadsForm):
    """What both forms share: the household's class, as long as the programme knows several."""

    show_need = False

    household_class = forms.ChoiceField(label=gettext_lazy("世帯の区分"), widget=ChoiceCards)

    def __init__(self, data: Mapping[str, Any] | None = None, *, terms: Terms, on: dt.date, **kwargs: Any) -> None:
        self.terms, self.on = terms, on
        # What a short form did not ask is shown as the answer that was assumed.
        standing = self.standing()
        super().__init__(None if data is None else {**standing, **data}, initial=standing, **kwargs)
        household: Any = self.fields["household_class"]
        household.choices = [(item.code, item.choice) for item in terms.classes]
        if len(terms.classes) == 1:
            del self.fields["household_class"]

    def standing(self) -> dict[str, str]:
        return {"household_class": self.terms.classes[0].code}

    def not_to_come(self, name: str, sentence: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        if day and day > self.on:
            raise ValidationError(sentence, code="year")
        return day


class CheckForm(Questions):
    """Due date or birth, children, household class, and each circumstance that the programme's rules ask for."""

    family = forms.ChoiceField(label=gettext_lazy("ご家庭"), widget=ChoiceCards)
    due = DateBoxesField(
        label=gettext_lazy("出産予定日"),
        required=False,
        help_text=gettext_lazy("母子健康手帳に書かれています。"),
        after=gettext_lazy("母子健康手帳の予定日を確かめてください。"),
    )
    born = DateBoxesField(
        label=gettext_lazy("お子さまが生まれた日"),
        required=False,
        help_text=gettext_lazy("まだのときは、空けておいてください。"),
    )
    children = forms.TypedChoiceField(
        label=gettext_lazy("お子さまの人数"),
        choices=list(CHILDREN.items()),
        coerce=int,
        widget=ChoiceCards(layout="pair"),
    )
    field_order = ("family", "due", "born", "children", "household_class")

    def __init__(self, *args: Any, words: Words | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due: Any = self.fields["due"]
        due.not_after = self.on + dt.timedelta(days=DAYS_OF_PREGNANCY)
        families = [(family.value, label) for family, label in FAMILIES.items() if family in families_of(self.terms)]
        family: Any = self.fields["family"]
        family.choices = families
        if len(families) == 1:
            del self.fields["family"]
        for circumstance in self.terms.circumstances:
            self.fields[circumstance.code] = _yes_no(told(circumstance.question, words))

    def standing(self) -> dict[str, str]:
        return {**super().standing(), "family": Family.MOTHER.value, "children": "1"}

    def clean_born(self) -> dt.date | None:
        return self.not_to_come("born", _("まだ来ていない日です。予定日は「出産予定日」に入れてください。"))

    def clean(self) -> None:
        due, born = self.cleaned_data.get("due"), self.cleaned_data.get("born")
        if self.errors.keys() & {"due", "born"}:
            return
        if not due and not born:
            sentence = _("出産予定日か、生まれた日を入力してください。どちらかわかるほうで調べられます。")
            self.add_error("due", ValidationError(sentence, code="year"))
        elif due and born and abs(due - born) > FARTHEST_APART:
            sentence = _("予定日と生まれた日が離れすぎています。両方の年を確かめてください。")
            self.add_error("born", ValidationError(sentence, code="year"))

    def facts(self) -> Facts:
        """What a valid form tells; nobody could hand in a proof yet."""
        answers = self.cleaned_data
        told = {item.code: answers[item.code] for item in self.terms.circumstances}
        return Facts(
            due_date=answers["due"],
            birth_date=answers["born"],
            children=answers["children"],
            family=Family(answers.get("family", Family.MOTHER)),
            told={code: answer for code, answer in told.items() if answer is not None},
            household_class=answers.get("household_class", ""),
        )


class LossForm(Questions):
    """After a miscarriage or stillbirth: when it was, if she wants to say, and no word about a child."""

    family = forms.CharField(widget=forms.HiddenInput, initial=Family.BEREAVED.value)
    lost = DateBoxesField(
        label=gettext_lazy("いつのことですか"),
        required=False,
        help_text=gettext_lazy("答えにくいときは、空けておいてください。"),
    )
    field_order = ("family", "lost", "household_class")

    def clean_lost(self) -> dt.date | None:
        return self.not_to_come("lost", _("まだ来ていない日です。年を確かめてください。"))

    def facts(self) -> Facts:
        answers = self.cleaned_data
        return Facts(
            birth_date=answers["lost"],
            family=Family.BEREAVED,
            household_class=answers.get("household_class", ""),
        )


def question_form(
    data: Mapping[str, Any] | None, *, terms: Terms, on: dt.date, words: Words | None = None
) -> CheckForm | LossForm:
    """The form for what was sent so far: after a loss its own, where the programme says anything about it."""
    after_loss = data is not None and data.get("family") == Family.BEREAVED
    if after_loss and Family.BEREAVED in families_of(terms):
        return LossForm(data, terms=terms, on=on)
    return CheckForm(data, terms=terms, on=on, words=words)


def families_of(terms: Terms) -> frozenset[Family]:
    """The families that the programme names, be it to ask about them."""
    rules = [service.families for service in terms.services]
    return frozenset[Family]({Family.MOTHER}).union(*(rule.open_to | rule.ask for rule in rules))


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


def _yes_no(question: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question,
        choices=[("yes", _("はい")), ("no", _("いいえ"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=ChoiceCards(layout="pair"),
        error_messages={"invalid_choice": _("「はい」か「いいえ」を選んでください。")},
    )
