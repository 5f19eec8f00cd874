"""The settings of a municipality as its deciders type them, and the reason for a change."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from PIL import Image

from applications.public import seal_png
from eligibility.public import Municipality, Settings
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, FileBox, LineField, WholeNumberField
from postpartum_portal.shared.glyphs import missing_glyphs, name_characters
from postpartum_portal.shared.uploads import Kind, UploadRefused, read_upload

MOST_KILOBYTES = 2_000
LAST_REMINDER_DAY = 28
"""The last day that every month has."""
SQUARE_WITHIN = 0.1
"""How much longer one side of a seal's picture may be than the other: it is cut by hand."""


class PrintedField(LineField):
    """What letters print: each character must be in a letter's fonts."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if missing := missing_glyphs(typed):
            raise ValidationError(f"手紙に印刷できない文字があります。{name_characters(missing)}を直してください。")
        return typed


class SettingsForm(DadsForm):
    """`chosen`: the settings that a valid form asks for."""

    show_need = False

    mayor_name = PrintedField(
        label="長の氏名", help_text="手紙の差出人です。空欄なら、名前なしで出ます。", limit=60, required=False
    )
    legal_basis = PrintedField(
        label="根拠の条文", help_text="手紙の初めの文に「(条文)の規定」と入ります。", limit=120, required=False
    )
    letter_number_format = PrintedField(
        label="文書番号の形",
        help_text="{year} に年度、{number} に番号が入ります。例 {year}小健母第{number}号 → 8小健母第123号",
        limit=60,
    )
    seal = forms.ChoiceField(label="公印", choices=Municipality.Seal.choices, widget=ChoiceCards)
    seal_image = forms.FileField(
        label="公印の画像",
        help_text=f"正方形のPNGかJPEG、{MOST_KILOBYTES // 1000}MBまで。いまの画像のままなら、選びません。",
        widget=FileBox({"accept": "image/png,image/jpeg"}, prompt="公印の画像を選ぶ"),
        required=False,
    )
    separate_decider = forms.BooleanField(label="聞き取りをした人とは別の人が決定する", required=False)
    month_end_day = WholeNumberField(
        label="月の実績を知らせる日",
        help_text="前の月の実績を送っていない施設に、この日の朝、メールで知らせます。空欄なら、知らせません。",
        lowest=1,
        highest=LAST_REMINDER_DAY,
        unit="日",
        required=False,
    )
    reason = LineField(label="変える理由", help_text="例 市長の交代(令和8年11月22日)", limit=200)

    def __init__(self, data: Any = None, files: Any = None, *, standing: Settings) -> None:
        self.standing = standing
        self.image: bytes | None = None
        names = ("mayor_name", "legal_basis", "letter_number_format", "seal", "separate_decider", "month_end_day")
        super().__init__(data, files, initial={name: getattr(standing, name) for name in names})

    def clean_letter_number_format(self) -> str:
        typed: str = self.cleaned_data["letter_number_format"]
        rest = typed.replace("{year}", "", 1).replace("{number}", "", 1)
        if "{year}" not in typed or "{number}" not in typed or {"{", "}"} & set(rest):
            raise ValidationError("{year} と {number} を、1回ずつ入れてください。ほかに { } は使えません。")
        return typed

    def clean_seal_image(self) -> Any:
        uploaded = self.cleaned_data["seal_image"]
        if uploaded:
            self.image = _seal(uploaded.read(MOST_KILOBYTES * 1000 + 1))
        return uploaded

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_image = self.image or self.standing.seal_image
        if cleaned.get("seal") == Municipality.Seal.IMAGE and not has_image and "seal_image" not in self.errors:
            self.add_error("seal_image", "公印の画像がありません。画像を選ぶか、（公印省略）にしてください。")
        return cleaned

    @property
    def chosen(self) -> Settings:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "seal_image")}
        return replace(self.standing, **said, seal_image=self.image or self.standing.seal_image)


def _seal(data: bytes) -> bytes:
    """The picture as letters carry it: decoded in a process of its own, drawn anew."""
    if len(data) > MOST_KILOBYTES * 1000:
        raise ValidationError(f"画像は{MOST_KILOBYTES // 1000}MBまでです。小さくしてから選んでください。")
    try:
        read = read_upload(data)
    except UploadRefused as refused:
        raise ValidationError(str(refused)) from None
    if read.kind is Kind.PDF:
        raise ValidationError("公印は、PNGかJPEGの画像にしてください。")
    with Image.open(BytesIO(read.pages[0]), formats=["JPEG"]) as page:
        short, long = sorted(page.size)
    if long - short > long * SQUARE_WITHIN:
        raise ValidationError("公印の画像は、正方形に切りとってください。")
    return seal_png(read.pages[0])
