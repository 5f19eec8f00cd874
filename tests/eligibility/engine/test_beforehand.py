"""The rules that bite only later, told before: those that a programme has, and no others."""

from datetime import date

from eligibility.engine import beforehand
from tests.eligibility.kodaira import TERMS
from tests.eligibility.sixth import FIRST, terms_of

ON = date(2026, 5, 1)


def test_beforehand__tells_nothing_where_the_programme_has_no_such_rule() -> None:
    assert beforehand(TERMS, on=ON) == ()


def test_beforehand__tells_each_rule_with_its_sentence() -> None:
    terms = terms_of(FIRST)
    told = beforehand(terms, on=ON)

    assert told
    assert all(rule.title and rule.source.text for rule in told)
    twins = [rule.title for rule in told if rule.of_twins]
    assert len(twins) == sum(service.price.further_child is not None for service in terms.services)
