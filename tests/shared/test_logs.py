"""Logs name what failed and where, and nothing that a person typed."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings

from postpartum_portal.settings.logs import logging_config

NAME = "髙橋 美咲"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    config = logging_config("INFO")
    config["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(config)
    yield stream
    logging.config.dictConfig(settings.LOGGING)


def fail() -> None:
    raise ValueError(f"Key (name)=({NAME}) already exists")


def test_failure__is_named_with_its_place_and_without_its_message(written: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        structlog.get_logger("portal").exception("job_failed", job=7)

    line = json.loads(written.getvalue())
    assert (line["event"], line["job"], line["exception"]) == ("job_failed", 7, "ValueError")
    assert line["at"][-1].endswith("fail")
    assert NAME not in written.getvalue()


def test_failure__of_a_foreign_library_loses_its_message_too(written: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("some.library").exception("it broke", extra={"form": {"name": NAME}})

    line = json.loads(written.getvalue())
    assert (line["event"], line["exception"]) == ("it broke", "ValueError")
    assert NAME not in written.getvalue()
