"""What the wider vocabulary compiles to: amounts with their keys, ages, proofs, tiers, pools, rules of booking."""

from datetime import time
from typing import Any

from eligibility.engine import (
    AgeUnit,
    Beyond,
    CountedFrom,
    Counts,
    Family,
    FeeKind,
    GrantedBy,
    Opens,
    PriceChange,
    ProofWorks,
    Terms,
    UnitKind,
    Unpublished,
)
from eligibility.programmes import load_programme
from tests.eligibility.programmes.refusing import LEAVE_OUT, edited

SAID = {"source": "x"}
NOT_PUBLISHED = {"unpublished": "公表されていません", "who_knows": "facility"}
STAY, VISIT = "services.0", "services.2"


def terms(changes: dict[str, Any]) -> Terms:
    return load_programme(edited({"examples": [], **changes})).terms


def fee(**known: Any) -> dict[str, Any]:
    return {"label": "キャンセル料", **SAID, **known}


def tier(day: str, **outcome: Any) -> dict[str, Any]:
    return {"deadline": {"days_before": day, **SAID}, "counts": "none", **SAID, **outcome}


WITHOUT_AMOUNTS: dict[str, Any] = {
    f"{STAY}.price": {
        "per": "night",
        "amount": NOT_PUBLISHED,
        "first": {"units": "2", "amount": NOT_PUBLISHED},
        "further_child": {"amount": NOT_PUBLISHED, **SAID},
        "extras": [
            {"label": "食事", "per": "day", "amount": "500", **SAID},
            {"label": "交通費", "per": "use", "amount": NOT_PUBLISHED, **SAID},
        ],
        "share": {"label": "市の負担", "amount": NOT_PUBLISHED, **SAID},
        "beyond_limit": NOT_PUBLISHED,
        "tax_note": "税抜",
        **SAID,
    },
    f"{STAY}.cancellation.tiers": [
        tier("3", fee=fee(amount=NOT_PUBLISHED, amount_multiples=NOT_PUBLISHED)),
        tier("1", fee=fee(amount=NOT_PUBLISHED, amount_multiples=NOT_PUBLISHED)),
    ],
    f"{STAY}.cancellation.no_show": {"counts": "all", "fee": fee(amount=NOT_PUBLISHED), **SAID},
    "reductions.0": {
        "code": "half",
        "label": "軽減",
        "kind": "fixed",
        "amount": NOT_PUBLISHED,
        "classes": ["tax_exempt"],
        "services": ["short_stay"],
        **SAID,
    },
    **{f"pools.{number}.beyond": "full_price" for number in range(3)},
}


def test_compile__gives_every_unpublished_amount_the_key_it_is_entered_under() -> None:
    compiled = terms(WITHOUT_AMOUNTS)
    price, rule = compiled.service("short_stay").price, compiled.service("short_stay").cancellation
    assert price.first
    assert price.share
    fees = [outcome.fee for outcome in (*(tier.outcome for tier in rule.tiers), rule.no_show)]
    amounts = [
        price.amount,
        price.first.amount,
        price.further_child,
        price.extras[1].amount,
        price.share.amount,
        price.beyond_limit,
        *(amount for owed in fees if owed for amount in (owed.amount, owed.amount_multiples)),
        compiled.reductions[0].amount,
    ]
    assert [amount.key for amount in amounts if isinstance(amount, Unpublished)] == [
        "short_stay.price",
        "short_stay.first",
        "short_stay.further_child",
        "short_stay.extra.2",
        "short_stay.share",
        "short_stay.beyond",
        "short_stay.late_fee",
        "short_stay.late_fee_multiples",
        "short_stay.late_fee.2",
        "short_stay.late_fee_multiples.2",
        "short_stay.no_show_fee",
        "short_stay.no_show_fee",
        "reduction.half",
    ]
    assert str(price.amount) == "公表されていません"
    assert price.tax_note == "税抜"


def test_compile__leaves_a_rule_of_cancelling_open_that_is_not_published() -> None:
    unpublished = {
        f"{STAY}.cancellation.tiers": LEAVE_OUT,
        f"{STAY}.cancellation.unpublished": "施設へお問い合わせください",
        f"{STAY}.cancellation.who_knows": "facility",
        f"{STAY}.cancellation.source": "実施施設・利用料金は、ホームページでご確認ください",
        f"{STAY}.cancellation.reading": "取り消しのきまりは書かれていない。",
    }
    rule = terms(unpublished).service("short_stay").cancellation
    assert rule.tiers == ()
    assert rule.unpublished == Unpublished("施設へお問い合わせください", "facility")
    assert rule.source
    assert rule.source.reading == "取り消しのきまりは書かれていない。"


