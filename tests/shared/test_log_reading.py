"""The controls of D5: what a log must not hold is found by who reads the suite's logs; and what a line of it holds."""

import logging
from typing import Any

import pytest
import structlog
from django.test import Client

from postpartum_portal.celery import app
from tests.plugins.logs import reading, told_of_people


@pytest.mark.parametrize(
    "said", ["髙橋 美咲", "みさき", "𠮷野", "ﾐｻｷ", "misaki@example.jp", "090-1234-5678", "09012345678"]
)
def test_control__a_person_in_a_log_is_found(said: str) -> None:
    with reading() as found:
        structlog.get_logger("portal").info("case_opened", name=said)
    assert len(found) == 1

    with reading() as found:
        logging.getLogger("some.library").warning("it broke for %s", said)
    assert len(found) == 1


def test_control__an_address_with_what_somebody_typed_is_found() -> None:
    assert told_of_people(['{"request": "GET /kodaira/centre/?q=%E9%AB%98%E6%A9%8B"}'])
    assert not told_of_people(['{"view": "applications:worklist", "at": "2026-03-05T01:00:00.090123Z", "id": "0901"}'])


@pytest.mark.django_db
def test_line_of_a_request__holds_no_address_and_no_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    page = client.get("/health/?q=髙橋", headers={"user-agent": "misaki@example.jp", "x-request-id": "090-1234-5678"})
    assert page.status_code == 200

    (line,) = [record.msg for record in caplog.records if record.name.endswith("request_log")]
    assert isinstance(line, dict)
    assert line.keys() - {"timestamp", "level"} == {"event", "request_id", "method", "view", "account", "status", "ms"}
    assert (line["event"], line["view"], line["status"], line["account"]) == ("request", "health", 200, None)


def test_task_that_fails__is_logged_with_its_place_and_without_its_message() -> None:
    @app.task(name="tests.fails")
    def fails() -> None:
        raise ValueError("Key (name)=(髙橋 美咲) already exists")

    with reading() as found, pytest.raises(ValueError, match="Key"):
        fails.apply(throw=True)
    assert found == []


def test_control__celerys_own_line_about_a_failure_quotes_its_message(monkeypatch: Any) -> None:
    @app.task(name="tests.fails_too")
    def fails() -> None:
        raise ValueError("Key (name)=(髙橋 美咲) already exists")

    own = logging.getLogger("celery.app.trace")
    monkeypatch.setattr(own, "level", logging.INFO)
    own.manager._clear_cache()  # type: ignore[attr-defined]
    with reading() as found:
        fails.apply()
    own.manager._clear_cache()  # type: ignore[attr-defined]
    assert found
