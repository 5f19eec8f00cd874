"""Passing a transition of a life cycle so that two people at once cannot both pass it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied


def authorise(user: Any, permission: str, row: Any) -> None:
    """Ask the rules.

    Raises:
        PermissionDenied: `user` may not do this with this row.
    """
    if not user.has_perm(permission, row):
        raise PermissionDenied(permission)


def pass_transition(transition: Callable[[], Any], **changes: Any) -> None:
    """Call a row's bound transition, and write its new status and `changes` if the row still stands where it was read.

    One conditional update decides: of two callers with the same row in hand, one passes. It looks at the status and at
    what else a model names in `STANDS`.

    Raises:
        django_fsm.TransitionNotAllowed: the life cycle has no such step from the row's status.
        Overtaken: somebody else moved the row since it was read; nothing is written.
    """
    row: Any = transition.__self__  # type: ignore[attr-defined]  # a bound method
    before = {name: getattr(row, name) for name in ("status", *getattr(row, "STANDS", ()))}
    transition()
    for name, value in changes.items():
        setattr(row, name, value)
    if not type(row).objects.filter(pk=row.pk, **before).update(status=row.status, **changes):
        raise Overtaken(row)


class Overtaken(Exception):
    """Another person or process moved the row first."""
