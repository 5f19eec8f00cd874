"""Which files the rows name. Each app tells of its own; backups copy these, the check compares them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.files.storage import Storage, default_storage
from django_scopes import scopes_disabled

AT_ONCE = 1000
"""Rows, or bytes of a file in kilobytes, that are in memory together."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the row `owner` (`Letter 12`) names. `sha256` is "" where none was noted when it was written."""

    name: str
    sha256: str
    owner: str


Teller = Callable[[str], Iterable[StoredFile]]
Noter = Callable[[StoredFile, str], None]
_tellers: list[Teller] = []
_noters: dict[str, Noter] = {}


def tells_files(function: Teller) -> Teller:
    """Register a function that reads the database of an alias and tells the files that an app's rows name."""
    if function not in _tellers:
        _tellers.append(function)
    return function


def notes_hash(owner: str) -> Callable[[Noter], Noter]:
    """Register how the hash of a file of `owner` (`Letter`) is noted in its row, where it has none."""

    def register(function: Noter) -> Noter:
        _noters[owner] = function
        return function

    return register


def stored_files(using: str = "default") -> Iterator[StoredFile]:
    """All of them, of every tenant, a thousand rows in memory at a time."""
    for tell in _tellers:
        with scopes_disabled():
            rows = iter(tell(using))
        while True:
            with scopes_disabled():  # not across a yield: the caller's own scope must not change
                row = next(rows, None)
            if row is None:
                break
            yield row


def note_hash(file: StoredFile, sha256: str) -> None:
    with scopes_disabled():
        _noters[file.owner.partition(" ")[0]](file, sha256)


def hash_of(name: str, *, of: Storage = default_storage) -> str | None:
    """SHA-256 of a stored file; None where there is none."""
    digest = hashlib.sha256()
    try:
        with of.open(name) as file:
            while piece := file.read(AT_ONCE * 1024):
                digest.update(piece)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


def names_in_storage(folder: str = "") -> Iterator[str]:
    """Every file that is there, also those that no row names; unfinished ones of this moment excepted."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if not name.startswith("."):
            yield f"{folder}/{name}" if folder else name
    for below in sorted(folders):
        yield from names_in_storage(f"{folder}/{below}" if folder else below)
