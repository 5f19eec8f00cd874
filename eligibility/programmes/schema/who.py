"""The shape of a programme file: who may use it, until when, and how one applies."""

from eligibility import engine
from eligibility.programmes.fields import Code, Count, Day, Flag, Number, Pregnancy, Sourced, Strict, Text, Whole, key
from eligibility.programmes.schema.choices import AgeUnit, CountedFrom, Family, Opens, ProofWorks, TestedOn
from eligibility.programmes.sentences import Sentence

AFTER_LOSS = "流産・死産のあとの言い方"
AFTER_LOSS_ABOUT = "流産・死産のあとの方には、その項目を、ここに書いた文にかえて見せます。"


class CircumstanceAfterLossEntry(Strict):
    question: Text = key("聞くこと", default="")
    if_yes: Text = key("「はい」のときの文", default="")
    if_no: Text = key("「いいえ」のときの文", default="")
    purpose: Text = key("聞く理由", default="")


class RequirementAfterLossEntry(Strict):
    title: Text = key("条件", default="")
    otherwise: Text = key("当てはまらないときにできること", default="")


class CircumstanceEntry(Strict):
    question: Sentence = key("聞くこと", "申請のページで聞く文です。「はい」か「いいえ」で答えられるように書きます。")
    if_yes: Text = key("「はい」のときの文")
    if_no: Text = key("「いいえ」のときの文")
    purpose: Sentence = key("聞く理由", "なぜ聞くのかを、お母さんに伝える文です。")
    after_loss: CircumstanceAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)


class RequirementEntry(Sourced):
    code: Code = key("コード")
    title: Text = key("条件")
    any_of: tuple[Code, ...] = key("どれかに当てはまること", "circumstances のコードを並べます。", default=())
    none_of: tuple[Code, ...] = key("どれにも当てはまらないこと", "circumstances のコードを並べます。", default=())
    principle: Flag = key(
        "原則", "「原則」とあるきまりです。当てはまらないときも断らずに電話で確かめます。", default=False
    )
    services: tuple[Code, ...] = key("対象の種類", "書かなければ、すべての種類です。", default=())
    otherwise: Text = key("当てはまらないときにできること", default="")
    after_loss: RequirementAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)


class FamiliesEntry(Sourced):
    open_to: tuple[Family, ...] = key("使える方")
    ask: tuple[Family, ...] = key("センターに確かめる方", "書かれていないので、断らずに確かめる方です。", default=())


class AgeLimitEntry(Sourced):
    under: Number = key("年齢の上限", "この年齢になる前の日まで使えます。", unit_from="unit")
    unit: AgeUnit = key("年齢の数え方")
    title: Text = key("年齢の言い方")
    inclusive: Flag = key("その日を含む", "はい なら、上限の年齢になる日も使えます。", default=False)
    tested_on: TestedOn = key("どの日の年齢で決めるか", default=engine.TestedOn.LAST_DAY)
    counted_from: CountedFrom = key("いつから数えるか", default=engine.CountedFrom.BIRTH)
    corrected_up_to: Pregnancy | None = key("修正月齢で数える週数", "この週数までに生まれた子です。", default=None)
    correction: Sourced | None = key("修正月齢のきまり", default=None)


class AskBeyondEntry(Sourced):
    under: Number = key("この年齢から施設に聞く", unit_from="unit")
    unit: AgeUnit = key("年齢の数え方")
    title: Text = key("年齢の言い方")
    answer: Text = key("お母さんへの答え")


class LeadEntry(Sourced):
    days: Number = key("日数", unit="日")
    working: Flag = key("開庁日で数える", "いいえ なら、土日や祝日も数えます。", default=False)


class HandbookEntry(Sourced):
    coupons_from: Day = key(
        "手帳と一緒に渡しはじめた日", "この日より前に手帳の交付を受けた方だけが、申請して受け取ります。"
    )
    missing: Text = key("見つからないときにできること", "お母さんに伝える文です。")


class ApplicationEntry(Sourced):
    title: Text = key("申請できる時期の言い方")
    opens: Opens = key("いつから申請できるか")
    weeks: Number | None = key("妊娠の週", default=None, unit="週")
    days: Count | None = key("週に足す日", default=None, unit="日")
    months: Number | None = key("予定日の何か月前か", default=None, unit="か月")
    words: Text = key("時期の言葉", "日が公表されていないとき、そのまま見せる言葉です(妊娠後期)。", default="")
    lead: LeadEntry | None = key("利用までに必要な日数", "申請から利用の初めの日までです。", default=None)
    takes: LeadEntry | None = key("決定までの日数", default=None)
    handbook: HandbookEntry | None = key(
        "母子健康手帳の交付日", "クーポンを手帳と一緒に渡すまちだけが書きます。", default=None
    )


class DocumentEntry(Sourced):
    code: Code = key("コード")
    label: Sentence = key("書類の名前")
    needed_when: Sentence = key("どんなときに要るか")
    per_member: Flag = key("世帯の全員分が要る", default=False)
    paper_only: Flag = key("紙の申請だけに要る", default=False)
    consent: Flag = key("同意でかえられる", "書類のかわりに、市が調べることに世帯の全員が同意します。", default=False)


class ProofEntry(Sourced):
    any_of: tuple[Code, ...] = key("証明する書類", "どれか1つがあれば足ります。")
    works: ProofWorks = key("どの利用に使えるか", default=engine.ProofWorks.ALWAYS)
    fiscal_year_from_month: Number | None = key(
        "今年度の証明書が要る月", "7 なら、4月から6月の利用は前の年度の証明書です。", default=None, unit="月から"
    )


class IncomeEntry(Strict):
    at_least: Whole | None = key("年収の下限", default=None, unit="円以上")
    under: Whole | None = key("年収の上限", default=None, unit="円未満")


class ClassEntry(Strict):
    code: Code = key("コード")
    label: Text = key("区分の名前")
    choice: Text = key("選ぶときの言い方")
    proof: ProofEntry | None = key("証明", default=None)
    income: IncomeEntry | None = key("年収", default=None)
