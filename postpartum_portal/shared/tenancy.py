"""Tenant scope: every query runs inside municipality × citizen × facility, opened at the edge.

A dimension's value is a row's id, or None for "unfiltered"; at least one is set (the sweeper excepted). A query
outside any scope raises. Foreign-key follows and joins from unscoped models are not guarded by django-scopes, so the
dimensions stand on the row itself, also on child rows, and selectors start from the scoped model.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager, scope

NOBODY = 0
"""An id that no row has: what an anonymous visitor may see of people's rows."""


def tenant(
    *, municipality: int | None = None, citizen: int | None = None, facility: int | Sequence[int] | None = None
) -> AbstractContextManager[Any]:
    """Open all three dimensions at once; several facilities for the association that answers for them.

    Raises:
        ScopeMissing: no dimension is set; nobody but the sweeper sees every tenant.
    """
    if municipality is None and citizen is None and facility is None:
        raise ScopeMissing
    opened: AbstractContextManager[Any] = scope(municipality=municipality, citizen=citizen, facility=facility)
    return opened


class ScopeMissing(Exception):
    """A scope was opened without naming whose rows it is about."""


class CitizenRow(models.Model):
    """A row about one mother in one municipality.

    `citizen` is empty for an application made on paper, and for what a proxy writes before it is handed over to her.
    """

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", citizen="citizen_id")

    class Meta:
        abstract = True

    @classmethod
    def beside(cls, row: "CitizenRow") -> models.QuerySet[Self]:
        """The rows about the mother and municipality of `row`; where it names no account, who she is is not known."""
        if row.citizen_id is None:
            return cls.objects.none()
        return cls.objects.filter(municipality_id=row.municipality_id, citizen_id=row.citizen_id)


def same_tenant(row: CitizenRow) -> dict[str, Any]:
    """Whose a row is, for the rows that are written beside it."""
    return {"municipality_id": row.municipality_id, "citizen_id": row.citizen_id}
