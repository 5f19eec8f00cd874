"""The published programmes and their facilities, read from their files once a session and written as rows a test."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model

from eligibility.public import Municipality

from .strict import FROZEN_AT

Rows = list[list[Model]]
"""Of each model the rows, as they were saved."""


@pytest.fixture(scope="session")
def _published_rows(django_db_setup: None, django_db_blocker: Any) -> Rows:
    """What `manage.py load_programmes` makes of an empty database; nothing of it stays there."""
    with django_db_blocker.unblock(), time_machine.travel(FROZEN_AT, tick=False), transaction.atomic():
        before = [type(rows[0]) for rows in _all_rows()]  # content types and permissions
        call_command("load_programmes", verbosity=0)
        made = [rows for rows in _all_rows() if type(rows[0]) not in before]
        transaction.set_rollback(True)
    return made


@pytest.fixture
def published(db: None, _published_rows: Rows) -> Callable[[str], Municipality]:
    """`published("kodaira")`: that municipality, once all five are loaded."""

    def municipality(slug: str) -> Municipality:
        if not Municipality.objects.filter(slug=slug).exists():
            _write(_published_rows)
        return Municipality.objects.get(slug=slug)

    return municipality


def _write(made: Rows) -> None:
    """Write the rows, keys included, in any order: foreign keys are looked at when the transaction ends."""
    managers = [(type(rows[0])._base_manager, rows) for rows in made]
    if any(manager.exists() for manager, _ in managers):
        call_command("load_programmes", verbosity=0)  # a test's own rows may hold the same keys
        return
    with transaction.atomic():
        for manager, rows in managers:
            manager.bulk_create(rows)


def _all_rows() -> Rows:
    return [rows for model in apps.get_models() if (rows := list(model._base_manager.order_by("pk")))]
