"""Sealing the events, some seconds after they were written: whoever writes one waits for nobody."""

import datetime as dt
from time import monotonic, sleep

import structlog
from django.db import IntegrityError, connection, transaction

from postpartum_portal.shared.models import Event, EventSeal

from .digests import digest_of, prints_of, rows_between, written

AT_ONCE = 1_000
"""Events under one seal, at most: what is read and hashed together."""
WAIT_SECONDS = 2.0
"""For transactions that were writing events when it began; with longer ones the next call deals."""
LOOK_AGAIN_SECONDS = 0.02

log = structlog.get_logger(__name__)


def seal(*, at: dt.datetime, at_once: int = AT_ONCE) -> int:
    """Seal all events that none can come before any more; answer how many.

    Two at a time do no harm: the seals' numbers do not fork, so one of them writes and the other leaves it.
    """
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or not _settled():
        return 0
    sealed = 0
    while (done := _seal_next(newest, at, at_once)) is not None:
        sealed += done
    return sealed


def _seal_next(newest: int, at: dt.datetime, at_once: int) -> int | None:
    last = EventSeal.objects.order_by("-first_id").only("last_id", "digest").first()
    first, before = (last.last_id + 1, last.digest) if last else (1, "")
    rows = list(rows_between(first, newest)[:at_once])
    if not rows:
        return None
    texts = [written(row) for row in rows]
    row = EventSeal(
        first_id=first,
        last_id=rows[-1][0],
        rows=len(rows),
        digest=digest_of(before, first, rows[-1][0], texts),
        prints=prints_of(rows, texts),
        at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return None
    log.info("events_sealed", last_event=row.last_id, digest=row.digest)  # a log kept elsewhere vouches for the chain
    return row.rows


def _settled() -> bool:
    """Whether all that were writing events a moment ago have ended, so that no lower number can appear.

    PostgreSQL hands out numbers before commits: 7 may be there while the transaction that has 6 is still open. Whoever
    inserts holds a lock on the table before it takes a number, so the transactions to wait for can be read, and nobody
    is kept waiting. (A lock of one's own would need the right to change the table, and make writers queue behind it.)
    SQLite has one writer.
    """
    if connection.vendor != "postgresql":
        return True
    ends = monotonic() + WAIT_SECONDS
    waited_for = _writers()
    while waited_for:
        if monotonic() > ends:
            return False
        sleep(LOOK_AGAIN_SECONDS)  # nothing tells that another's transaction has ended
        waited_for &= _writers()
    return True


def _writers() -> set[str]:
    """Transactions of others that may hold a number of an event that is not yet to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = %s::regclass"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()",
            [Event._meta.db_table],
        )
        return {str(name) for (name,) in cursor.fetchall()}
