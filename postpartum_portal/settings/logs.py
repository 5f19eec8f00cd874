"""Structured logs: one JSON line per event, with ids and codes and nothing personal."""

import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

Event = MutableMapping[str, Any]
REFUSALS = "django.security."


def name_the_failure(_logger: Any, _method: str, event: Event) -> Event:
    """Say which exception rose where, without its message: messages quote what people typed, and database rows."""
    failure = _failure(event.pop("exc_info", None))
    if failure is not None:
        kind, trace = failure
        event["exception"] = kind.__name__
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return event


def say_no_more_of_a_refusal(_logger: Any, _method: str, event: Event) -> Event:
    """Django says which host, address or cookie it refused, and these are what somebody sent: only the kind remains."""
    record = event.get("_record")
    if record is not None and record.name.startswith(REFUSALS):
        event.update(event="request_refused", why=record.name.removeprefix(REFUSALS))
    return event


def _failure(exc_info: Any) -> tuple[type[BaseException], TracebackType | None] | None:
    if isinstance(exc_info, BaseException):
        return type(exc_info), exc_info.__traceback__
    kind, _, trace = exc_info if isinstance(exc_info, tuple) else sys.exc_info() if exc_info else (None, None, None)
    return (kind, trace) if kind else None


COMMON: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    name_the_failure,
]
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)


def logging_config(level: str) -> dict[str, Any]:
    """Django's LOGGING for one level; requests are logged by their view and status, never with an address or a form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [structlog.stdlib.ExtraAdder(allow=[]), say_no_more_of_a_refusal, *COMMON],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "weasyprint": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            # What failed is reported once, with its place and without its message: of a request by
            # postpartum_portal.shared.request_log, of a task by postpartum_portal.celery.
            "django.request": {"level": "CRITICAL"},
            "celery.app.trace": {"level": "CRITICAL"},
        },
    }
