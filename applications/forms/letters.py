"""What staff fill in about letters: what to look for, when they were posted and arrived, why one is void."""

import datetime as dt
from typing import Any

from django import forms

from applications.models import Letter
from applications.selectors.letters import STATES, Sought, years
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField

AS_IT_WAS, ANEW = "as_it_was", "anew"


class FindLettersForm(DadsForm):
    """The register's filter; what is not understood asks for all."""

    show_need = False

    state = forms.ChoiceField(
        label="状態", choices=[(code, label) for code, (label, _) in STATES.items()], required=False
    )
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label="種類", choices=[("", "すべて"), *Letter.Kind.choices], required=False)
    q = LineField(label="番号・氏名・かな", limit=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", "すべて"),
            *((str(year), f"{wareki.era_year(dt.date(year, 4, 1))}度") for year in years()),
        ]

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self["year"], self["kind"]]

    @property
    def sought(self) -> Sought:
        self.is_valid()
        said = self.cleaned_data
        return Sought(said.get("state", ""), said.get("year"), said.get("kind", ""), said.get("q", ""))


class PostedForm(DadsForm):
    """When letters were posted, and when they are taken to have arrived."""

    show_need = False

    posted_on = DateBoxesField(label="郵送した日")
    arrives_on = DateBoxesField(
        label="届いたとみなす日",
        help_text="決めているときだけ入れます。審査請求の期間は、この日の翌日から数えます。あとから、届いた日に直せます。",
        required=False,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"posted_on": today}, **kwargs)


class DeliveredForm(DadsForm):
    """When one letter reached her on paper, and how that is known."""

    show_need = False

    delivered_on = DateBoxesField(label="届いた日")
    delivery = forms.ChoiceField(label="どのように", choices=Letter.Delivery.choices, widget=ChoiceCards)


class SpoiledForm(DadsForm):
    """Why a letter is void."""

    show_need = False

    reason = LineField(label="無効にする理由", help_text="台帳に残り、本人にも見えます。", limit=200)


class ReissueForm(SpoiledForm):
    """Why, and what the letter in its place says."""

    text = forms.ChoiceField(
        label="新しい手紙の文",
        choices=[
            (AS_IT_WAS, "前の手紙のとおり(番号だけが変わります)"),
            (ANEW, "いまの記録で作りなおす(氏名や住所を直したとき)"),
        ],
        widget=ChoiceCards,
        initial=AS_IT_WAS,
    )

    field_order = ("text", "reason")
