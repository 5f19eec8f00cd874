"""Rows of every kind for one family, one facility and one centre: what the demo's people have not done yet."""

from .family import family
from .office import centre, key_of
from .places import desk, month
from .uses import uses, visit

__all__ = ["centre", "desk", "family", "key_of", "month", "uses", "visit"]
