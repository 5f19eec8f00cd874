"""The world of the access walk: an object of its own for every address."""

from tests.access.conftest import _world_made, world

__all__ = ["_world_made", "world"]
