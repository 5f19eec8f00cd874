"""Years for which records are kept, as a decider types them; and a mother's demand to be forgotten."""

from dataclasses import replace
from typing import Any

from eligibility.engine import RECORDS, Keeping, Record
from eligibility.public import LONGEST_KEPT, Settings
from postpartum_portal.shared.forms import DadsForm, LineField, WholeNumberField


class YearsForm(DadsForm):
    """A box for each record of which the programme file says nothing. `chosen`: the settings that it asks for."""

    def __init__(self, data: Any = None, *, standing: Settings, published: dict[Record, Keeping]) -> None:
        self.standing = standing
        self.open = [record for record in RECORDS if record not in published]
        super().__init__(data, initial=dict(standing.retention))
        for record in self.open:
            self.fields[record.value] = WholeNumberField(
                label=RECORDS[record], lowest=1, highest=LONGEST_KEPT, unit="年", required=False
            )
        self.fields["reason"] = LineField(label="変える理由", help_text="例 文書管理規程 別表のとおり", limit=200)

    @property
    def chosen(self) -> Settings:
        said = {record.value: self.cleaned_data.get(record.value) for record in self.open}
        kept = {**self.standing.retention, **said}
        return replace(self.standing, retention={record: years for record, years in sorted(kept.items()) if years})


class DemandForm(DadsForm):
    show_need = False

    reason = LineField(
        label="本人と確かめた方法と、頼まれた日",
        help_text="例 窓口で運転免許証を確認(令和8年11月22日)。名前は書きません。",
        limit=200,
    )


class NumberForm(DadsForm):
    show_need = False

    number = LineField(label="受付番号", help_text="例 R8-0001", limit=20)
