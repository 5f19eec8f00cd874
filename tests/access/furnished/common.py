"""What the rows share: a number of their own, a day, a file that is there."""

import datetime as dt
import hashlib
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

Rows = dict[str, Any]
DAY = dt.timedelta(days=1)
CONTENT = b"%PDF-1.4 a file"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
_numbers = itertools.count(1)


def following() -> int:
    """A number that no other row has."""
    return next(_numbers)


def kept(name: str, content: bytes = CONTENT) -> str:
    return str(default_storage.save(f"access/{following()}-{name}", ContentFile(content)))
