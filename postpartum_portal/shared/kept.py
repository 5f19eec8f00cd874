"""Rows that stay for good: what of them may still change is named on the model's class, and nowhere else.

The managers here hold it against a slip in the code; on PostgreSQL the rights of the portal's own database role hold it
against everything else (`rights.py` reads the same names).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import models
from django_scopes import ScopedManager

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:
    Rows = models.QuerySet


class AppendOnly(Exception):
    """A row that is kept was to be removed, or changed where it may not be; the message names the model."""


class KeptQuerySet(Rows):
    """No way around `save` and `delete`: the bulk operations refuse as well."""

    def update(self, **values: Any) -> int:
        _check(self.model, values)
        return super().update(**values)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        names = list(fields)
        _check(self.model, names)
        return super().bulk_update(objs, names, batch_size=batch_size)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            raise AppendOnly(self.model.__name__)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise AppendOnly(self.model.__name__)

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise AppendOnly(self.model.__name__)


class KeptManager(models.Manager[Any]):
    _queryset_class = KeptQuerySet


def kept_within(**dimensions: str) -> Any:
    """The manager of kept rows that are seen only inside a tenant's scope."""
    return ScopedManager(_manager_class=KeptManager, **dimensions)


class KeptRow(models.Model):
    """A row that is never removed, and of which only the fields in `may_change` are ever written again."""

    may_change: ClassVar[frozenset[str]] = frozenset()

    objects: ClassVar[models.Manager[Any]] = KeptManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not kwargs.get("force_insert"):
            names = kwargs.get("update_fields")
            if names is None:
                raise AppendOnly(type(self).__name__)
            _check(type(self), names)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(type(self).__name__)


def _check(model: type[KeptRow], names: Iterable[str]) -> None:
    if {model._meta.get_field(name).name for name in names} - model.may_change:
        raise AppendOnly(model.__name__)
