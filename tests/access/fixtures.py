"""The world, made once a session and written as rows a test; its files lie in one folder."""

from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.access.marks import plant
from tests.access.matrix import Walker
from tests.access.world import NOW, World, build
from tests.plugins.published import Rows, rows_left_by, write

Made = tuple[World, Rows, Path]
ENOUGH = 400
"""Texts that carry a mark."""


@pytest.fixture(scope="session")
def _world_made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder, made = tmp_path_factory.mktemp("access"), []
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
        rows = rows_left_by(lambda: made.append(build()), at=NOW)
    return made[0], rows, folder


@pytest.fixture(scope="session")
def _planted_made(_world_made: Made, django_db_blocker: Any) -> Made:
    world, rows, folder = _world_made
    count: list[int] = []

    def work() -> None:
        write(rows)
        count.append(plant(world))

    with django_db_blocker.unblock():
        planted = rows_left_by(work, at=NOW)
    assert count[0] > ENOUGH, count
    return world, planted, folder


@pytest.fixture
def world(db: None, _world_made: Made, settings: Any, clock_at: Any) -> World:
    """All of it, at the instant at which it was made."""
    return _written(_world_made, settings, clock_at)


@pytest.fixture
def walker(world: World, settings: Any) -> Walker:
    """Browsers of all actors, with the demo's addresses too."""
    return _walking(world, settings)


@pytest.fixture
def planted(db: None, _planted_made: Made, settings: Any, clock_at: Any) -> Walker:
    """The same, where every text about a person or by one carries the words of marks.py."""
    return _walking(_written(_planted_made, settings, clock_at), settings)


def _written(made: Made, settings: Any, clock_at: Any) -> World:
    world, rows, settings.MEDIA_ROOT = made
    clock_at.move_to(NOW)
    write(rows)
    return world


def _walking(world: World, settings: Any) -> Walker:
    settings.ROOT_URLCONF, settings.CLOCK_MAY_MOVE = "tests.pages.demo_urls", True
    return Walker(world)
