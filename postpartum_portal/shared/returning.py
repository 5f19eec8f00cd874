"""UPDATE … RETURNING: moving rows and reading them in one statement, which PostgreSQL and SQLite both know."""

from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql import UpdateQuery

Row = TypeVar("Row", bound=Model)


def update_returning(rows: QuerySet[Row], values: dict[str, Any], *columns: str) -> list[tuple[Any, ...]]:
    """As `rows.update(**values)`; the named columns of each row that was updated, in no order."""
    query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
    query.add_update_values(values)
    text, parameters = query.get_compiler(connection=connection).as_sql()
    wanted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"{text} RETURNING {wanted}", parameters)
        return list(cursor.fetchall())
