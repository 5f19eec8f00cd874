"""What is paid at the desk: the use or the fee that is due, and items that were taken beside it."""

from collections.abc import Iterator
from typing import Any

from eligibility import engine
from facilities.forms.centre.amount import YenField
from facilities.forms.citizen.dates import TokenField
from facilities.models import Payment
from facilities.selectors.money_desk import Desk
from facilities.services.paying import Item
from postpartum_portal.shared.forms import DadsForm, LineField

ITEMS = (1, 2, 3)
NOTHING = "受け取った額を入力してください。"


class PayForm(DadsForm):
    """`due` is what the rules say, filled in; where no amount is published, what both agreed on, with its name."""

    show_need = False

    def __init__(self, *args: Any, desk: Desk, label: str, **kwargs: Any) -> None:
        """`label`: 宿泊型 2泊3日."""
        super().__init__(*args, **kwargs)
        self.desk, self.label = desk, label
        if desk.left:
            self._ask_for_due(desk.left)
        if desk.kind == Payment.Kind.USE:
            for place in ITEMS:
                self.fields[f"item_{place}"] = LineField(
                    label=f"品目{place}", limit=40, required=False, help_text="おむつ、食事など。" if place == 1 else ""
                )
                self.fields[f"yen_{place}"] = YenField(label=f"品目{place}の額", required=False)
        self.fields["token"] = TokenField()

    def _ask_for_due(self, left: engine.Amount) -> None:
        fee = self.desk.kind == Payment.Kind.CANCEL_FEE
        name = "取り消しの料金" if fee else "利用料"
        if isinstance(left, engine.Unpublished):
            self.fields["agreed"] = LineField(
                label="何の額か", limit=40, required=False, initial=name, help_text="領収書に、このまま出ます。"
            )
            self.fields["due"] = YenField(
                label=f"{name}として受け取る額",
                required=False,
                help_text="額が公表されていません。決めた額を入力します。",
            )
        else:
            self.fields["due"] = YenField(label=f"{name}として受け取る額", required=False)
            self.fields["due"].initial = int(left)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for place in ITEMS:
            named, yen = cleaned.get(f"item_{place}"), cleaned.get(f"yen_{place}")
            if named and yen is None and f"yen_{place}" not in self.errors:
                self.add_error(f"yen_{place}", "額を入力してください。")
            if yen and not named and f"item_{place}" not in self.errors:
                self.add_error(f"item_{place}", "品目を入力してください。")
        if not self.errors and not self.items():
            self.add_error("due" if "due" in self.fields else "yen_1", NOTHING)
        return cleaned

    def items(self) -> list[Item]:
        """What was paid, the use first."""
        return list(self._items())

    def refuse_more(self, left: int) -> None:
        """More was typed than is still to be paid."""
        said = f"まだ受け取っていない額は{left:,}円です。多くは受け取れません。" if left else "もう受け取っています。"
        self.add_error("due" if "due" in self.fields else None, said)

    def _items(self) -> Iterator[Item]:
        paid = self.cleaned_data
        if (due := paid.get("due")) and self.desk.kind:
            name = paid.get("agreed") or ("取り消しの料金" if self.desk.kind == Payment.Kind.CANCEL_FEE else "利用料")
            yield Item(self.desk.kind, f"{name}({self.label})"[:40], due)
        for place in ITEMS:
            if paid.get(f"item_{place}") and paid.get(f"yen_{place}"):
                yield Item(Payment.Kind.EXTRA, paid[f"item_{place}"], paid[f"yen_{place}"])


class VoidForm(DadsForm):
    show_need = False

    reason = LineField(label="取り消す理由", limit=200, help_text="額の打ちまちがい、など。記録に残ります。")
