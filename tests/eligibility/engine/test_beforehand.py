"""The rules that bite only later, told before: those that a programme has, and no others."""

from datetime import date

from eligibility.engine import beforehand
from tests.eligibility import five
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


def test_beforehand__tells_from_which_handbook_on_nobody_need_apply() -> None:
    told = [rule.title for rule in beforehand(five.terms_of(five.ZUSHI), on=ON)]

    since = "母子健康手帳の交付が令和8年4月1日からの方"
    assert [title for title in told if "手帳" in title] == [
        f"{since}には、利用券を手帳と一緒に渡している。あらためて申請しなくてよい"
    ]
