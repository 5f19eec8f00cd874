"""Rules that bite only when she applies or books, told before: how early, how far ahead, how many, what twins add."""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.amounts import resolve
from eligibility.engine.booking_ahead import application_title, at_once_title, horizon_title, notice_title
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.quote_line import SAMPLE
from eligibility.engine.service import Service
from eligibility.engine.terms import Terms
from eligibility.engine.values import Source, Unpublished
from eligibility.engine.wording import counter, full_day, money


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule as a sentence without its stop. `of_twins`: it means nothing to a family with one child."""

    title: str
    source: Source
    of_twins: bool = False


def beforehand(terms: Terms, *, place: Place = ANYWHERE, on: date) -> tuple[ToldRule, ...]:
    """Those that the programme has, the application's first; `place` holds the amounts that were entered."""
    rules, lead = terms.booking, terms.application.lead
    told = [
        lead and ToldRule(application_title(lead), lead.source),
        rules.notice and ToldRule(notice_title(rules.notice), rules.notice.source),
        rules.horizon and ToldRule(horizon_title(rules.horizon), rules.horizon.source),
        rules.open_at_once and ToldRule(at_once_title(rules.open_at_once), rules.open_at_once.source),
        _handbook(terms),
        *(_further_child(service, place, on) for service in terms.services),
    ]
    return tuple(rule for rule in told if rule)


def _handbook(terms: Terms) -> ToldRule | None:
    """母子健康手帳の交付が令和8年4月1日からの方には、利用券を手帳と一緒に渡している。あらためて申請しなくてよい"""
    rule, coupons = terms.application.handbook, terms.coupons
    if rule is None or coupons is None:
        return None
    since = full_day(rule.coupons_from)
    title = (
        f"母子健康手帳の交付が{since}からの方には、{coupons.label}を手帳と一緒に渡している。あらためて申請しなくてよい"
    )
    return ToldRule(title, rule.source)


def _further_child(service: Service, place: Place, on: date) -> ToldRule | None:
    """双子などの宿泊型は、2人目から1人につき1泊 1,500円を足す"""
    price = service.price
    if price.further_child is None:
        return None
    amount, sample = resolve(price.further_child, on=on, entered=place.entered)
    each = amount.reason if isinstance(amount, Unpublished) else f"1{counter(price.per)} {money(amount)}"
    each += f"・{SAMPLE}" if sample else ""
    title = f"双子などの{service.short_label}は、2人目から1人につき料金を足す({each})"
    return ToldRule(title, price.further_child_source or price.source, of_twins=True)
