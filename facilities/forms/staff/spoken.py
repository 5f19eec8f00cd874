"""番号で探す: the digits that a mother reads out from her screen."""

from typing import Any

from facilities.forms.code import CodeField
from postpartum_portal.shared.forms import DadsForm


class SpokenForm(DadsForm):
    show_need = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(
            label="電話で聞いた番号", help_text="申しこみのすぐあと、お母さんの画面に出る6けたです。"
        )
