"""The third door of `applications`: for series of numbers that stand on rows of an app above."""

from .letters.closing import close_years, know_last
from .letters.numbers import last_entered

__all__ = ["close_years", "know_last", "last_entered"]
