"""What she says on the phone, question by question in the order of the script."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from applications.forms.apply.handbook import LONGEST_AGO
from applications.models import Application, Hearing
from applications.selectors.answers import after_loss, circumstances
from applications.selectors.handbook import GIVEN_ON, handbook_words
from applications.selectors.hearing import OWN_FIELDS, script_of, stands
from eligibility import engine
from postpartum_portal.shared import clock
from postpartum_portal.shared.forms import (
    ChoiceCards,
    DadsForm,
    DateBoxesField,
    LineField,
    LinesField,
    MappingField,
    WholeNumberField,
)

WRITTEN = {True: "はい", False: "いいえ", None: "わからない"}
YES_NO = {"yes": True, "no": False, "unsure": "unsure"}
YES_NO_WORDS = (("yes", "はい"), ("no", "いいえ"), ("unsure", "わからない"))
PAGE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A box with what is done next after some of its answers; `after` says which."""

    field: BoundField
    after: str = ""
    then: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class AskedGroup:
    title: str
    questions: tuple[Asked, ...]


class HearingForm(DadsForm):
    """Her consent, the questions of the programme's script, and what else she says. Any part may be missing.

    A circumstance shows beside it what she wrote when she applied; it counts until she says otherwise on the phone.
    `page` and `stood` tell a colleague's answers from those that this page has shown.
    """

    show_need = False
    consent = forms.BooleanField(label="本人と確かめ、同意を得た", required=False)
    page = forms.RegexField(r"^[\w-]{12}$", required=False, widget=forms.HiddenInput)
    stood = MappingField()

    def __init__(
        self, *args: Any, application: Application, terms: engine.Terms, hearing: Hearing | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.script = script_of(application, terms)
        written = circumstances(application, terms)
        for question in self.script.questions:
            self.fields[question.code] = _box(question, written.get(question.code))
        if terms.application.handbook and not after_loss(application):
            self.fields[GIVEN_ON] = _handbook_day(handbook_words(application))
        self.fields["note"] = LinesField(label="聞いたこと", limit=2000, required=False)
        self.fields["grounds"] = LinesField(
            label="決定への申し送り", help_text="決定する人が読みます。手紙には載りません。", limit=3000, required=False
        )
        shown = {name: stands(hearing, name) for name in self._answers()} if hearing else {}
        self.initial = {name: _as_initial(answer) for name, answer in shown.items()}
        self.initial |= {"page": secrets.token_urlsafe(PAGE_LENGTH * 3 // 4), "stood": shown}

    @property
    def answers(self) -> dict[str, Any]:
        """Consent, note and what the script asks, as `save_hearing` takes them."""
        return {name: self.cleaned_data[name] for name in self._answers()}

    @property
    def groups(self) -> Iterator[AskedGroup]:
        for group in self.script.groups:
            yield AskedGroup(group.title, tuple(_asked(self[item.code], item) for item in group.questions))

    @property
    def before_groups(self) -> list[BoundField]:
        return [self[name] for name in ("page", "stood", "consent")]

    @property
    def after_groups(self) -> list[BoundField]:
        return [self[name] for name in (GIVEN_ON, "note", "grounds") if name in self.fields]

    def clean_stood(self) -> dict[str, Any]:
        """What is no mapping has seen nothing."""
        return self.cleaned_data["stood"] or {}

    def _answers(self) -> list[str]:
        asked = [question.code for question in self.script.questions]
        return [name for name in (*OWN_FIELDS, *asked, GIVEN_ON) if name in self.fields]


def _box(question: engine.ScreeningQuestion, written: bool | None) -> forms.Field:
    hint = f"{question.purpose.removesuffix('。')}。"
    if question.judged:
        hint += f"申請では「{WRITTEN[written]}」"
    words: dict[str, Any] = {"label": question.text, "help_text": hint, "required": False}
    match question.kind:
        case engine.AnswerKind.TEXT:
            return LineField(limit=300, **words)
        case engine.AnswerKind.NUMBER:
            return WholeNumberField(highest=question.most, **words)
        case engine.AnswerKind.CHOICE:
            return forms.TypedChoiceField(
                choices=question.choices, empty_value=None, widget=ChoiceCards(layout="duo"), **words
            )
    choices = YES_NO_WORDS[:2] if question.judged else YES_NO_WORDS  # the rules wait for a yes or a no
    return forms.TypedChoiceField(
        choices=choices, coerce=YES_NO.__getitem__, empty_value=None, widget=ChoiceCards(layout="duo"), **words
    )


def _asked(field: BoundField, question: engine.ScreeningQuestion) -> Asked:
    follow_up = question.follow_up
    if follow_up is None:
        return Asked(field)
    names = dict(question.choices or YES_NO_WORDS)
    after = "、".join(f"「{names[code]}」" for code in follow_up.when) or f"{follow_up.at_least}以上"
    return Asked(field, after, follow_up.text, follow_up.urgent)


def _handbook_day(written: str) -> DateBoxesField:
    today = clock.today()
    return DateBoxesField(
        label="母子健康手帳の交付日",
        help_text=f"申請では「{written}」。わかったとき、違うときに入れます。",
        required=False,
        not_before=today - LONGEST_AGO,
        not_after=today,
    )


def _as_initial(answer: Any) -> Any:
    """はい and いいえ by the values of their boxes; all else stands as it is kept."""
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else answer
