"""The base of every form: plain Japanese errors, no browser validation, a crispy helper, a list of what is wrong."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField
from django.utils.translation import gettext as _

from postpartum_portal.shared import text
from postpartum_portal.shared.words import StrOrPromise

from .anatomy import wrong_id

OF_VALIDATORS = ("invalid", "max_length", "min_length", "max_value", "min_value", "null_characters_not_allowed")
"""Codes of mistakes that no field names among its own, but the checks that it brings along."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the error summary: the id of the box to correct ("" for the form as a whole), label, sentence."""

    target: str
    label: str
    sentence: str

    @property
    def line(self) -> str:
        """`出産予定日 — 4月は30日までです`: the fact; what to do stands at the box. All of it where no box is."""
        if not self.target:
            return self.sentence
        fact = self.sentence.partition("。")[0]
        return f"{self.label} — {fact}" if self.label and self.label not in fact else fact


class DadsForm(forms.Form):
    """A form whose labels, errors and anatomy follow the look.

    `submit_label` is the text of the button that `{% crispy form %}` prints; with "" the page prints its own buttons.
    `show_need` False leaves out ※必須/※任意, for searches and questions that save nothing.
    """

    use_required_attribute = False  # the browser's bubbles speak another language than the page
    submit_label: StrOrPromise = ""
    show_need = True
    template_name = "dads/uni_form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = _helper(self.submit_label)

    def full_clean(self) -> None:
        """Fields that a form adds to itself speak as plainly as those it declares."""
        for field in self.fields.values():
            _speak_plainly(field)
        super().full_clean()


def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """What is wrong in a bound form, in the order of its boxes; errors of the form as a whole come first."""
    whole = [Mistake("", "", str(sentence)) for sentence in form.errors.get(NON_FIELD_ERRORS, [])]
    boxes = [mistake for name in form.fields if name in form.errors for mistake in _mistakes(form[name])]
    return whole + boxes


def _helper(submit_label: StrOrPromise) -> FormHelper:
    helper = FormHelper()
    helper.attrs = {"novalidate": True}
    helper.include_media = False
    if submit_label:
        helper.add_input(Submit("", str(submit_label)))
    return helper


def _mistakes(field: BoundField) -> list[Mistake]:
    return [Mistake(wrong_id(field), str(field.label), str(sentence)) for sentence in field.errors]


def _speak_plainly(field: forms.Field) -> None:
    """Replace Django's stock messages; a message written for this field stays."""
    for code, sentence in _sentences(field).items():
        if field.error_messages.get(code) == _stock_message(field, code):
            field.error_messages[code] = sentence


def _sentences(field: forms.Field) -> dict[str, str]:
    """By the code of a mistake. What stands in a hidden box nobody typed: only a fresh page can put it right."""
    if field.widget.is_hidden:
        return dict.fromkeys(
            (*field.error_messages, *OF_VALIDATORS), _("ページを開き直して、もういちど送ってください。")
        )
    label = str(field.label or _("この欄")).replace("%", "%%")
    said = {code: sentence % {"label": label} for code, sentence in _asks(field).items()}
    return said | {
        "null_characters_not_allowed": text.explain_forbidden("\0"),
        "max_value": _("%(limit_value)sまでの数字を入力してください。"),
        "min_value": _("%(limit_value)sからの数字を入力してください。"),
    }


def _asks(field: forms.Field) -> dict[str, str]:
    again = _("%(label)sを確かめて、入れ直してください。")
    if isinstance(field, forms.BooleanField):
        return {"required": _("「%(label)s」を読んで、印をつけてください。")}
    if isinstance(field, forms.FileField):
        wrong = dict.fromkeys(
            ("invalid", "missing", "empty", "max_length"), _("%(label)sのファイルを選び直してください。")
        )
        return {"required": _("%(label)sを添えてください。"), **wrong}
    if isinstance(field, forms.ChoiceField):
        wrong = dict.fromkeys(
            ("invalid_choice", "invalid_list", "invalid_pk_value"), _("%(label)sを選び直してください。")
        )
        return {"required": _("%(label)sを選んでください。"), **wrong}
    shorter = _("%(label)sは%%(limit_value)d字までにしてください。いまは%%(show_value)d字です。")
    return {"required": _("%(label)sを入力してください。"), "invalid": again, "max_length": shorter}


def _stock_message(field: forms.Field, code: str) -> object:
    for cls in type(field).__mro__:
        messages: dict[str, object] = getattr(cls, "default_error_messages", {})
        if code in messages:
            return messages[code]
    return None
