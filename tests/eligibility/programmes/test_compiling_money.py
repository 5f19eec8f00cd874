"""What a file says about money, compiled: unpublished amounts with their keys, tiers, proofs, reductions."""

from datetime import time
from typing import Any

from eligibility.engine import (
    Counts,
    FeeKind,
    ProofWorks,
    UnitKind,
    Unpublished,
)
from tests.eligibility.programmes.refusing import LEAVE_OUT, terms

SAID = {"source": "x"}
NOT_PUBLISHED = {"unpublished": "公表されていません", "who_knows": "facility"}
STAY = "services.0"


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
    owed = fee(kind="copayment", percent="50", except_classes=["tax_exempt"])
    compiled = terms(
        {
            f"{STAY}.cancellation.tiers": [
                {
                    "deadline": {"days_before": "3", "at": "17:00", "inclusive": "true", "working": "true", **SAID},
                    "counts": "some",
                    "units": "1",
                    **SAID,
                },
                tier("1", counts="all", fee=owed),
            ],
            f"{STAY}.cancellation.no_show.fee": owed,
        }
    )
    first, second = compiled.service("short_stay").cancellation.tiers
    deadline = first.deadline
    assert (deadline.days_before, deadline.at, deadline.inclusive, deadline.working) == (3, time(17), True, True)
    assert (first.outcome.counts, first.outcome.units, first.outcome.fee) == (Counts.SOME, 1, None)
    assert (second.deadline.at, second.outcome.counts) == (None, Counts.ALL)
    half = second.outcome.fee
    assert half
    assert (half.kind, half.percent, half.amount, half.amount_multiples) == (FeeKind.COPAYMENT, 50, None, None)
    assert half.except_classes == {"tax_exempt"}


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