def test_compile__keeps_the_tiers_in_order_with_what_follows() -> None:
    compiled = terms(
        {
            f"{STAY}.cancellation.tiers": [
                {
                    "deadline": {"days_before": "3", "at": "17:00", "inclusive": "true", "working": "true", **SAID},
                    "counts": "some",
                    "units": "1",
                    **SAID,
                },
                tier("1", counts="all", fee=fee(kind="copayment", percent="50", except_classes=["tax_exempt"])),
            ]
        }
    )
    first, second = compiled.service("short_stay").cancellation.tiers
    deadline = first.deadline
    assert (deadline.days_before, deadline.at, deadline.inclusive, deadline.working) == (3, time(17), True, True)
    assert (first.outcome.counts, first.outcome.units, first.outcome.fee) == (Counts.SOME, 1, None)
    assert (second.deadline.at, second.outcome.counts) == (None, Counts.ALL)
    owed = second.outcome.fee
    assert owed
    assert (owed.kind, owed.percent, owed.amount, owed.amount_multiples) == (FeeKind.COPAYMENT, 50, None, None)
    assert owed.except_classes == {"tax_exempt"}


def test_compile__takes_families_and_ages_of_the_programme_where_a_service_has_none_of_its_own() -> None:
    own = {"under": "1", "unit": "years", "title": "産後1年未満", "inclusive": "true", "tested_on": "first_day", **SAID}
    compiled = terms(
        {
            f"{VISIT}.age_limit": own,
            f"{VISIT}.families": {"open_to": ["mother", "father"], **SAID},
            f"{VISIT}.ask_beyond": {"under": "4", "unit": "months", "title": "x", "answer": "施設へ", **SAID},
        }
    )
    stay, visit = compiled.service("short_stay"), compiled.service("midwife_visit")
    assert (stay.age_limit.number, stay.age_limit.unit, stay.ask_beyond) == (4, AgeUnit.MONTHS, None)
    assert (stay.families.open_to, stay.families.ask) == ({Family.MOTHER}, {Family.BEREAVED})
    assert (visit.age_limit.number, visit.age_limit.unit, visit.age_limit.inclusive) == (1, AgeUnit.YEARS, True)
    assert visit.families.open_to == {Family.MOTHER, Family.FATHER}
    assert visit.ask_beyond
    assert (visit.ask_beyond.limit.number, visit.ask_beyond.answer) == (4, "施設へ")
    assert visit.ask_beyond.limit.tested_on is visit.age_limit.tested_on


def test_compile__reads_corrected_age_by_weeks_and_days() -> None:
    limit = (
        terms(
            {
                "age_limit.counted_from": "corrected",
                "age_limit.corrected_up_to": "36w6d",
                "age_limit.correction": {"source": "36週6日までに出生した方は修正月齢"},
            }
        )
        .services[0]
        .age_limit
    )
    assert (limit.counted_from, limit.corrected_up_to) == (CountedFrom.CORRECTED, (36, 6))
    assert limit.correction
    assert limit.correction.text.startswith("36週6日")


def test_compile__reads_durations_in_hours_and_in_minutes() -> None:
    compiled = terms({f"{VISIT}.duration": {"minutes": "90", "hours_multiples": "2", **SAID}})
    visit, supporter = compiled.service("midwife_visit").duration, compiled.service("supporter_visit").duration
    assert visit
    assert supporter
    assert (visit.minutes, visit.minutes_multiples) == (90, 120)
    assert (supporter.minutes, supporter.minutes_multiples) == (120, 120)


def test_compile__takes_hours_and_lengths_as_far_as_they_are_published() -> None:
    compiled = terms(
        {
            f"{STAY}.hours.opens": LEAVE_OUT,
            f"{STAY}.hours.closes": LEAVE_OUT,
            f"{STAY}.length": {"shortest": "2", "longest": "7", **SAID},
        }
    )
    stay = compiled.service("short_stay")
    assert (stay.hours.opens, stay.hours.closes) == (None, None)
    assert stay.length
    assert (stay.length.shortest, stay.length.longest) == (2, 7)


