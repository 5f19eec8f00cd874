"""What must hold of the rows this portal finds in its database: `manage.py check --database default` and `migrate`."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connection

from .models import ProgrammeVersion
from .programmes import ProgrammeFileError, stored_programme

PROGRAMMES = "programmes"
"""The tag under which this check runs alone."""


@register(PROGRAMMES, Tags.database)
def programme_versions_can_be_read(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """One error for each version that this portal cannot read: decisions stay under theirs for years."""
    if DEFAULT_DB_ALIAS not in (databases or ()) or not _has_table():
        return []
    return list(_unreadable())


def _has_table() -> bool:
    """Before the first migration there is none."""
    return ProgrammeVersion._meta.db_table in connection.introspection.table_names()


def _unreadable() -> Iterator[Error]:
    for version in ProgrammeVersion.objects.only("file_name", "text").order_by("pk"):
        try:
            stored_programme(version.text)
        except ProgrammeFileError as wrong:
            first = wrong.problems[0]
            yield Error(
                f"Programme version {version.pk} ({version.file_name}) cannot be read: "
                f"line {first.line}, {first.key}: {first.sentence}",
                hint="Decisions were taken under it, so neither change nor delete it: run a portal that reads it, "
                "the one that loaded it or a newer one.",
                id="eligibility.E001",
            )
