"""The shape of a programme file: what may be used, in which hours and at which length."""

from eligibility.programmes.fields import Clock, Code, Flag, MonthDay, Number, Sourced, Strict, Text, key
from eligibility.programmes.schema.choices import ArrangedBy, ServiceKind
from eligibility.programmes.schema.money import CancellationEntry, PriceEntry
from eligibility.programmes.schema.who import (
    AFTER_LOSS,
    AFTER_LOSS_ABOUT,
    AgeLimitEntry,
    AskBeyondEntry,
    FamiliesEntry,
)
from eligibility.programmes.sentences import Sentence


class HoursEntry(Sourced):
    opens: Clock | None = key("始まり", default=None)
    closes: Clock | None = key("終わり", default=None)
    text: Sentence = key("時間の書き方")
    principle: Flag = key("原則", "「原則」とある時間です。外れるときも断らずに確かめます。", default=False)


class DurationEntry(Sourced):
    hours: Number | None = key("1回の長さ", default=None, unit="時間まで")
    hours_multiples: Number | None = key("双子など多胎のときの長さ", default=None, unit="時間まで")
    minutes: Number | None = key("1回の長さ(分)", default=None, unit="分まで")
    minutes_multiples: Number | None = key("双子など多胎のときの長さ(分)", default=None, unit="分まで")


class LengthEntry(Sourced):
    shortest: Number = key("いちばん短い利用", "初めの日と最後の日を入れて数えます。", unit="日")
    longest: Number | None = key("いちばん長い利用", default=None, unit="日")


class ClosedEntry(Sourced):
    label: Text = key("休みの名前")
    first: MonthDay = key("初めの日")
    last: MonthDay = key("終わりの日")


class ServiceAfterLossEntry(Strict):
    summary: Text = key("ひとこと", default="")
    care: tuple[Text, ...] = key("ケアの内容", default=())
    notes: tuple[Text, ...] = key("注意", default=())


class ServiceEntry(Strict):
    code: Code = key("コード")
    label: Text = key("名前")
    short_label: Text = key("短い名前")
    kind: ServiceKind = key("使い方")
    arranged_by: ArrangedBy = key("予約のしかた")
    summary: Sentence = key("ひとこと")
    care: tuple[Sentence, ...] = key("ケアの内容")
    notes: tuple[Sentence, ...] = key("注意", default=())
    after_loss: ServiceAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)
    families: FamiliesEntry | None = key("使える方", "書かなければ、全体のきまりのとおりです。", default=None)
    age_limit: AgeLimitEntry | None = key("年齢", "書かなければ、全体のきまりのとおりです。", default=None)
    ask_beyond: AskBeyondEntry | None = key("施設に聞く年齢", default=None)
    hours: HoursEntry = key("時間")
    duration: DurationEntry | None = key("1回の長さ", default=None)
    length: LengthEntry | None = key("日数", default=None)
    price: PriceEntry = key("料金")
    closed: tuple[ClosedEntry, ...] = key("休み", default=())
    not_on_vaccination_day: Sourced | None = key("予防接種の日は使えない", default=None)
    preparatory_visit: Sourced | None = key(
        "事前訪問", "初めに訪問して日時と内容を決めます。回数にも料金にも数えません。", default=None
    )
    cancellation: CancellationEntry = key("取り消し")
