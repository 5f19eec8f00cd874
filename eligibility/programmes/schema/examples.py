"""The shape of an example: a question and its answer in the office's words; `evaluate` reads such questions too."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from eligibility.engine import AgeUnit
from eligibility.programmes.fields import Code, Day, Number, Strict, Text, Whole

NOT_PUBLISHED = "公表されていません"
NOT_YET = "まだ"
YES, NO, ASK = "はい", "いいえ", "確かめる"


def _money(value: object) -> str:
    text = str(value)
    if text != NOT_PUBLISHED and not (text.isascii() and text.removeprefix("-").isdecimal()):
        raise ValueError(f"円の額を半角の数字(例: 5000、引く額は -2500)か、{NOT_PUBLISHED} で書いてください。")
    return text


def _issued(value: object) -> date | str:
    try:
        return NOT_YET if value == NOT_YET else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"日付を 2026-03-31 の形で、まだのときは {NOT_YET} と書いてください。") from None


def _shape(value: object) -> str:
    return "[each]" if isinstance(value, dict) else "[all]"


Issued = Annotated[date | str, BeforeValidator(_issued), WithJsonSchema({"type": "string"})]
"""A day, or `まだ`."""
Money = Annotated[str, BeforeValidator(_money), WithJsonSchema({"type": ["integer", "string"]})]
YesNo = Literal["はい", "いいえ"]
YesNoAsk = Literal["はい", "いいえ", "確かめる"]
EachText: TypeAlias = Annotated[
    Annotated[Text, Tag("[all]")] | Annotated[dict[Text, Text], Tag("[each]")], Discriminator(_shape)
]
"""One for all services, or one for each that is named."""
EachYesNoAsk: TypeAlias = Annotated[
    Annotated[YesNoAsk, Tag("[all]")] | Annotated[dict[Text, YesNoAsk], Tag("[each]")], Discriminator(_shape)
]


class CertificateEntry(Strict):
    """A certificate that is handed in and complete."""

    name: Text = Field(alias="名前")
    fiscal_year: Number | None = Field(default=None, alias="年度")
    since: Day | None = Field(default=None, alias="出した日")


class HeldClassEntry(Strict):
    """A class of the household from a day to a day, both included."""

    household: Text = Field(alias="世帯")
    starts: Day | None = Field(default=None, alias="から")
    ends: Day | None = Field(default=None, alias="まで")


class GivenEntry(Strict):
    """The household."""

    due_date: Day | None = Field(default=None, alias="予定日")
    birth_date: Day | None = Field(default=None, alias="生まれた日")
    children: Number = Field(default=1, alias="子どもの人数")
    household: Text = Field(default="", alias="世帯")
    households: tuple[HeldClassEntry, ...] = Field(default=(), alias="世帯の移り変わり")
    income: Whole | None = Field(default=None, alias="所得")
    family: Literal["母子", "父子", "里親", "流産・死産"] = Field(default="母子", alias="家庭")
    told: dict[Code, Literal["はい", "いいえ", "わからない"]] = Field(default={}, alias="ようす")
    certificates: tuple[CertificateEntry, ...] | None = Field(default=None, alias="証明書")
    corrected: YesNo | None = Field(default=None, alias="修正月齢を認める")
    handbook: Issued | None = Field(default=None, alias="手帳の交付日")


class AgeEntry(Strict):
    under: Number
    unit: AgeUnit


class PlaceEntry(Strict):
    """The facility, as far as the question hangs on it."""

    name: Text = Field(alias="名前")
    age: AgeEntry | None = Field(default=None, alias="年齢")
    multiples: YesNo | None = Field(default=None, alias="双子")
    siblings: YesNo | None = Field(default=None, alias="きょうだい")
    amounts: dict[Text, Whole] = Field(default={}, alias="額")


class CancelEntry(Strict):
    use: Text = Field(alias="予約")
    contact: Text = Field(alias="連絡")


class QuestionEntry(Strict):
    """A question; without 判定, 予約, 取り消し and 来なかった: from when may she apply, until when may she use what?"""

    number: Text = Field(default="", alias="番号")
    scene: Text = Field(default="", alias="場面")
    given: GivenEntry = Field(default=GivenEntry(), alias="前提")
    today: Day | None = Field(default=None, alias="きょう")
    applied_on: Day | None = Field(default=None, alias="申請した日")
    granted: tuple[Text, ...] | None = Field(default=None, alias="認められた種類")
    limits: dict[Code, Number] = Field(default={}, alias="認められた回数")
    place: PlaceEntry | None = Field(default=None, alias="施設")
    vaccinations: tuple[Day, ...] = Field(default=(), alias="予防接種の日")
    siblings: YesNo = Field(default="いいえ", alias="きょうだいも来る")
    attended: tuple[Text, ...] = Field(default=(), alias="利用ずみ")
    booked: tuple[Text, ...] = Field(default=(), alias="予約ずみ")
    counted: tuple[Text, ...] = Field(default=(), alias="期限後に取り消した")
    judge: Day | None = Field(default=None, alias="判定")
    plan: Text = Field(default="", alias="予約")
    cancel: CancelEntry | None = Field(default=None, alias="取り消し")
    no_show: Text = Field(default="", alias="来なかった")


class AnswerEntry(Strict):
    """What the office expects. Only what is written is compared."""

    opens_on: Text = Field(default="", alias="申請できる日")
    arithmetic: EachText = Field(default="", alias="算式")
    last_day: EachText = Field(default="", alias="最後の日")
    usable: EachYesNoAsk | None = Field(default=None, alias="使える")
    to_apply: YesNoAsk | None = Field(default=None, alias="申請が要る")
    certificates: tuple[Text, ...] = Field(default=(), alias="証明書")
    allowed: YesNoAsk | None = Field(default=None, alias="予約できる")
    grantable: YesNo | None = Field(default=None, alias="理由を記録すれば認められる")
    refusals: dict[Text, Text] = Field(default={}, alias="理由")
    asks: dict[Text, Text] = Field(default={}, alias="確かめること")
    price: Money = Field(default="", alias="料金")
    lines: tuple[Money, ...] = Field(default=(), alias="内訳")
    other_prices: dict[Text, Money] = Field(default={}, alias="ほかの予約の料金")
    total: Money = Field(default="", alias="合計")
    left: dict[Code, Whole] = Field(default={}, alias="のこり")
    deadline: Text = Field(default="", alias="期限")
    in_time: Literal["はい", "いいえ", "公表されていません"] | None = Field(default=None, alias="まにあう")
    counts: dict[Code, Whole] = Field(default={}, alias="数える")
    owed: Money = Field(default="", alias="お金")
    headline: Text = Field(default="", alias="見出し")


class ExampleEntry(QuestionEntry):
    """A worked case of the file: a question with a number, and its answer."""

    number: Text = Field(alias="番号")
    scene: Text = Field(alias="場面")
    answer: AnswerEntry = Field(alias="答え")
