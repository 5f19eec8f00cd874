"""Where a file contradicts itself: what one entry names, another declares; and what cannot hold together.

Each part yields the path of the entry and a sentence for the person who writes the file.
"""

from collections.abc import Iterator

from eligibility.programmes.contradictions import (
    bereaved,
    booking,
    cancelling,
    classes,
    money,
    office,
    screening,
    services,
    who,
)
from eligibility.programmes.contradictions.found import Found, twice
from eligibility.programmes.schema import ProgrammeFile

_CODED = ("offices", "requirements", "documents", "classes", "reductions", "consents", "services", "pools")
_ONE_AT_LEAST = ("offices", "requirements", "classes", "services")


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    """Path and sentence of everything that is wrong with a file that has the right shape."""
    for name in _ONE_AT_LEAST:
        if not getattr(file, name):
            yield (name,), "1つ以上書いてください。"
    for name in _CODED:
        yield from twice((name,), "code", [entry.code for entry in getattr(file, name)])
    yield from twice(("examples",), "番号", [entry.number for entry in file.examples])
    for part in (office, who, classes, services, money, cancelling, booking, screening, bereaved):
        yield from part.contradictions(file)
