"""The steps of an application on one page, as the centre types them in from paper; the mother's forms and rules."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from applications.forms.apply import FORMS, HouseholdForm, StepForm
from applications.forms.apply.for_another import fill_in_nothing
from applications.models import Application
from applications.selectors.answers import typed_in
from applications.selectors.duplicates import Match
from applications.selectors.handbook import UNSURE
from applications.selectors.on_paper import CLASS, HANDBOOK, MEMBERS, may_stay_blank, received_on, typed_receipt
from applications.steps import Step
from eligibility.engine import Terms
from eligibility.public import version_in_force
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField

LONGEST_AGO = dt.timedelta(days=366)
"""A paper that lay longer is a slip of the year."""

NOT_WRITTEN = "記入なし"
NEEDS_MEMBERS = "世帯の人数を入れてください。区分の書類を数えるのに使います。"
HEADINGS = {
    Step.PERSON: "本人",
    Step.BIRTH: "妊娠・出産",
    Step.CONDITION: "ようす",
    Step.HOUSEHOLD: "世帯・書類",
    Step.WISHES: "使いたいもの",
    Step.CONSENT: "紙の同意",
}


Part = tuple[str, str, StepForm]


class ReceiptForm(DadsForm):
    """How and when the paper reached the office."""

    channel = forms.ChoiceField(
        label="届き方",
        choices=[
            (Application.Channel.COUNTER.value, "窓口で受け取った"),
            (Application.Channel.POST.value, "郵送で届いた"),
        ],
        widget=ChoiceCards(layout="duo"),
    )
    received_on = DateBoxesField(label="受付日", help_text="窓口に届いた日。この日のきまりで判定します。")

    def __init__(self, data: QueryDict | None = None, *, draft: Application, today: dt.date) -> None:
        initial = {"channel": draft.channel, "received_on": received_on(draft) or (None if draft.answers else today)}
        super().__init__(data, initial=initial)
        self.municipality = draft.municipality
        day: Any = self.fields["received_on"]
        day.not_before, day.not_after = today - LONGEST_AGO, today
        if data is None and (typed := typed_receipt(draft)):
            sent = {name: "".join(values) for name, values in typed.items()}
            self.initial["received_on"] = day.widget.value_from_datadict(sent, {}, "received_on")

    def clean_received_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["received_on"]
        if version_in_force(self.municipality, day) is None:
            raise forms.ValidationError("この日に始まっているきまりがありません。", code="day")
        return day

    def typed(self) -> dict[str, list[str]]:
        names = ("channel", *(f"received_on_{part}" for part in ("year", "month", "day")))
        return {name: [str(self.data[name])] for name in names if name in self.data}


class Sheet:
    """All that stands on the page, as one form to the summary of what is wrong."""

    def __init__(self, receipt: ReceiptForm, parts: Iterable[StepForm]) -> None:
        self.receipt, self.parts = receipt, tuple(parts)
        self.all: tuple[DadsForm, ...] = (receipt, *self.parts)
        for form in self.all:
            form.summary_is_shown = True  # type: ignore[attr-defined]  # one summary, above the heading

    @property
    def columns(self) -> tuple[list[Part], list[Part]]:
        """Code, heading and form of each step: who she is and the birth on the left, the rest on the right."""
        parts = [(form.step.value, HEADINGS[form.step], form) for form in self.parts]
        return parts[:2], parts[2:]

    def __getitem__(self, name: str) -> forms.BoundField:
        for form in self.all:
            if name in form.fields:
                return form[name]
        raise KeyError(name)

    @property
    def is_bound(self) -> bool:
        return self.receipt.is_bound

    @property
    def is_multipart(self) -> bool:
        return any(form.is_multipart() for form in self.all)

    @property
    def fields(self) -> dict[str, forms.Field]:
        return {name: field for form in self.all for name, field in form.fields.items()}

    @property
    def errors(self) -> dict[str, Any]:
        return {name: errors for form in self.all for name, errors in form.errors.items()}

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors


def step_on_paper(
    step: Step, draft: Application, terms: Terms, *, on: dt.date, sent: QueryDict | None = None, files: Any = None
) -> StepForm:
    """The mother's form for a step, without advice to her, where 記入なし is an answer if the rule allows it."""
    form = FORMS[step](sent, files, terms=terms, on=on, application=draft, typed=typed_in(draft, step))
    fill_in_nothing(form)
    for field in form.fields.values():
        field.help_text = "" if step is not Step.CONSENT else field.help_text
    if step is Step.PERSON and sent is None:
        form.fields["name"].widget.attrs["autofocus"] = True  # the boxes above it stand as for the last paper
    for name in may_stay_blank(step, terms):
        if name in form.fields:
            _let_stay_blank(form.fields[name])
    return form


def settled(form: StepForm) -> dict[str, Any] | None:
    """The step's answers, what was left blank in the words of the draft; None where something is wrong."""
    valid = form.is_valid()
    if valid and isinstance(form, HouseholdForm) and _lacks_members(form):
        form.add_error(MEMBERS, NEEDS_MEMBERS)
        return None
    if not valid:
        return None
    answers = form.answers()
    if answers.get(HANDBOOK) == "":
        answers[HANDBOOK] = UNSURE
    if answers.get(CLASS) == "":
        answers[CLASS] = form.terms.classes[0].code  # whoever names no class claims none
    return answers


class SameForm(DadsForm):
    """Whether it is one of those who are known already; asked only where somebody may be."""

    show_need = False
    same = forms.ChoiceField(label="同じ方ですか", widget=ChoiceCards())

    def __init__(self, data: QueryDict | None = None, *, matches: Iterable[Match]) -> None:
        super().__init__(data)
        self.matches = {str(match.household.pk): match for match in matches}
        same: Any = self.fields["same"]
        known = [(pk, f"{match.household.name}さんと同じ方") for pk, match in self.matches.items()]
        same.choices = [("new", "別の方(新しく登録する)"), *known]
        same.widget.notes = {pk: f"{match.words}が同じ" for pk, match in self.matches.items()}
        same.error_messages["required"] = "同じ方かどうかを選んでください。"

    @property
    def chosen(self) -> Match | None:
        return self.matches.get(self.cleaned_data["same"])


def _let_stay_blank(field: Any) -> None:
    field.required = False
    if hasattr(field, "choices"):
        field.choices = [*field.choices, ("", NOT_WRITTEN)]
        field.widget.layout = "duo"
    if isinstance(field, forms.TypedChoiceField):
        field.empty_value = None


def _lacks_members(form: HouseholdForm) -> bool:
    said = form.cleaned_data
    return MEMBERS in form.fields and bool(said.get(CLASS)) and said.get(MEMBERS) is None
