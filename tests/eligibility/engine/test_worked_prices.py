"""The worked cases about money: K3 and K8, W1 to W3, W9 to W11, Z1, with every line of the price."""

from datetime import date, timedelta

from eligibility.engine import (
    ANYWHERE,
    Amount,
    Facts,
    Proof,
    Quote,
    Terms,
    Use,
    Yen,
    price_changes,
    quote,
    quotes,
    total,
)
from tests.eligibility.five import KAWASAKI, KODAIRA, ZUSHI, terms_of

BORN = date(2026, 3, 1)
GENERAL = Facts(birth_date=BORN)
JULY = date(2026, 7, 1)


def stay(first: date, days: int) -> Use:
    return Use("short_stay", first, first + timedelta(days=days - 1))


def visit(day: date, number: int = 0) -> Use:
    return Use("home_visit", day, day, number=number)


def priced(use: Use, municipality: str, facts: Facts = GENERAL, *held: Use) -> Quote:
    return quote(use, facts=facts, terms=terms_of(municipality), held=held)


def amounts(price: Quote) -> list[Amount]:
    return [line.amount for line in price.lines]


def exempt(terms: Terms, *years: int) -> Facts:
    """A household of the first class that needs a proof, with the certificates of these fiscal years."""
    household = next(item for item in terms.classes if item.proof)
    assert household.proof
    proofs = frozenset(Proof(household.proof.document.code, year) for year in years)
    return Facts(birth_date=BORN, household_class=household.code, proofs=proofs)


def test_k3__five_nights_and_a_day() -> None:
    day = Use("day_service", date(2026, 3, 10), date(2026, 3, 10))
    stay_price, day_price = priced(stay(date(2026, 3, 2), 6), KODAIRA), priced(day, KODAIRA)
    assert (stay_price.total, day_price.total) == (25_000, 2_000)
    assert total([stay_price.total, day_price.total]) == 27_000


def test_k8__two_hours_of_a_supporter() -> None:
    use = Use("supporter_visit", JULY, JULY, hours=2.0)
    household = terms_of(KODAIRA).classes[1]
    assert household.proof
    proofs = frozenset({Proof(household.proof.document.code)})
    assert priced(use, KODAIRA).total == 1_200
    with_certificate = Facts(birth_date=BORN, household_class=household.code, proofs=proofs)
    assert priced(use, KODAIRA, with_certificate).total == 0


def test_w1__six_nights() -> None:
    price = priced(stay(JULY, 7), KAWASAKI)
    assert (amounts(price), price.total) == ([*[7_500] * 7, -12_500], 40_000)
    assert price.lines[-1].arithmetic == "7月1日〜5日 1日 2,500円 × 5日(5回のうち1〜5回め)"


def test_w2__a_stay_after_four_visits() -> None:
    visits = [visit(date(2026, 6, day), number=day) for day in range(1, 5)]
    price = priced(stay(JULY, 2), KAWASAKI, GENERAL, *visits)
    assert (amounts(price), price.total) == ([7_500, 7_500, -2_500], 12_500)
    assert price.lines[-1].arithmetic == "7月1日 1日 2,500円 × 1日(5回のうち5回め)"


def test_w3__an_exempt_household_pays_the_days_and_no_short_day() -> None:
    household = exempt(terms_of(KAWASAKI), 2026)
    short_day = Use("day_short", date(2026, 7, 10), date(2026, 7, 10))
    price = priced(stay(JULY, 2), KAWASAKI, household)
    assert (amounts(price), price.total) == ([7_500, 7_500, -10_000], 5_000)
    assert price.findings == ()
    assert priced(short_day, KAWASAKI, household, stay(JULY, 2)).total == 0


def all_quotes(*uses: Use) -> dict[int, Quote]:
    terms = terms_of(KAWASAKI)
    return quotes(uses, facts=GENERAL, terms_of=lambda _: terms, place_of=lambda _: ANYWHERE)


def test_w9__an_earlier_visit_takes_the_reduction_of_the_last() -> None:
    five = [visit(JULY + timedelta(days=number), number=number + 1) for number in range(5)]
    before, after = all_quotes(*five), all_quotes(*five, visit(date(2026, 6, 28), number=6))
    assert after[6].total == 2_500
    assert total([price.total for price in after.values()]) == 17_500
    (change,) = price_changes(before, after)
    assert change.sentence == "7月5日の訪問型は、2,500円から5,000円になります。"


def test_w10__it_comes_back_when_that_visit_is_cancelled() -> None:
    five = [visit(JULY + timedelta(days=number), number=number + 1) for number in range(5)]
    before, after = all_quotes(*five, visit(date(2026, 6, 28), number=6)), all_quotes(*five)
    (change,) = price_changes(before, after)
    assert (change.number, change.after) == (5, 2_500)


def test_w11__each_day_needs_the_certificate_of_its_year() -> None:
    price = priced(stay(date(2026, 6, 30), 2), KAWASAKI, exempt(terms_of(KAWASAKI), 2025))
    assert (amounts(price), price.total) == ([7_500, 7_500, -5_000, -2_500], Yen(7_500))
    (finding,) = price.findings
    assert finding.fact.startswith("7月1日の利用には、令和8年度の")
    assert finding.fact.endswith("が必要です。そろうまでの料金は「一般」です。")
    assert priced(stay(date(2026, 6, 30), 2), KAWASAKI, exempt(terms_of(KAWASAKI), 2025, 2026)).total == 5_000


def test_z1__two_nights() -> None:
    price = priced(stay(JULY, 3), ZUSHI)
    assert (amounts(price), price.total) == ([13_000, 6_500], 19_500)
    assert [line.arithmetic for line in price.lines] == ["7月1日〜2日(税抜)", "7月3日(税抜)"]
