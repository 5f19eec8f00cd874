"""The shape of a programme file: the whole of it, whose it is, and since when."""

from typing import Annotated

from pydantic import BeforeValidator

from eligibility import engine
from eligibility.programmes.fields import Code, Day, MunicipalityCode, Number, Sourced, Strict, Text, Url, key
from eligibility.programmes.schema.booking import BookingEntry, CouponsEntry, PoolEntry
from eligibility.programmes.schema.choices import GrantedBy, PriceChange
from eligibility.programmes.schema.examples import ExampleEntry
from eligibility.programmes.schema.letters import ConsentEntry, LettersEntry, OfficeEntry, PageEntry
from eligibility.programmes.schema.money import ReductionEntry
from eligibility.programmes.schema.screening import ScreeningEntry
from eligibility.programmes.schema.services import ClosedEntry, ServiceEntry
from eligibility.programmes.schema.who import (
    AgeLimitEntry,
    ApplicationEntry,
    CircumstanceEntry,
    ClassEntry,
    DocumentEntry,
    FamiliesEntry,
    RequirementEntry,
)

FORMAT = 1
"""The number of the shape below. It may grow by keys that can be left out; what a file says today it says for good."""


def _format(value: object) -> int:
    if value != str(FORMAT):
        raise ValueError(f"format: {FORMAT} と書いてください。ほかの形は読めません。")
    return FORMAT


class MunicipalityEntry(Strict):
    code: MunicipalityCode = key("団体コード", "全国地方公共団体コードの6けたです。")
    slug: Code = key("アドレスの名前", "ページのアドレスに入ります。")
    name: Text = key("名前")


class ProgrammeEntry(Strict):
    name: Text = key("事業の名前")
    published: Day | None = key("ページの日付", "もとになったページの更新日です。", default=None)
    effective_from: Day | None = key("いつから", "ページに書かれていなければ、書きません。", default=None)
    document: Text = key("もとのページの名前")
    url: Url = key("もとのページのアドレス", default="")
    price_change: PriceChange = key("利用の途中で料金が変わるとき", default=engine.PriceChange.FIRST_DAY)
    granted_by: GrantedBy = key("何で使えるようになるか", default="letter")


class OfficeDaysEntry(Sourced):
    closed: tuple[ClosedEntry, ...] = key("休み", default=())


class KeptEntry(Sourced):
    years: Number = key("保存する年数", "終わった年度の次の年度から数えます。", unit="年")


class RetentionEntry(Strict):
    """One key for each `engine.Record`; what is not published is left out, and staff enter it."""

    application: KeptEntry | None = key(engine.RECORDS[engine.Record.APPLICATION], default=None)
    refusal: KeptEntry | None = key(engine.RECORDS[engine.Record.REFUSAL], default=None)
    document: KeptEntry | None = key(engine.RECORDS[engine.Record.DOCUMENT], default=None)
    screening: KeptEntry | None = key(engine.RECORDS[engine.Record.SCREENING], default=None)
    message: KeptEntry | None = key(engine.RECORDS[engine.Record.MESSAGE], default=None)
    letter: KeptEntry | None = key(engine.RECORDS[engine.Record.LETTER], default=None)
    care: KeptEntry | None = key(engine.RECORDS[engine.Record.CARE], default=None)
    money: KeptEntry | None = key(engine.RECORDS[engine.Record.MONEY], default=None)


class ProgrammeFile(Strict):
    """A whole programme file."""

    format: Annotated[int, BeforeValidator(_format)] = key("ファイルの形の番号", "いつも 1 です。")
    municipality: MunicipalityEntry = key("自治体")
    programme: ProgrammeEntry = key("事業")
    offices: tuple[OfficeEntry, ...] = key("窓口", "初めの1つが、ページと通知書に出ます。")
    office_days: OfficeDaysEntry | None = key("開庁日", "土日と祝日のほかの休みです。", default=None)
    circumstances: dict[Code, CircumstanceEntry] = key("お母さんに聞くこと")
    requirements: tuple[RequirementEntry, ...] = key("使える人の条件", "すべてに当てはまる人が使えます。")
    families: FamiliesEntry | None = key("使える方", default=None)
    age_limit: AgeLimitEntry | None = key("お子さんの年齢", default=None)
    application: ApplicationEntry = key("申請の時期")
    documents: tuple[DocumentEntry, ...] = key("書類", default=())
    classes: tuple[ClassEntry, ...] = key("利用者負担の区分", "初めの1つは、証明のいらない区分です。")
    reductions: tuple[ReductionEntry, ...] = key("減免", "上から順に引きます。", default=())
    consents: tuple[ConsentEntry, ...] = key("同意")
    services: tuple[ServiceEntry, ...] = key("使えるもの")
    pools: tuple[PoolEntry, ...] = key("回数の枠", "N泊の利用は、N泊、N+1日と数えます。")
    coupons: CouponsEntry | None = key("クーポン", "granted_by: coupons のときに書きます。", default=None)
    booking: BookingEntry = key("予約")
    screening: ScreeningEntry | None = key(
        "電話の聞き取り", "書かなければ、このポータルの見本で聞きます。", default=None
    )
    retention: RetentionEntry | None = key(
        "保存期間", "文書の保存年限として公表されているものだけを書きます。", default=None
    )
    page: PageEntry = key("市のページの文")
    letters: LettersEntry = key("通知書の文")
    examples: tuple[ExampleEntry, ...] = key("確かめる例", "このきまりならこうなる、という例です。", default=())
