"""Fields for words and numbers. What may be typed, and which spellings mean the same, is `shared.text`'s to say."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum_portal.shared import text
from postpartum_portal.shared.words import StrOrPromise

_HIRAGANA = str.maketrans({chr(code + 0x60): chr(code) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)})
_READING = re.compile(r"[\u3041-\u3096\u309d\u309eー・ ]+")


class LineField(forms.CharField):
    """One line of free text, stored as typed but for outer spaces; characters nobody can see are refused.

    `limit` counts characters. It is checked on the server only: `maxlength` would cut what is pasted in silence.
    """

    lines = False

    def __init__(self, *, limit: int = 200, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        # Django's own sentence for NUL says 何か文字を入力してください; `clean` names the character instead.
        self.validators = [check for check in self.validators if not isinstance(check, ProhibitNullCharactersValidator)]

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if found := text.find_forbidden(typed, lines=self.lines):
            raise ValidationError(text.explain_forbidden(found), code="forbidden")
        if len(typed) > self.limit:
            raise ValidationError(
                _("%(limit)s字までにしてください。いまは%(number)s字です。")
                % {"limit": f"{self.limit:,}", "number": f"{len(typed):,}"},
                code="limit",
            )
        return typed


class LinesField(LineField):
    """Several lines of free text; the limit stands in the support text."""

    lines = True
    widget = forms.Textarea

    def __init__(self, *, limit: int = 1000, help_text: StrOrPromise = "", **kwargs: Any) -> None:
        super().__init__(
            limit=limit,
            help_text=format_lazy(gettext_lazy("{help_text}{limit}字まで。"), help_text=help_text, limit=f"{limit:,}"),
            **kwargs,
        )
        self.widget.attrs.pop("cols", None)  # the width is the column's
        self.widget.attrs["rows"] = 4

    def clean(self, value: Any) -> str:
        return super().clean(str(value).replace("\r\n", "\n") if value else value)


class NameField(LineField):
    """A person's name exactly as typed: 髙, 﨑, 𠮷 and ideographic variants are never folded."""

    def __init__(self, *, limit: int = 60, autocomplete: str = "name", **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)
        self.widget.attrs.setdefault("autocomplete", autocomplete)


class KanaField(LineField):
    """The reading of a name; katakana, half width or not, becomes hiragana: `ﾀｶﾊｼ　ミサキ` → `たかはし みさき`."""

    def __init__(self, *, limit: int = 60, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("ひらがなでもカタカナでも入ります。"))
        super().__init__(limit=limit, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        reading = text.fold_kana(typed).translate(_HIRAGANA)
        if reading and not _READING.fullmatch(reading):
            raise ValidationError(_("ひらがなかカタカナだけで入力してください。"), code="kana")
        return reading


class WholeNumberField(forms.Field):
    """A small count such as the people of a household, typed in digits of any width; `unit` stands behind the box."""

    widget = forms.TextInput

    def __init__(self, *, lowest: int = 0, highest: int, unit: StrOrPromise = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lowest, self.highest, self.unit = lowest, highest, unit
        self.widget.attrs.update(inputmode="numeric", autocomplete="off")
        self.widget.attrs.setdefault("class", "w2")

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        plain = text.fold(str(value)).removesuffix(str(self.unit)).strip()
        if not plain:
            return None
        if not re.fullmatch("[0-9]{1,6}", plain) or not self.lowest <= int(plain) <= self.highest:
            raise ValidationError(
                _("%(lowest)sから%(highest)sまでの数字で入力してください。")
                % {"lowest": self.lowest, "highest": f"{self.highest:,}"},
                code="range",
            )
        return int(plain)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, self.to_python(data))
        except ValidationError:
            return True
