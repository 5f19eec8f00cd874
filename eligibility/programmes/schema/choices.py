"""The closed lists of a programme file, each code with its Japanese words."""

from typing import Annotated, Literal

from eligibility import engine
from eligibility.programmes.fields import words

Family = Annotated[
    engine.Family, words(mother="お母さんとお子さん", father="父子家庭", foster="里親", bereaved="流産・死産のあとの方")
]
AgeUnit = Annotated[engine.AgeUnit, words(days="日", months="か月", years="年")]
TestedOn = Annotated[engine.TestedOn, words(last_day="利用の最後の日", first_day="利用の初めの日")]
CountedFrom = Annotated[
    engine.CountedFrom,
    words(
        birth="生まれた日",
        corrected="修正月齢(早く生まれた子は予定日)",
        case_by_case="生まれた日。予定日からはセンターが決める",
    ),
]
Opens = Annotated[
    engine.Opens,
    words(
        weeks="妊娠の週から",
        months_before_due="予定日の何か月前から",
        at_birth="生まれた日から",
        any_time="いつでも",
        unpublished="日は公表されていない",
    ),
]
ProofWorks = Annotated[
    engine.ProofWorks,
    words(always="すべての利用に使える", from_handing_in="出した日からの利用に使える。前の分は返さない"),
]
ServiceKind = Annotated[engine.ServiceKind, words(stay="泊まる", day="日帰り", visit="家に来てもらう")]
ArrangedBy = Annotated[engine.ArrangedBy, words(facility="お母さんが施設に予約する", centre="センターが日程を決める")]
UnitKind = Annotated[engine.UnitKind, words(days="日", nights="泊", uses="回", hours="時間")]
DaysOrUses = Annotated[Literal["days", "uses"], words(days="1日ごと", uses="1回ごと")]
Per = Annotated[
    Literal["night", "day", "use", "hour"], words(night="1泊", day="1日", use="1回", hour="1時間(始まった1時間ごと)")
]
PoolScope = Annotated[engine.PoolScope, words(birth="1回の出産", child="子ども1人")]
Beyond = Annotated[engine.Beyond, words(refuse="使えない", full_price="減免なしの料金で使える")]
ReductionKind = Annotated[
    engine.ReductionKind, words(fixed="決まった額にする", off="額を引く", percent="割合で引く", waiver="0円にする")
]
Counts = Annotated[
    engine.Counts, words(all="すべて利用したものと数える", some="一部を利用したものと数える", none="数えない")
]
FeeKind = Annotated[
    engine.FeeKind, words(per_use="1回の利用につき", per_unit="1日(1泊・1時間)につき", copayment="利用料に対する割合")
]
PriceChange = Annotated[
    engine.PriceChange,
    words(first_day="初めの日のきまりで全部を計算する", each_day="1日ごとに、その日のきまりで計算する"),
]
GrantedBy = Annotated[Literal["letter", "coupons"], words(letter="決定通知書", coupons="利用券などのクーポン")]
EachCoupon = Annotated[engine.EachCoupon, words(unit="1日・1回につき1枚", all="全部で1つ")]
Seal = Annotated[engine.Seal, words(image="公印の画像を押す", omitted="（公印省略）と書く")]
