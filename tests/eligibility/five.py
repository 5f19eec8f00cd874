"""The programmes on file, by municipality. Kodaira has helpers of its own in `kodaira`."""

from functools import cache

from eligibility.engine import Facts, Terms
from eligibility.programmes import load_programme
from tests.eligibility.kodaira import BORN, ROOT

KUMAGAYA, KODAIRA, KAWASAKI, ZUSHI, OKAYAMA = "112020", "132110", "141305", "142085", "331007"
ALL = (KUMAGAYA, KODAIRA, KAWASAKI, ZUSHI, OKAYAMA)


@cache
def terms_of(municipality: str) -> Terms:
    """The newest file of a municipality."""
    return load_programme(max(ROOT.glob(f"fixtures/programmes/{municipality}-*.yaml"))).terms


def eligible(terms: Terms, **known: object) -> Facts:
    """A household, born 2026-01-15, for which everything speaks that the programme asks about."""
    told = {item.code: rule.expects for rule in terms.requirements for item in rule.circumstances}
    return Facts(**{"birth_date": BORN, "told": told, **known})  # type: ignore[arg-type]