def test_compile__reads_how_one_applies() -> None:
    compiled = terms(
        {
            "application": {
                "title": "x",
                "opens": "months_before_due",
                "months": "2",
                "lead": {"days": "3", "working": "true", **SAID},
                "takes": {"days": "2", **SAID},
                **SAID,
            },
            "requirements.0.services": ["short_stay"],
            "requirements.0.otherwise": "センターに相談してください。",
        }
    )
    rule = compiled.application
    assert (rule.opens, rule.months, rule.weeks) == (Opens.MONTHS_BEFORE_DUE, 2, 0)
    assert rule.lead
    assert rule.takes
    assert (rule.lead.days, rule.lead.working, rule.takes.working) == (3, True, False)
    assert compiled.requirements[0].services == ("short_stay",)
    assert compiled.requirements[0].otherwise == "センターに相談してください。"
    assert compiled.circumstances[0].purpose == "小平市に住む方のための事業なので聞きます。"


def test_compile__reads_proofs_bands_and_reductions() -> None:
    compiled = terms(
        {
            "classes.1.proof.works": "from_handing_in",
            "classes.1.proof.fiscal_year_from_month": "7",
            "classes.1.income": {"under": "200"},
            "classes.2.income": {"at_least": "200"},
            "documents.1.consent": "true",
            "reductions.0.kind": "percent",
            "reductions.0.percent": "30",
            "reductions.0.round_to": "100",
            "reductions.0.first": {
                "number": "5",
                "unit": "days",
                "over": ["short_stay", "day_service", "midwife_visit", "supporter_visit"],
                "late_cancelled_count": "true",
            },
        }
    )
    exempt = compiled.household_class("tax_exempt")
    assert exempt.proof
    assert (exempt.proof.works, exempt.proof.fiscal_year_from_month) == (ProofWorks.FROM_HANDING_IN, 7)
    assert exempt.proof.document.consent
    assert exempt.income
    assert (exempt.income.at_least, exempt.income.under) == (None, 200)
    (reduction,) = compiled.reductions
    assert (reduction.percent, reduction.round_to, reduction.amount) == (30, 100, None)
    assert reduction.first
    assert (reduction.first.number, reduction.first.unit, reduction.first.late_cancelled_count) == (
        5,
        UnitKind.DAYS,
        True,
    )


def test_compile__reads_pools_and_rules_of_booking() -> None:
    compiled = terms(
        {
            "pools.0.limit_multiples": "10",
            "pools.0.counter": "回",
            "pools.0.beyond": "full_price",
            "booking.birth_recorded": LEAVE_OUT,
            "booking.notice": {"days": "2", **SAID},
            "booking.horizon": {"number": "60", **SAID},
            "booking.open_at_once": {"number": "3", **SAID},
            "booking.provisional": SAID,
        }
    )
    pool, booking = compiled.pools[0], compiled.booking
    assert (pool.limit, pool.limit_multiples, pool.counter, pool.beyond) == (7, 10, "回", Beyond.FULL_PRICE)
    assert compiled.pools[4].limit_multiples == compiled.pools[4].limit
    assert booking.birth_recorded is None
    assert booking.notice
    assert booking.horizon
    assert booking.open_at_once
    assert booking.provisional
    assert (booking.notice.days, booking.horizon.number, booking.open_at_once.number) == (2, 60, 3)


def test_compile__reads_the_whole_programmes_own_rules() -> None:
    closed = [{"label": "年末年始", "first": "12-29", "last": "01-03", **SAID}]
    compiled = terms(
        {
            "programme.price_change": "each_day",
            "programme.granted_by": "coupons",
            "office_days": {"closed": closed, **SAID},
        }
    )
    assert (compiled.price_change, compiled.granted_by) == (PriceChange.EACH_DAY, GrantedBy.COUPONS)
    assert compiled.office_days.source
    assert compiled.office_days.closed[0].last == (1, 3)


def test_compile__has_defaults_for_what_a_file_leaves_out() -> None:
    programme = load_programme(edited({"programme.published": LEAVE_OUT}))
    assert programme.published is None
    assert (programme.terms.price_change, programme.terms.granted_by) == (PriceChange.FIRST_DAY, GrantedBy.LETTER)
    assert programme.terms.office_days.closed == ()
