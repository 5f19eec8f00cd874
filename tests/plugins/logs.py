"""D5: all that the suite logs, as production would write it, is looked through for people; a line about one fails.

Logs are English, ids and codes. So whatever is written in Japanese was typed by somebody or is somebody's name; then
there are addresses of mail and telephone numbers, also as they stand in an address of a page (%E9%AB%98). The logs of
the processes that tests start are looked through when those end (`tests/processes/support/parts.py`).
"""

import logging
import logging.config
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import unquote

import pytest
from django.conf import settings

PERSONAL = re.compile(
    r"[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"  # kana and kanji, also rare ones
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\w-])|\b0[5789]0\d{8}\b"  # not the middle of a task's UUID
)
_found: list[str] = []


def told_of_people(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if PERSONAL.search(line) or ("%" in line and PERSONAL.search(unquote(line)))]


class Reader(logging.Handler):
    """Takes each line as the production's handler does, and writes it nowhere."""

    def emit(self, record: logging.LogRecord) -> None:
        _found.extend(told_of_people([self.format(record)]))


@contextmanager
def apart(all_found: list[str]) -> Iterator[list[str]]:
    """For the block, what is found is the caller's own and not the suite's."""
    before = len(all_found)
    found: list[str] = []
    try:
        yield found
    finally:
        found += all_found[before:]
        del all_found[before:]


def reading() -> AbstractContextManager[list[str]]:
    return apart(_found)


def pytest_configure() -> None:
    """Everything from INFO on is formatted and read; on the screen stays what the settings let through."""
    config = settings.LOGGING
    config["handlers"]["stderr"]["level"] = config["root"]["level"]
    config["handlers"]["reader"] = {"class": "tests.plugins.logs.Reader", "formatter": "json"}
    config["root"] |= {"level": "INFO", "handlers": [*config["root"]["handlers"], "reader"]}
    config["loggers"]["mail.log"] = {"level": "WARNING"}  # of the mail server that tests start, no part of the portal
    logging.config.dictConfig(config)


@pytest.fixture(autouse=True)
def _no_person_in_the_logs() -> Iterator[None]:
    yield
    found, _found[:] = _found[:], []
    assert not found, "\n".join(["a log names people:", *found])
