"""The shape of a programme file: how often, with which coupons, and what holds for every booking."""

from eligibility import engine
from eligibility.programmes.fields import Code, Flag, Number, Sourced, Strict, Text, key
from eligibility.programmes.schema.choices import Beyond, EachCoupon, PoolScope, UnitKind
from eligibility.programmes.schema.who import LeadEntry
from eligibility.programmes.sentences import Sentence


class PoolEntry(Sourced):
    code: Code = key("コード")
    label: Text = key("枠の名前")
    services: tuple[Code, ...] = key("合わせて数える種類")
    unit: UnitKind = key("数え方")
    limit: Number = key("上限", unit_from="counter unit")
    limit_multiples: Number | None = key("双子など多胎のときの上限", default=None, unit_from="counter unit")
    per: PoolScope = key("何についての上限か", default=engine.PoolScope.BIRTH)
    principle: Flag = key("原則", "「原則」とある上限です。理由を記録して広げられます。", default=False)
    extended_limit: Number | None = key("広げられる上限", default=None, unit_from="counter unit")
    counter: Text = key("数の言い方", "1日を1回と数えるとき 回 と書きます。", default="")
    beyond: Beyond = key("使いきったあと", default=engine.Beyond.REFUSE)


class CouponsEntry(Sourced):
    label: Text = key("クーポンの名前")
    each: EachCoupon = key("1枚で使える分")


class UsesPerDayEntry(Sourced):
    limit: Number = key("1日に使える数", unit="つ")


class LimitEntry(Sourced):
    number: Number = key("数")


class BeforeGrantedEntry(Sourced):
    answer: Sentence = key("お母さんへの答え", "どこで承認や交付を受けるかを書きます。")


class BookingEntry(Strict):
    uses_per_day: UsesPerDayEntry = key("1日に使える数")
    birth_recorded: Sourced | None = key("予約は生まれた日を届け出てから", default=None)
    approved: Sourced = key("予約は承認された種類だけ")
    in_advance: Sourced = key("予約は利用の前に")
    notice: LeadEntry | None = key("何日前までに予約するか", default=None)
    horizon: LimitEntry | None = key("何日先まで予約できるか", default=None)
    open_at_once: LimitEntry | None = key("同時に持てる予約の数", default=None)
    provisional: Sourced | None = key("先に電話で仮予約をする", default=None)
    before_granted: BeforeGrantedEntry | None = key("承認や交付の前でも予約を申し込める", default=None)
