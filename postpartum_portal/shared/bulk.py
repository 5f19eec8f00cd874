"""Writing the rows of many families at once."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from django.db.models import Model

Rows: TypeAlias = dict[type[Model], list[Any]]


def write_families(families: Iterable[Iterable[Model]], *, order: Sequence[type[Model]]) -> Rows:
    """Insert unsaved rows by model, in that `order`, parents first; answer them by model, with their keys.

    Each row takes the key of the row it hangs on when its turn comes. Part of the caller's transaction.
    """
    rows: Rows = {model: [] for model in order}
    for family in families:
        for row in family:
            rows[type(row)].append(row)
    for model, some in rows.items():
        model._default_manager.bulk_create(some)
    return rows
