"""What waits for other processes begins, and what takes longest: a run ends with many short tests on both cores."""

import pytest

LONGEST = (
    "tests/walks/",
    "tests/journeys/test_first_journey.py",
    "tests/input/test_posts.py::test_every_box_of_every_form",
)


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts them last
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (not item.get_closest_marker("processes"), not item.nodeid.startswith(LONGEST)))
