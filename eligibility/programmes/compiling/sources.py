"""What every part of the compiler takes: how an entry's sentence becomes a source."""

from collections.abc import Callable

from eligibility.engine import Source
from eligibility.programmes.fields import Sourced

SourceOf = Callable[[Sourced], Source]
"""The sentence of an entry, with the document and the address that the file names once."""
