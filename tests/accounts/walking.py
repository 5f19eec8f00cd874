"""Every address of the portal, with arguments that fit."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

SLUG = "kodaira"
FITTING = {"int": "1", "day": "2026-03-05", "month": "2026-03"}
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(entries: Iterable[Any] | None = None, before: str = "/") -> Iterator[tuple[str, Any]]:
    """Path and view, for all of the URL resolver."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        path = before + _filled(entry)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, path)
        else:
            yield path, entry.callback


def _filled(entry: URLPattern | URLResolver) -> str:
    return ARGUMENT.sub(_fitting, str(entry.pattern))


def _fitting(found: re.Match[str]) -> str:
    kind, name = found.groups()
    return SLUG if name == "slug" else FITTING.get(kind, "1234-5678-9012")
