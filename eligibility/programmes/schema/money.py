"""The shape of a programme file: prices, reductions, and what a cancellation costs."""

from eligibility import engine
from eligibility.programmes.fields import Clock, Code, Count, Flag, Number, Percent, Sourced, Strict, Text, key
from eligibility.programmes.schema.amounts import AmountEntry, WhoKnows
from eligibility.programmes.schema.choices import Counts, DaysOrUses, FeeKind, Per, ReductionKind
from eligibility.programmes.sentences import Sentence


class FirstUnitsEntry(Strict):
    units: Number = key("初めのいくつ分か", "1泊2日で1つの額なら、日を数えて 2 です。")
    amount: AmountEntry = key("合わせた額", unit="円")


class FurtherChildEntry(Sourced):
    amount: AmountEntry = key("1人につき足す額", unit="円")


class ExtraEntry(Sourced):
    label: Text = key("名前", "交通費、食事代など。")
    per: Per = key("何につき")
    amount: AmountEntry = key("額", unit="円")
    reducible: Flag = key("減免で下がる", default=False)


class ShareEntry(Sourced):
    label: Text = key("名前")
    amount: AmountEntry = key("市の負担", "施設の料金から引く額です。", unit="円")


class PriceEntry(Sourced):
    per: Per = key("何につき")
    amount: AmountEntry = key("額", "お母さんが払う額です。", unit="円")
    first: FirstUnitsEntry | None = key(
        "初めの分の料金", "初めの何日かで1つの額、その後は1日ごとの額、のようなときです。", default=None
    )
    further_child: FurtherChildEntry | None = key("2人目からの子ども", default=None)
    extras: tuple[ExtraEntry, ...] = key("別にかかる料金", default=())
    share: ShareEntry | None = key("市の負担", "料金を施設が決め、市が一部を負担するときです。", default=None)
    beyond_limit: AmountEntry | None = key("上限を超えたときの額", default=None, unit="円")
    tax_note: Text = key("税の書き方", "ページに「税抜」とあるとき。", default="")


class FirstUsesEntry(Strict):
    number: Number = key("初めの何回まで", unit="回")
    unit: DaysOrUses = key("1回の数え方")
    over: tuple[Code, ...] = key("合わせて数える種類")
    late_cancelled_count: Flag = key("期限後の取り消しも数える", default=False)


class ReductionEntry(Sourced):
    code: Code = key("コード")
    label: Text = key("減免の名前")
    kind: ReductionKind = key("減免のしかた")
    classes: tuple[Code, ...] = key("対象の区分")
    services: tuple[Code, ...] = key("対象の種類")
    amount: AmountEntry | None = key("額", default=None, unit="円")
    percent: Percent | None = key("割合", default=None, unit="%")
    round_to: Number | None = key("端数の切り捨て", "10 なら、10円より下を切り捨てます。", default=None, unit="円")
    first: FirstUsesEntry | None = key("回数のかぎり", default=None)


class DeadlineEntry(Sourced):
    days_before: Count = key("利用の初めの日の何日前か", unit="日前")
    at: Clock | None = key("時刻", "書かなければ、その日いっぱいです。", default=None)
    inclusive: Flag | None = key(
        "その時刻を含む",
        "時刻を書くときに書きます。「まで」「を過ぎて」は はい、「以降」は いいえ です。",
        default=None,
    )
    working: Flag = key("開庁日で数える", default=False)


class FeeEntry(Sourced):
    label: Text = key("費用の名前")
    kind: FeeKind = key("費用の決め方", default=engine.FeeKind.PER_USE)
    amount: AmountEntry | None = key("額", default=None, unit="円")
    amount_multiples: AmountEntry | None = key("双子など多胎のときの額", default=None, unit="円")
    percent: Percent | None = key("割合", default=None, unit="%")
    except_classes: tuple[Code, ...] = key("払わなくてよい区分", default=())


class OutcomeEntry(Sourced):
    counts: Counts = key("利用したものと数えるか")
    units: Number | None = key("いくつ数えるか", default=None)
    fee: FeeEntry | None = key("費用", default=None)


class TierEntry(OutcomeEntry):
    deadline: DeadlineEntry = key("期限", "この時を過ぎると、上のとおりになります。")


class CancellationEntry(Strict):
    text: Sentence = key("ページの文")
    letter: Text = key("通知書の文")
    contact: Text = key("連絡先")
    tiers: tuple[TierEntry, ...] = key("期限と結果", "早い期限から順に書きます。", default=())
    unpublished: Text = key(
        "公表されていないこと", "きまりが公表されていないとき、かわりに見せる言葉です。", default=""
    )
    who_knows: WhoKnows | None = key("わかるところ", default=None)
    source: Text = key("きまりの文", default="")
    reading: Text = key("読み方", default="")
    no_show: OutcomeEntry = key("連絡なく来ないとき")
