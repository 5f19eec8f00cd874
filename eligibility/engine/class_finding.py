"""What a household's class spares it on a day, and which certificate that rests on, in the class's own words."""

from datetime import date
from functools import lru_cache
from typing import TypeAlias

from eligibility.engine.class_price import ClassPrice
from eligibility.engine.classes import HouseholdClass, ProofRule, ProofWorks, Reduction, ReductionKind
from eligibility.engine.facts import Facts
from eligibility.engine.holding import certificate_for, held_on
from eligibility.engine.place import Place
from eligibility.engine.price_table import PriceRow, price_row
from eligibility.engine.service import Service
from eligibility.engine.service_groups import groups
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Unpublished, Verdict, Yen
from eligibility.engine.wording import fiscal_year_text, month_day

Priced: TypeAlias = tuple[PriceRow, ClassPrice]


def class_finding(
    facts: Facts, terms: Terms, *, on: date, last: date | None, place: Place
) -> tuple[Finding | None, str]:
    """The finding for a day of use, and the code of the class that sets the prices; `last` is the last day of any use.

    It never decides: what is not proven costs the price of the programme's first class. Nothing is found where the
    page says of nobody that anything is taken off: no sentence would bear it out.
    """
    household, shortfall = held_on(on, facts, terms, on)
    named = shortfall.named if shortfall else household
    prices = _prices(terms, named.code, facts.counted_children, place, on)
    certificate = certificate_for(named, on)
    if named.proof is None or certificate is None:
        return _without_proof(terms, named.code, prices), household.code
    verdict = Verdict.ASK if facts.proofs is None else Verdict.UNMET if shortfall else Verdict.MET
    later = _later_certificate(named, named.proof, facts, terms, on, last)
    return _by_proof(terms, named.code, verdict, certificate.label, prices + later), household.code


def class_prices(terms: Terms, code: str, children: int, place: Place, on: date) -> tuple[Priced, ...]:
    """What each service costs a class, in the file's order; by what was entered for a place up to a day."""
    if not place.entered:
        return _published(terms, code, children)
    rows = [price_row(service, terms, children=children, place=place, on=on) for service in terms.services]
    return tuple((row, row.price_for(code)) for row in rows)


@lru_cache(maxsize=1024)
def _published(terms: Terms, code: str, children: int) -> tuple[Priced, ...]:
    rows = [price_row(service, terms, children=children) for service in terms.services]
    return tuple((row, row.price_for(code)) for row in rows)


@lru_cache(maxsize=1024)
def _without_proof(terms: Terms, code: str, prices: str) -> Finding | None:
    """A class that is nobody's to prove: what it is spared, if anything."""
    if not terms.reductions:
        return None
    named, spared = terms.household_class(code), _reductions(terms, code)
    standing = f"世帯の区分は「{named.label}」です。"
    if spared:
        title, source = _title(named, spared), spared[0].source
        return Finding("household_class", Verdict.MET, title, standing + prices, source, decides=False)
    waived = all(reduction.kind is ReductionKind.WAIVER for reduction in terms.reductions)
    title = f"利用者負担額の{'免除' if waived else '減免'}"
    source = terms.reductions[0].source
    return Finding("household_class", Verdict.NOT_APPLICABLE, title, standing, source, decides=False)


@lru_cache(maxsize=1024)
def _by_proof(terms: Terms, code: str, verdict: Verdict, certificate: str, prices: str) -> Finding:
    named, spared = terms.household_class(code), _reductions(terms, code)
    source = spared[0].source if spared else terms.application.source
    if verdict is Verdict.MET:
        fact = f"{certificate}がそろっています。{prices}"
    elif verdict is Verdict.ASK:
        by_request = named.proof is not None and named.proof.works is ProofWorks.FROM_HANDING_IN
        how = f"利用する前に{certificate}を出すと" if by_request else f"申請のときに{certificate}を添えると"
        fact = f"{how}、{prices}"
    else:
        fact = f"{certificate}がそろっていません。そろうまでの料金は「{terms.classes[0].label}」です。"
    if named.proof and verdict is not Verdict.MET:
        source = named.proof.source
    return Finding("household_class", verdict, _title(named, spared), fact, source, decides=False)


def _title(named: HouseholdClass, spared: tuple[Reduction, ...]) -> str:
    """住民税非課税世帯(均等割)の免除"""
    kinds = {reduction.kind for reduction in spared}
    return f"{named.label}の{'免除' if kinds == {ReductionKind.WAIVER} else '減免'}"


def _reductions(terms: Terms, code: str) -> tuple[Reduction, ...]:
    return tuple(reduction for reduction in terms.reductions if code in reduction.classes)


def _later_certificate(
    named: HouseholdClass, rule: ProofRule, facts: Facts, terms: Terms, on: date, last: date | None
) -> str:
    """7月1日からの利用には、令和8年度のものが必要です。 as long as that one is not in."""
    month = rule.fiscal_year_from_month
    if month is None or last is None:
        return ""
    change = date(on.year if on.month < month else on.year + 1, month, 1)
    handed_in = facts.proofs is not None and held_on(change, facts, terms, change)[1] is None
    certificate = certificate_for(named, change)
    if change > last or handed_in or certificate is None or certificate.fiscal_year is None:
        return ""
    return f"{month_day(change)}からの利用には、{fiscal_year_text(certificate.fiscal_year)}のものが必要です。"


def _prices(terms: Terms, code: str, children: int, place: Place, on: date) -> str:
    """What the class pays for each service: 利用者負担額は0円です。"""
    if not place.entered:
        return _published_prices(terms, code, children)
    return _price_words(terms, class_prices(terms, code, children, place, on))


@lru_cache(maxsize=1024)
def _published_prices(terms: Terms, code: str, children: int) -> str:
    return _price_words(terms, _published(terms, code, children))


def _price_words(terms: Terms, priced: tuple[Priced, ...]) -> str:
    """Services at the same price together; an amount that is not published stands in the file's own words."""
    prices = {row.service: price for row, price in priced}
    if all(price.amount == Yen(0) for price in prices.values()):
        return "利用者負担額は0円です。"

    def words(service: Service) -> tuple[bool, str]:
        price = prices[service.code]
        if isinstance(price.amount, Unpublished):
            return False, price.amount.reason.rstrip("。")
        return True, price.text

    told = groups(terms, words).items()
    known = [f"{group.label}が{text}" if group.label else text for (published, text), group in told if published]
    unknown = [(text, group) for (published, text), group in told if not published]
    sentences = [f"{text}({group.label})。" if group.label else f"{text}。" for text, group in unknown]
    listed = ("。" if any("、" in text for text in known) else "、").join(known)
    return "".join([f"料金は{listed}です。" if known else "料金が軽くなります。", *sentences])
