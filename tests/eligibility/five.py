"""The programmes on file, by municipality. Kodaira has helpers of its own in `kodaira`."""

from functools import cache

from eligibility.engine import Terms
from eligibility.programmes import load_programme
from tests.eligibility.kodaira import ROOT

KUMAGAYA, KODAIRA, KAWASAKI, ZUSHI, OKAYAMA = "112020", "132110", "141305", "142085", "331007"


@cache
def terms_of(municipality: str) -> Terms:
    """The newest file of a municipality."""
    return load_programme(max(ROOT.glob(f"fixtures/programmes/{municipality}-*.yaml"))).terms
