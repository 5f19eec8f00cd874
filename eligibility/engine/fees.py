"""What a late cancellation or a no-show costs in yen, and the sentence that says so."""

from collections.abc import Sequence
from functools import reduce

from eligibility.engine.amounts import resolve
from eligibility.engine.cancellation import Cancellation, Fee, FeeKind
from eligibility.engine.charging import times_text
from eligibility.engine.deadlines import unpublished_rule
from eligibility.engine.facts import Facts
from eligibility.engine.holding import effective_class
from eligibility.engine.place import Place
from eligibility.engine.pricing import Quote, quote
from eligibility.engine.quote_line import SAMPLE, QuoteLine, told
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Use, children_of, count
from eligibility.engine.values import Unpublished, Yen, total
from eligibility.engine.wording import money, not_published

WHOLE = 100
"""Per cent."""


def dearest(
    fees: Sequence[Fee | None],
    use: Use,
    *,
    facts: Facts,
    terms: Terms,
    price: Quote | None,
    place: Place,
    beyond: bool,
    kept: Use | None = None,
) -> tuple[QuoteLine, ...]:
    """The last of these fees, in order of time, or an earlier one that costs this household more.

    Waiting never pays: a fixed fee may exceed a share of what she would have paid, where reductions leave her little.
    """
    told = [
        fee_lines(fee, use, facts=facts, terms=terms, price=price, place=place, beyond=beyond, kept=kept)
        for fee in reversed(fees)
    ]
    return reduce(lambda last, earlier: earlier if _costs_more(earlier, last) else last, told)


def fee_lines(
    fee: Fee | None,
    use: Use,
    *,
    facts: Facts,
    terms: Terms,
    price: Quote | None,
    place: Place,
    beyond: bool,
    kept: Use | None = None,
) -> tuple[QuoteLine, ...]:
    """The fee of one use; none for a class that the file excepts, if it holds on the first day.

    Of days that are `kept` nothing is owed; what is one amount for the use is owed whole for any day given up.
    """
    if fee is None:
        return ()
    household = effective_class(facts, terms, on=use.first_day).code
    if household in fee.except_classes:
        return ()
    if fee.kind is FeeKind.COPAYMENT:
        price = price or quote(use, facts=facts, terms=terms, place=place, beyond=beyond)
        return (_of_copayment(fee, price),)
    children = children_of(use, facts)
    stated = fee.for_children(children)
    assert stated is not None  # noqa: S101 - only a share of the copayment has no amount
    amount, sample = resolve(stated, on=use.first_day, entered=place.entered, household_class=household)
    if fee.kind is FeeKind.PER_USE:
        words = "1回" if isinstance(amount, Unpublished) else f"1回 {money(amount)}"
        return (told(fee.label, words, amount, fee.source, sample),)
    service = terms.service(use.service)
    per = service.price.per
    number = count(use, service, per, children=children) - (count(kept, service, per, children=children) if kept else 0)
    words = times_text(amount, number, service.price.per)
    return (told(fee.label, words, total([amount] * number), fee.source, sample),)


def no_rule_line(rules: Cancellation) -> QuoteLine:
    """Where no rule is published nobody here can say what is owed."""
    words = unpublished_rule(rules)
    return QuoteLine("取り消しの料金", "", words, rules.source or rules.no_show.source)


def money_text(lines: Sequence[QuoteLine], rules: Cancellation) -> str:
    """2,000円がかかります。 An unpublished fee is told in the file's own words, which may name the fee themselves."""
    owed = total([line.amount for line in lines])
    if isinstance(owed, Unpublished):
        words, label = not_published(owed), lines[0].label
        if not rules.tiers or label in words:
            return f"{words}。"
        return f"{label}がかかります({words})。"
    if not owed:
        return "お金はかかりません。"
    sample = f"({SAMPLE})" if any(line.sample for line in lines) else ""
    return f"{money(owed)}{sample}がかかります。"


def _costs_more(one: Sequence[QuoteLine], other: Sequence[QuoteLine]) -> bool:
    """As far as numbers tell: what is not published costs more than nothing only."""
    mine, yours = (total([line.amount for line in lines]) for lines in (one, other))
    if isinstance(mine, Unpublished) or isinstance(yours, Unpublished):
        return yours == 0
    return mine > yours


def _of_copayment(fee: Fee, price: Quote) -> QuoteLine:
    if isinstance(price.total, Unpublished):
        return QuoteLine(fee.label, "利用料金", price.total, fee.source)
    words = f"利用料金 {money(price.total)}" + ("" if fee.percent == WHOLE else f"の{fee.percent}%")
    amount = Yen(price.total * fee.percent // WHOLE)
    return told(fee.label, words, amount, fee.source, any(line.sample for line in price.lines))
