"""The file of running approvals."""

from typing import Any

from django import forms

from applications.importing.reading import MOST_BYTES, MOST_ROWS
from postpartum_portal.shared.forms import DadsForm, FileBox

MEGABYTES = MOST_BYTES // 1024 // 1024


class ImportForm(DadsForm):
    show_need = False

    file = forms.FileField(
        label="承認の一覧のファイル",
        help_text=f"ひな形に入れたCSV。{MOST_ROWS:,}行、{MEGABYTES}MBまで。文字はUTF-8でもShift_JISでも読めます。",
        widget=FileBox({"accept": ".csv,text/csv"}, prompt="CSVのファイルを選ぶ"),
        error_messages={"empty": "ファイルの中身がありません。"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"ファイルが{MEGABYTES}MBを超えています。いくつかのファイルに分けてください。")
        return file
