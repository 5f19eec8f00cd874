"""What is paid at the desk: the use and the fees that are due, and items that were taken beside them."""

from collections.abc import Iterator
from typing import Any

from eligibility import engine
from facilities.forms.centre.amount import YenField
from facilities.forms.citizen.dates import TokenField
from facilities.models import Payment
from facilities.selectors.money_desk import Desk, Due
from facilities.services.paying import Item
from postpartum_portal.shared.forms import DadsForm, LineField

ITEMS = (1, 2, 3)
NOTHING = "受け取った額を入力してください。"


class PayForm(DadsForm):
    """What is due of each kind is filled in; where no amount is published, what both agreed on, with its name."""

    show_need = False

    def __init__(self, *args: Any, desk: Desk, label: str, **kwargs: Any) -> None:
        """`label`: 宿泊型 2泊3日."""
        super().__init__(*args, **kwargs)
        self.label = label
        self.kinds = [due.kind for due in desk.dues if due.left]
        for due in desk.dues:
            if due.left:
                self._ask_for(due)
        if desk.takes_items:
            for place in ITEMS:
                self.fields[f"item_{place}"] = LineField(
                    label=f"品目{place}", limit=40, required=False, help_text="おむつ、食事など。" if place == 1 else ""
                )
                self.fields[f"yen_{place}"] = YenField(label=f"品目{place}の額", required=False)
        self.asks = bool(self.fields)
        self.fields["token"] = TokenField()

    def _ask_for(self, due: Due) -> None:
        name = due.kind.label
        amount = YenField(label=f"{name}として受け取る額", required=False)
        if isinstance(due.left, engine.Unpublished):
            self.fields[f"{due.kind}_name"] = LineField(
                label=f"{name}の、領収書に出る名前", limit=40, required=False, initial=name
            )
            amount.help_text = "額が公表されていません。決めた額を入力します。"
        else:
            amount.initial = int(due.left)
        self.fields[due.kind.value] = amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for place in ITEMS:
            named, yen = cleaned.get(f"item_{place}"), cleaned.get(f"yen_{place}")
            if named and not yen and f"yen_{place}" not in self.errors:
                self.add_error(f"yen_{place}", "額を入力してください。")
            if yen and not named and f"item_{place}" not in self.errors:
                self.add_error(f"item_{place}", "品目を入力してください。")
        if not self.errors and not self.items():
            self.add_error(next((name for name in (*self.kinds, "yen_1") if name in self.fields), None), NOTHING)
        return cleaned

    def items(self) -> list[Item]:
        """What was paid, the use first."""
        return list(self._items())

    def refuse_more(self, left: int, kind: Payment.Kind) -> None:
        """More was typed than is still to be paid."""
        said = f"まだ受け取っていない額は{left:,}円です。多くは受け取れません。" if left else "もう受け取っています。"
        self.add_error(kind if kind in self.fields else None, said)

    def _items(self) -> Iterator[Item]:
        paid = self.cleaned_data
        for kind in self.kinds:
            if yen := paid.get(kind):
                name = paid.get(f"{kind}_name") or kind.label
                yield Item(kind, f"{name}({self.label})"[:40], yen)
        for place in ITEMS:
            if paid.get(f"item_{place}") and paid.get(f"yen_{place}"):
                yield Item(Payment.Kind.EXTRA, paid[f"item_{place}"], paid[f"yen_{place}"])


class VoidForm(DadsForm):
    show_need = False

    reason = LineField(label="取り消す理由", limit=200, help_text="額の打ちまちがい、など。記録に残ります。")
