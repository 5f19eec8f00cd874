"""What staff fill in to return an application: which answers she has to correct, and why, in plain words."""

from typing import Any

from django import forms

from applications.selectors.case import Case
from applications.selectors.corrections import markable
from applications.selectors.summary import Section, without_address
from eligibility.engine import Family
from eligibility.engine.bereaved import OF_CHILDREN
from postpartum_portal.shared.forms import DadsForm, LinesField, ManyChoiceCards
from postpartum_portal.shared.glyphs import missing_glyphs, name_characters

LONGEST = 500
MARK = "mark_"
NOTHING_MARKED = "直してほしいところに、1つ以上印をつけてください。"
OF_CHILDREN_SAID = "お知らせのあった方です。「{word}」という言葉を使わずに書いてください。"


class ReturnForm(DadsForm):
    """A box to tick for each of her answers, step by step, and a message that she reads as it stands."""

    show_need = False

    message = LinesField(
        label="直してほしいこと",
        help_text="本人のページにこのまま載ります。何を、どう直せばよいかを書きます。",
        limit=LONGEST,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_return_%s", **kwargs)  # other forms stand on the same page
        self.lost = case.facts.family is Family.BEREAVED
        self.sections = markable(case.application, case.terms)
        if case.household.protected:
            self.sections = without_address(self.sections)
        marks = {f"{MARK}{section.step}": _marks(section) for section in self.sections}
        self.fields = {**marks, **self.fields}

    @property
    def marks(self) -> dict[str, list[str]]:
        """As `return_for_correction` takes them."""
        ticked = {section.step.value: self.cleaned_data[f"{MARK}{section.step}"] for section in self.sections}
        return {step: boxes for step, boxes in ticked.items() if boxes}

    def clean_message(self) -> str:
        message: str = self.cleaned_data["message"]
        if missing := missing_glyphs(message):
            raise forms.ValidationError(
                f"{name_characters(missing)}は、表示できないことがあります。別の字で書いてください。"
            )
        if self.lost and (found := OF_CHILDREN.search(message)):
            raise forms.ValidationError(OF_CHILDREN_SAID.format(word=found[0]))
        return message

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"{MARK}{section.step}") for section in self.sections):
            raise forms.ValidationError(NOTHING_MARKED)
        return cleaned


def _marks(section: Section) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=section.title,
        choices=[(line.field, line.label) for line in section.lines],
        widget=ManyChoiceCards(notes={line.field: line.value for line in section.lines}),
        required=False,
    )
