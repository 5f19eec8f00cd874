"""What the portal's own role may do in PostgreSQL: work with rows, but neither tables nor what is kept for good.

Two roles: the owner migrates, the portal works. Which rows are kept, and what of them may change, stands on the models
(`kept.py`). Whoever gets hold of the web server's password can then not rewrite who saw what.
"""

from django.apps import apps
from django.db import connection
from django.db.models import Model

from .kept import KeptRow


class RoleHasMore(Exception):
    """The role is a superuser or owns the tables: what is granted to it would bind it in nothing."""


def grant(role: str) -> None:
    """Give `role` its rights on all tables that are there, and take all others of them away. Run it as their owner.

    Raises:
        RoleHasMore: see there.
    """
    if _has_more(role):
        raise RoleHasMore
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        cursor.execute("; ".join(statements(role, schema, connection.introspection.table_names())))


def statements(role: str, schema: str, tables: list[str]) -> list[str]:
    """The rights of `role` as SQL; of a table that belongs to no model it may only read."""
    quote = connection.ops.quote_name
    to, models = quote(role), _models()
    lines = [
        f"REVOKE CREATE ON SCHEMA {quote(schema)} FROM PUBLIC, {to}",
        f"GRANT USAGE ON SCHEMA {quote(schema)} TO {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {quote(schema)} FROM {to}",
    ]
    for table in sorted(tables):
        rights = _rights(models[table]) if table in models else "SELECT"
        lines.append(f"GRANT {rights} ON {quote(table)} TO {to}")
    return lines


def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _rights(model: type[Model]) -> str:
    if not issubclass(model, KeptRow):
        return "SELECT, INSERT, UPDATE, DELETE"
    fields = [model._meta.get_field(name) for name in sorted(model.may_change)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)  # type: ignore[union-attr]
    return f"SELECT, INSERT, UPDATE ({columns})" if columns else "SELECT, INSERT"


def _has_more(role: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema()"
            " AND pg_has_role(%s, tableowner, 'MEMBER')) FROM pg_roles WHERE rolname = %s",
            [role, role],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
