"""What the portal's processes are told so that they work on the database, the Redis and the mails of a test run."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

IN_MEMORY = ("", ":memory:", "mode=memory")


def database_url(database: Mapping[str, Any]) -> str:
    """Name an open test database, so that another process can open it too.

    Raises:
        NotShareable: it lives in the memory of this process.
    """
    name = str(database["NAME"])
    if "sqlite3" in database["ENGINE"]:
        if name in IN_MEMORY or IN_MEMORY[-1] in name:
            raise NotShareable("Name a server (DATABASE_URL) or a file (TEST_DATABASE_NAME): see scripts/checks.py")
        return f"sqlite:///{name}"
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    login = f"{user}:{password}" if password else user
    role = database["OPTIONS"].get("assume_role")  # as the tests themselves: see tests/plugins/rights.py
    query = f"?assume_role={quote(role)}" if role else ""
    return f"postgres://{login}@{database['HOST']}:{database['PORT']}/{quote(name)}{query}"


def redis_url(url: str, number: int) -> str:
    """One of Redis's numbered databases: test workers in parallel must not take each other's messages."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def portal_environment(
    database: Mapping[str, Any], *, folder: Path, web: int, mail: int, number: int
) -> dict[str, str]:
    """The environment of the portal's processes.

    Args:
        database: the open test database's settings.
        folder: where uploads and letters go.
        web: the web server's port.
        mail: the mail server's port.
        number: which of the parallel test workers asks, from 0.
    """
    redis = os.environ.get("REDIS_URL", "")
    wake = "by_celery" if redis else "by_nobody"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "postpartum_portal.settings.test",
        "DATABASE_URL": database_url(database),
        "REDIS_URL": redis_url(redis, number + 1) if redis else "",
        "JOBS_WAKE": f"postpartum_portal.shared.jobs.wake.{wake}",
        "CLOCK_MAY_MOVE": "1",
        "MEDIA_ROOT": str(folder / "media"),
        "PORTAL_ORIGIN": f"http://localhost:{web}",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail),
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "default",
    }


def share_settings(own: Any, environment: Mapping[str, str]) -> None:
    """Let the test's own process (its `settings` fixture) agree with the processes about clock, files and addresses."""
    own.CLOCK_MAY_MOVE = True
    own.MEDIA_ROOT = environment["MEDIA_ROOT"]
    own.PORTAL_ORIGIN = environment["PORTAL_ORIGIN"]


class NotShareable(Exception):
    """No other process can open the database of this test run."""
