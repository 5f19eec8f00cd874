"""What a seal is computed from: the events' fields in one written form, the same from PostgreSQL and from SQLite."""

import datetime as dt
import hashlib
import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from postpartum_portal.shared.models import Event

FIELDS = (
    "id",
    "at",
    "verb",
    "actor_id",
    "municipality_id",
    "facility_id",
    "citizen_id",
    "subject_kind",
    "subject_id",
    "data",
)
"""All of an event; a test holds that none is left out."""

Row = tuple[Any, ...]
COMPACT = (",", ":")
_PRINT = struct.Struct(">Q8s")


def rows_between(first: int, last: int) -> QuerySet[Event, Row]:
    """The events with these numbers, both included, as `written` wants them."""
    return Event.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list(*FIELDS)


def written(row: Row) -> bytes:
    """One event as bytes: a list in JSON, times in UTC to the microsecond."""
    return json.dumps([_plain(field) for field in row], ensure_ascii=False, separators=COMPACT, sort_keys=True).encode()


def digest_of(before: str, first: int, last: int, rows: Iterable[bytes]) -> str:
    """Hexadecimal SHA-256 over the digest before, the range and the events written one a line."""
    sha = hashlib.sha256(f"{before}\n{first}\n{last}\n".encode())
    for row in rows:
        sha.update(row + b"\n")
    return sha.hexdigest()


def prints_of(rows: Sequence[Row], as_written: Sequence[bytes]) -> bytes:
    """Of each event sixteen bytes: its number, and eight bytes of its own SHA-256."""
    pairs = zip(rows, as_written, strict=True)
    return b"".join(_PRINT.pack(row[0], hashlib.sha256(text).digest()[:8]) for row, text in pairs)


def read_prints(packed: bytes | memoryview) -> Iterator[tuple[int, bytes]]:
    """Number → print, as a seal keeps them."""
    return _PRINT.iter_unpack(bytes(packed))


def _plain(field: Any) -> Any:
    return field.astimezone(dt.UTC).isoformat(timespec="microseconds") if isinstance(field, dt.datetime) else field
