"""A job that goes through many rows: some of them in each transaction, and on from there in the next claim."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from .runner import Lease

AT_ONCE = 200
"""Rows read together."""
Row = TypeVar("Row", bound=Model)


def go_through(lease: Lease, rows: QuerySet[Row], do: Callable[[list[Row]], None]) -> None:
    """Hand `rows` to `do` in the order of their keys, until all are done or the lease's time is over."""
    cursor = lease.cursor
    while found := list(rows.order_by("pk").filter(pk__gt=cursor)[:AT_ONCE]):
        cursor = found[-1].pk
        with transaction.atomic():
            lease.advance(cursor)
            do(found)
        if lease.pause():
            return
