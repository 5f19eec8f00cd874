"""Coupons that are handed over with the 母子健康手帳: only who got hers before that day has to apply for them.

It bears on how she comes by her coupons, never on whether she may use the programme: nobody is refused for it.
"""

from datetime import date

from eligibility.engine.applying import HandbookRule
from eligibility.engine.facts import Facts, Family
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Verdict
from eligibility.engine.wording import day_seen_from

HANDBOOK = "handbook"
"""The code of the finding."""


def handbook_findings(facts: Facts, terms: Terms, *, on: date) -> list[Finding]:
    """One where the programme has the rule: MET if she must apply for coupons, NOT_APPLICABLE if she need not.

    After a loss nothing is said about it: the centre settles it on the phone.
    """
    rule = terms.application.handbook
    if rule is None or facts.family is Family.BEREAVED:
        return []
    verdict, fact = _judged(facts, rule, _coupons(terms), on)
    return [Finding(HANDBOOK, verdict, f"{_coupons(terms)}の申請が必要な方", fact, rule.source, decides=False)]


def holds_coupons(facts: Facts, terms: Terms) -> bool:
    """Whether coupons were handed to her with the handbook: a grant counts the same ones, it adds none."""
    rule, issued = terms.application.handbook, facts.handbook_on
    return rule is not None and issued is not None and issued >= rule.coupons_from


def _judged(facts: Facts, rule: HandbookRule, coupons: str, on: date) -> tuple[Verdict, str]:
    issued, since = facts.handbook_on, day_seen_from(rule.coupons_from, on)
    if issued is None:
        if facts.handbook_awaited and on >= rule.coupons_from:
            return Verdict.NOT_APPLICABLE, f"手帳はこれからです。{since}からは、手帳と一緒に{coupons}が渡されます。"
        return (
            Verdict.ASK,
            f"手帳の交付日がまだわかりません。{since}から交付の方には、手帳と一緒に{coupons}が渡されています。",
        )
    day = day_seen_from(issued, on)
    if issued < rule.coupons_from:
        return Verdict.MET, f"手帳の交付は{day}で、{since}より前です。{coupons}は、使う前に申請して受け取ります。"
    return Verdict.NOT_APPLICABLE, f"手帳と一緒に{coupons}を受け取った方です(手帳の交付は{day}で、{since}以後)。"


def _coupons(terms: Terms) -> str:
    return terms.coupons.label if terms.coupons else ""
