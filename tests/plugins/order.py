"""What waits for other processes begins, and the walks: a run ends with many short tests, and no core idle for long."""

import pytest

WALKS = "tests/walks/"


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts them last
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (not item.get_closest_marker("processes"), not item.nodeid.startswith(WALKS)))
