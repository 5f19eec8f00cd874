"""Files of the right shape that contradict themselves: refused with line, key and a sentence."""

from typing import Any

import pytest

from eligibility.programmes import load_programme
from tests.eligibility.programmes.refusing import DATA, LEAVE_OUT, edited, problems

SAID = {"source": "x"}
STAY, DAY, SUPPORTER = "services.0", "services.1", "services.3"
TIER, FEE = f"{SUPPORTER}.cancellation.tiers.0", f"{SUPPORTER}.cancellation.tiers.0.fee"
AGE = {"under": "4", "unit": "months", "title": "x", **SAID}
NINE = {"days_before": "0", "at": "09:00", "inclusive": "true", **SAID}
SECOND = f"{SUPPORTER}.cancellation.tiers.1"
NO_SHOW = f"{SUPPORTER}.cancellation.no_show"
OWED = {"label": "x", "amount": "2000", "amount_multiples": "3000", **SAID}


def second(**changes: Any) -> dict[str, Any]:
    """A second tier as hard as the first; not to come is harder than both."""
    return {
        SECOND: {"deadline": NINE, "counts": "all", "fee": OWED, **SAID, **changes},
        NO_SHOW: {"counts": "all", "fee": {**OWED, "amount": "9000", "amount_multiples": "9000"}, **SAID},
    }


def closing(*seasons: tuple[str, str]) -> dict[str, Any]:
    closed = [{"label": "x", "first": first, "last": last, **SAID} for first, last in seasons]
    return {"closed": closed, **SAID}


