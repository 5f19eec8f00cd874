"""Logs name what failed and where, and nothing that a person typed."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.test import Client

from postpartum_portal.settings import logs
from postpartum_portal.settings.logs import logging_config

NAME = "髙橋 美咲"
HOSTILE = "misaki-090-1234-5678.example"


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


def test_host_that_is_refused__leaves_its_kind_and_not_its_name(client: Client, written: io.StringIO) -> None:
    assert client.get("/health/", headers={"host": HOSTILE}).status_code == 400

    (line,) = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (line["event"], line["why"], line["exception"]) == ("request_refused", "DisallowedHost", "DisallowedHost")
    assert HOSTILE not in written.getvalue()


def test_address_of_a_form_without_its_token__is_not_in_the_log(written: io.StringIO) -> None:
    assert Client(enforce_csrf_checks=True).post("/accounts/login/").status_code == 403

    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["why"] for line in lines if line["event"] == "request_refused"] == ["csrf"]
    assert "/accounts/" not in written.getvalue().replace("postpartum_portal/accounts/", "")


def test_control__as_django_says_it_the_name_stands_there(
    client: Client, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "REFUSALS", "nothing.")
    client.get("/health/", headers={"host": HOSTILE})

    assert HOSTILE in written.getvalue()
