"""Uploading a draft of the programme, and the day from which it shall hold."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from eligibility.public import MAX_KILOBYTES, Unreadable, readable
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, FileBox


class UploadForm(DadsForm):
    """A file in; `text` out."""

    submit_label = "案として出す"
    file = forms.FileField(
        label="きまりのファイル",
        help_text=f".yaml で終わる名前のファイル、{MAX_KILOBYTES}KBまで。",
        widget=FileBox({"accept": ".yaml,.yml"}, prompt="きまりのファイルを選ぶ"),
        error_messages={"empty": "ファイルの中身がありません。"},
    )
    text = ""

    def clean_file(self) -> "UploadedFile[bytes]":
        uploaded: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            # One byte more than is allowed tells that there is more.
            self.text = readable(uploaded.read(MAX_KILOBYTES * 1024 + 1))
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from None
        return uploaded


class PublishForm(DadsForm):
    """From which day."""

    effective_from = DateBoxesField(label="いつから", help_text="この日からの利用に、新しいきまりを使います。")

    def __init__(self, data: Mapping[str, Any] | None = None, *, earliest: dt.date) -> None:
        super().__init__(data, initial={"effective_from": earliest})
