"""Sending a month: what was looked at, and after a return an answer to the municipality."""

from django import forms

from postpartum_portal.shared.forms import DadsForm
from postpartum_portal.shared.forms.text import LinesField


class SendForm(DadsForm):
    """`seen` is `MonthSheet.seen` of the page on which the button was pressed."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)


class AnswerForm(SendForm):
    answer = LinesField(label="市への返事", required=False, limit=200, help_text="直したところを、短く書きます。")
