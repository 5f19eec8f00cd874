"""Writing a row that may be there already: one statement, and one winner among those who try at once."""

import datetime as dt

from django.db import connection, models

SENT_AGAIN = dt.timedelta(minutes=10)
"""A form that says the same within this time, of the same person, is the one that was sent before: pressed twice, or
sent again where an answer failed to come. For deeds that somebody may well repeat later, in the same words.
"""


def insert_once(row: models.Model) -> bool:
    """Insert `row` unless another has its `key`; True, and `row.pk` set, if this call wrote it.

    `get_or_create` takes four statements in a transaction, two of them a savepoint. PostgreSQL and SQLite both do it in
    one; Django's `bulk_create(ignore_conflicts=True)` would not tell who won. The table has a unique column `key`. No
    column is named in ON CONFLICT: a mail's `message_id`, made of the key, is unique too, and PostgreSQL awaits the
    other's row only in the indexes that it was told of. Whoever met that row in another index first would be refused.
    """
    meta = row._meta
    values = {
        field.column: field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in meta.concrete_fields
        if not field.primary_key
    }
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(str(column)) for column in values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places}) "  # noqa: S608  # names of our own columns
            f"ON CONFLICT DO NOTHING RETURNING {quote(str(meta.pk.column))}",
            list(values.values()),
        )
        written = cursor.fetchone()
    if written is None:
        return False
    (row.pk,) = written
    row._state.adding, row._state.db = False, connection.alias
    return True
