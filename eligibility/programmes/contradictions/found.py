"""What the checks share: a finding, names that occur twice, codes that nobody declares."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from eligibility.programmes.reading import Path

Found: TypeAlias = tuple[Path, str]


def twice(path: Path, key: str, names: Sequence[str]) -> Iterator[Found]:
    """One finding for each entry below `path` whose name an entry before it has."""
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (*path, number, key), f"{name} は、もう使われています。"


def unknown(path: Path, codes: Iterable[str], known: Iterable[str], place: str) -> Iterator[Found]:
    """One finding for each code that `place` of the file does not declare."""
    for code in sorted(set(codes) - set(known)):
        yield path, f"{code} が {place} にありません。"


def codes_of(entries: Iterable[object]) -> list[str]:
    return [entry.code for entry in entries]  # type: ignore[attr-defined]
