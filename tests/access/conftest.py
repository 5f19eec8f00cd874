"""The world, made once a session and written as rows a test; its files lie in one folder."""

from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.access.matrix import Walker
from tests.access.world import NOW, World, build
from tests.plugins.published import Rows, rows_left_by, write


@pytest.fixture(scope="session")
def _world_made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[World, Rows, Path]:
    folder, made = tmp_path_factory.mktemp("access"), []
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
        rows = rows_left_by(lambda: made.append(build()), at=NOW)
    return made[0], rows, folder


@pytest.fixture
def world(db: None, _world_made: tuple[World, Rows, Path], settings: Any, clock_at: Any) -> World:
    """All of it, at the instant at which it was made."""
    made, rows, settings.MEDIA_ROOT = _world_made
    clock_at.move_to(NOW)
    write(rows)
    return made


@pytest.fixture
def walker(world: World, settings: Any) -> Walker:
    """Browsers of all actors, with the demo's addresses too."""
    settings.ROOT_URLCONF, settings.CLOCK_MAY_MOVE = "tests.pages.demo_urls", True
    return Walker(world)
