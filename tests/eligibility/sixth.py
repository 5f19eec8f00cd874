"""みほん市, an invented municipality: files by docs/programme-format.md alone, with shapes that the five lack."""

from pathlib import Path

from eligibility.engine import Terms
from eligibility.programmes import load_programme

FOLDER = Path(__file__).parent / "programmes/sixth"
FIRST, SECOND = FOLDER / "999990-mihon-2026-04-01.yaml", FOLDER / "999990-mihon-2027-02-01.yaml"
"""The rules from 2026-04-01, and those from 2027-04-01 with other prices."""


def terms_of(file: Path) -> Terms:
    return load_programme(file).terms