Row = tuple[dict[str, Any], str, str]
CODES: list[Row] = [
    ({f"{DAY}.code": "short_stay"}, "services[1].code", "short_stay は、もう使われています。"),
    ({f"{DAY}.label": "宿 泊型"}, "services[1].label", "宿泊型 は、もう使われています。"),
    ({f"{DAY}.short_label": "宿泊型"}, "services[1].short_label", "もう使われています。"),
    ({"classes.2.label": "一般"}, "classes[2].label", "もう使われています。"),
    ({"documents.2.label": "世帯全員分の非課税証明書"}, "documents[2].label", "もう使われています。"),
    ({"reductions.1": DATA["reductions"][0]}, "reductions[1].code", "waiver は、もう使われています。"),
    ({"offices": []}, "offices", "1つ以上書いてください。"),
    ({"programme.granted_by": "coupons"}, "programme.granted_by", "クーポンのきまり(coupons)があるときだけ"),
    (
        {"coupons": {"label": "x", "each": "all", **SAID}},
        "programme.granted_by",
        "クーポンのきまり(coupons)があるときだけ",
    ),
]
WHO: list[Row] = [
    ({"circumstances.family": DATA["circumstances"]["resident"]}, "circumstances.family", "別の欄に使っています。"),
    ({"circumstances.due_year": DATA["circumstances"]["resident"]}, "circumstances.due_year", "ほかの code に"),
    ({"requirements.0.any_of": []}, "requirements[0]", "どちらか1つ"),
    ({"requirements.0.none_of": ["resident"]}, "requirements[0]", "どちらか1つ"),
    ({"requirements.0.any_of": ["citizen"]}, "requirements[0]", "citizen が circumstances にありません。"),
    ({"requirements.0.services": ["spa"]}, "requirements[0].services", "spa が services にありません。"),
    ({"families.open_to": []}, "families.open_to", "1つ以上"),
    ({"families.ask": ["mother"]}, "families.ask", "mother は open_to にもあります。"),
    (
        {f"{DAY}.families": {"open_to": ["father"], "ask": ["father"], **SAID}},
        "services[1].families.ask",
        "father は open_to にもあります。",
    ),
    ({"families": LEAVE_OUT}, "services[0]", "families がありません。"),
]
AGES: list[Row] = [
    ({"age_limit": LEAVE_OUT}, "services[0]", "age_limit がありません。"),
    ({"age_limit.under": "40"}, "age_limit.under", "3歳を超えています。"),
    ({f"{DAY}.age_limit": {**AGE, "unit": "years"}}, "services[1].age_limit.under", "3歳を超えています。"),
    ({"age_limit.corrected_up_to": "36w6d"}, "age_limit.corrected_up_to", "そのときだけ"),
    (
        {"age_limit.counted_from": "corrected", "age_limit.correction": SAID},
        "age_limit.corrected_up_to",
        "counted_from: corrected のときに",
    ),
    ({"age_limit.counted_from": "case_by_case"}, "age_limit.correction", "そのときだけ"),
    ({"age_limit.correction": SAID}, "age_limit.correction", "そのときだけ"),
    ({f"{DAY}.ask_beyond": {**AGE, "answer": "x"}}, "services[1].ask_beyond.under", "小さい数"),
    (
        {f"{DAY}.ask_beyond": {**AGE, "answer": "x", "under": "9", "unit": "years"}},
        "services[1].ask_beyond.under",
        "3歳を超えています。",
    ),
]
APPLYING: list[Row] = [
    ({"application.weeks": LEAVE_OUT}, "application.opens", "opens: weeks には weeks が必要です。"),
    ({"application.opens": "months_before_due"}, "application.opens", "months が必要です。"),
    ({"application.opens": "unpublished"}, "application.opens", "words が必要です。"),
    ({"application.opens": "at_birth"}, "application.weeks", "opens: at_birth のときは書けません。"),
    ({"application.months": "2"}, "application.months", "opens: weeks のときは書けません。"),
    ({"application.words": "後期"}, "application.words", "opens: weeks のときは書けません。"),
    ({"application.days": "7"}, "application.days", "0から6まで"),
    ({"application.opens": "any_time", "application.days": "1"}, "application.days", "0から6まで"),
    ({"application.weeks": "320"}, "application.weeks", "妊娠の週数"),
    ({"application.opens": "months_before_due", "application.months": "20"}, "application.months", "何か月前か"),
]
CLASSES: list[Row] = [
    ({"classes.1.proof.any_of": ["receipt"]}, "classes[1].proof.any_of", "receipt が documents にありません。"),
    ({"classes.1.proof.any_of": []}, "classes[1].proof.any_of", "1つ以上"),
    ({"classes.0.proof": {"any_of": ["application_form"], **SAID}}, "classes[0].proof", "初めの区分"),
    (
        {"classes.1.proof.fiscal_year_from_month": "3"},
        "classes[1].proof.fiscal_year_from_month",
        "4から12までの月",
    ),
    ({"documents.0.consent": "true"}, "documents[0].consent", "同意には紙がありません。"),
]
BANDS: list[Row] = [
    ({"classes.1.income": {"under": "200"}}, "classes[1].income.under", "200円からの区分がありません。"),
    ({"classes.1.income": {"at_least": "200"}}, "classes[1].income", "0円から200円までの区分がありません。"),
    (
        {"classes.1.income": {"under": "200"}, "classes.2.income": {"at_least": "300"}},
        "classes[2].income",
        "200円から300円までの区分がありません。",
    ),
    (
        {"classes.1.income": {"under": "300"}, "classes.2.income": {"at_least": "200"}},
        "classes[2].income",
        "重なっています。",
    ),
    ({"classes.1.income": {}, "classes.2.income": {}}, "classes[2].income", "重なっています。"),
    (
        {"classes.1.income": {"at_least": "300", "under": "300"}},
        "classes[1].income.under",
        "at_least より大きい数",
    ),
]
PRICES: list[Row] = [
    ({f"{DAY}.price.per": "night"}, "services[1].price.per", "kind: stay だけ"),
    ({f"{DAY}.price.per": "hour"}, "services[1].price.per", "duration が必要です。"),
    (
        {f"{DAY}.price.extras": [{"label": "食事", "per": "hour", "amount": "1", **SAID}]},
        "services[1].price.extras[0].per",
        "duration が必要です。",
    ),
    (
        {"services.2.price.first": {"units": "2", "amount": "1"}},
        "services[2].price.first",
        "per: use のときは書けません。",
    ),
    ({f"{DAY}.price.beyond_limit": "1"}, "services[1].price.beyond_limit", "beyond: full_price がありません。"),
]
REDUCTIONS: list[Row] = [
    ({"reductions.0.amount": "0"}, "reductions[0].amount", "kind: waiver のときは書けません。"),
    ({"reductions.0.kind": "off"}, "reductions[0]", "kind: off には amount が必要です。"),
    ({"reductions.0.kind": "fixed"}, "reductions[0]", "kind: fixed には amount が必要です。"),
    ({"reductions.0.kind": "percent"}, "reductions[0]", "kind: percent には percent が必要です。"),
    ({"reductions.0.kind": "percent", "reductions.0.amount": "1"}, "reductions[0].amount", "書けません。"),
    ({"reductions.0.kind": "off", "reductions.0.percent": "50"}, "reductions[0].percent", "書けません。"),
    ({"reductions.0.kind": "off", "reductions.0.round_to": "10"}, "reductions[0].round_to", "書けません。"),
    ({"reductions.0.classes": ["rich"]}, "reductions[0].classes", "rich が classes にありません。"),
    ({"reductions.0.services": ["spa"]}, "reductions[0].services", "spa が services にありません。"),
    ({"reductions.0.services": []}, "reductions[0].services", "1つ以上"),
    (
        {"reductions.0.first": {"number": "5", "unit": "days", "over": ["spa"]}},
        "reductions[0].first.over",
        "spa が services にありません。",
    ),
    (
        {"reductions.0.first": {"number": "5", "unit": "days", "over": ["short_stay"]}},
        "reductions[0].first.over",
        "この減額を受ける day_service が入っていません。",
    ),
]
CANCELLING: list[Row] = [
    ({f"{STAY}.cancellation.tiers": []}, "services[0].cancellation", "tiers か unpublished のどちらか1つ"),
    ({f"{STAY}.cancellation.unpublished": "x"}, "services[0].cancellation", "tiers か unpublished のどちらか1つ"),
    (
        {f"{STAY}.cancellation.unpublished": "x", f"{STAY}.cancellation.tiers": []},
        "services[0].cancellation.who_knows",
        "そのときだけ",
    ),
    (
        {f"{STAY}.cancellation.unpublished": "x", f"{STAY}.cancellation.tiers": []},
        "services[0].cancellation.source",
        "そのときだけ",
    ),
    ({f"{STAY}.cancellation.source": "x"}, "services[0].cancellation.source", "そのときだけ"),
    ({f"{STAY}.cancellation.reading": "x"}, "services[0].cancellation.reading", "unpublished のときだけ"),
    ({f"{TIER}.counts": "some"}, "services[3].cancellation.tiers[0].units", "counts: some のときに"),
    ({f"{TIER}.units": "1"}, "services[3].cancellation.tiers[0].units", "counts: some のときに"),
    ({f"{FEE}.except_classes": ["rich"]}, "services[3].cancellation.tiers[0].fee.except_classes", "rich が classes"),
    ({f"{FEE}.amount": LEAVE_OUT}, "services[3].cancellation.tiers[0].fee.amount", "そのときだけ"),
    ({f"{FEE}.kind": "copayment"}, "services[3].cancellation.tiers[0].fee.amount", "そのときだけ"),
    (
        {f"{FEE}.kind": "copayment", f"{FEE}.amount_multiples": "1"},
        "services[3].cancellation.tiers[0].fee.amount_multiples",
        "書けません。",
    ),
    ({f"{FEE}.percent": "50"}, "services[3].cancellation.tiers[0].fee.percent", "kind: copayment のときだけ"),
]
TIERS: list[Row] = [
    (second(deadline={**NINE, "days_before": "2"}), "services[3].cancellation.tiers[1].deadline", "早い期限から順に"),
    (second(deadline={"days_before": "2", **SAID}), "services[3].cancellation.tiers[1].deadline", "早い期限から順に"),
    (second(counts="none"), "services[3].cancellation.tiers[1]", "前の段より軽く"),
    (second(counts="some", units="1"), "services[3].cancellation.tiers[1]", "前の段より軽く"),
    (second(fee={**OWED, "amount": "1999"}), "services[3].cancellation.tiers[1]", "前の段より軽く"),
    (second(fee={**OWED, "amount_multiples": "1999"}), "services[3].cancellation.tiers[1]", "前の段より軽く"),
    (
        {SECOND: {"deadline": NINE, "counts": "all", **SAID}},
        "services[3].cancellation.tiers[1]",
        "前の段より軽く",
    ),
    (
        {FEE: {"label": "x", "kind": "copayment", **SAID}}
        | second(fee={"label": "x", "kind": "copayment", "percent": "99", **SAID}),
        "services[3].cancellation.tiers[1]",
        "前の段より軽く",
    ),
    (second(fee={**OWED, "except_classes": ["tax_exempt"]}), "services[3].cancellation.tiers[1]", "前の段より軽く"),
    (
        {f"{NO_SHOW}.fee.amount": "1999"},
        "services[3].cancellation.no_show",
        "連絡しないほうが軽くなることはありません。",
    ),
    ({f"{NO_SHOW}.counts": "none"}, "services[3].cancellation.no_show", "最後の段より軽く"),
]
SHAPES: list[Row] = [
    ({f"{DAY}.hours.closes": "10:00"}, "services[1].hours.closes", "opens より後の時刻"),
    (
        {f"{DAY}.hours": {"text": "x", "principle": "true", **SAID}},
        "services[1].hours.principle",
        "opens か closes を書いたとき",
    ),
    ({f"{SUPPORTER}.duration.minutes": "90"}, "services[3].duration", "hours か minutes のどちらか1つ"),
    ({f"{SUPPORTER}.duration": SAID}, "services[3].duration", "hours か minutes のどちらか1つ"),
    (
        {"services.2.duration.minutes_multiples": "90"},
        "services[2].duration",
        "hours_multiples か minutes_multiples",
    ),
    ({f"{STAY}.length": {"shortest": "1", **SAID}}, "services[0].length.shortest", "1泊2日なら 2 です。"),
    ({f"{STAY}.length": {"shortest": "3", "longest": "2", **SAID}}, "services[0].length.longest", "shortest 以上"),
]
POOLS: list[Row] = [
    ({"pools.0.services": ["short_stay", "spa"]}, "pools[0].services", "spa が services にありません。"),
    ({"pools.4.services": ["day_service"]}, "pools", "midwife_visit の回数がありません。"),
    ({"pools.1.extended_limit": "5"}, "pools[1].extended_limit", "limit 以上"),
    ({"pools.0.extended_limit": "9"}, "pools[0].extended_limit", "principle: true のときだけ"),
    ({"pools.0.limit_multiples": "6"}, "pools[0].limit_multiples", "limit 以上の数"),
    (
        {"pools.0.limit_multiples": "14", "pools.0.per": "child"},
        "pools[0].limit_multiples",
        "子どもの数を掛けるので書けません。",
    ),
    ({"pools.3.unit": "nights"}, "pools[3].unit", "nights では day_service を数えられません。"),
    ({"pools.3.unit": "hours"}, "pools[3].unit", "day_service に duration が必要です。"),
]
OFFICE: list[Row] = [
    ({"office_days": closing(("01-01", "12-31"))}, "office_days.closed", "開庁日が数えられません。"),
    ({"office_days": closing(("01-02", "12-31"))}, "office_days.closed", "7日つづけて"),
    ({"office_days": closing(("07-01", "03-31"), ("04-07", "06-30"))}, "office_days.closed", "7日つづけて"),
]
SUBJECTS = {
    "codes": CODES,
    "who": WHO,
    "ages": AGES,
    "applying": APPLYING,
    "classes": CLASSES,
    "bands": BANDS,
    "prices": PRICES,
    "reductions": REDUCTIONS,
    "cancelling": CANCELLING,
    "tiers": TIERS,
    "shapes": SHAPES,
    "pools": POOLS,
    "office": OFFICE,
}


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [pytest.param(*row, id=f"{subject}{n}") for subject, rows in SUBJECTS.items() for n, row in enumerate(rows)],
)
def test_load_programme__refuses_a_contradiction(changes: dict[str, Any], key: str, sentence: str) -> None:
    assert [said for found, said in problems(edited(changes)) if found == key and sentence in said]


@pytest.mark.parametrize(
    "changes",
    [
        second(),
        second(fee={**OWED, "amount": {"unpublished": "x", "who_knows": "facility"}}),
        second(fee={"label": "x", "kind": "copayment", **SAID}),
        second(deadline={**NINE, "days_before": "3", "working": "true"}),
        {f"{TIER}.counts": "some", f"{TIER}.units": "1"} | second(counts="some", units="2"),
    ],
)
def test_load_programme__takes_a_second_tier_that_numbers_do_not_speak_against(changes: dict[str, Any]) -> None:
    load_programme(edited(changes))


def test_load_programme__takes_an_office_that_is_open_for_a_week() -> None:
    load_programme(edited({"office_days": closing(("07-01", "03-31"), ("04-08", "06-30"))}))


def test_load_programme__takes_bands_that_lie_side_by_side() -> None:
    side_by_side = {"classes.1.income": {"under": "200"}, "classes.2.income": {"at_least": "200"}}
    load_programme(edited(side_by_side))
