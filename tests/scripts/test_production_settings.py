"""X3: production does not start with what would let somebody in, lose mails, or send a password in clear."""

import importlib
import os
import subprocess
import sys
from types import ModuleType
from typing import Any
from unittest import mock

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from postpartum_portal.settings import demo, test
from postpartum_portal.settings.refusals import MUST_HOLD, MUST_NOT, refuse
from postpartum_portal.shared import clock, real_time
from scripts.production_sample import production_sample

MODULE = "postpartum_portal.settings.production"


def started_with(**changed: str | None) -> ModuleType:
    """The settings of production in this environment. Raises `ImproperlyConfigured` as they do."""
    environment = {name: value for name, value in {**production_sample(), **changed}.items() if value is not None}
    kept = sys.modules.pop(MODULE, None)
    try:
        with mock.patch.dict(os.environ, environment, clear=True):
            return importlib.import_module(MODULE)
    finally:
        sys.modules.pop(MODULE, None)
        if kept:
            sys.modules[MODULE] = kept


def test_production__starts_with_the_sample_and_with_tls_from_the_first_byte() -> None:
    started_with()
    started_with(EMAIL_PORT="465", EMAIL_USE_TLS="false", EMAIL_USE_SSL="true")
    started_with(EMAIL_HOST="localhost", EMAIL_USE_TLS="false", EMAIL_HOST_PASSWORD="")
    started_with(ALLOWED_HOSTS=".example.jp")


OBJECTS = {
    "OBJECT_STORE_BUCKET": "portal",
    "OBJECT_STORE_ENDPOINT": "https://s3.example.jp",
    "OBJECT_STORE_KEY": "key",
    "OBJECT_STORE_SECRET": "secret",
}


def test_production__keeps_files_in_the_bucket_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "OPTIONS" not in started_with(OBJECT_STORE_ACL="").STORAGES["default"]
    monkeypatch.setattr("postpartum_portal.settings.refusals.find_spec", lambda _: None)
    with pytest.raises(ImproperlyConfigured, match="extra `objects` is not installed"):
        started_with(**OBJECTS)

    monkeypatch.setattr("postpartum_portal.settings.refusals.find_spec", lambda _: True)
    options = started_with(**OBJECTS, OBJECT_STORE_ACL="").STORAGES["default"]["OPTIONS"]
    assert (options["bucket_name"], options["default_acl"]) == ("portal", "private")
    assert started_with(**OBJECTS, OBJECT_STORE_ACL="none").STORAGES["default"]["OPTIONS"]["default_acl"] is None
    assert started_with(**OBJECTS | {"OBJECT_STORE_ENDPOINT": "http://127.0.0.1:9000"}).STORAGES


UNSAFE: list[tuple[str, Any]] = [
    ("SECRET_KEY", {"SECRET_KEY": None}),
    ("SECRET_KEY", {"SECRET_KEY": ""}),
    ("SECRET_KEY", {"SECRET_KEY": "kurz-und-gut"}),
    ("SECRET_KEY", {"SECRET_KEY": "ab" * 40}),
    ("SECRET_KEY", {"SECRET_KEY": "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789"}),
    ("SECRET_KEY", {"SECRET_KEY": demo.SECRET_KEY}),
    ("SECRET_KEY", {"SECRET_KEY": test.SECRET_KEY}),
    ("SECRET_KEY_FALLBACKS", {"SECRET_KEY_FALLBACKS": "kurz-und-gut"}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": None}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": ""}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "*"}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "portal.example.jp,*"}),
    ("PORTAL_ORIGIN", {"PORTAL_ORIGIN": None}),
    ("PORTAL_ORIGIN", {"PORTAL_ORIGIN": "http://portal.example.jp"}),
    ("PORTAL_ORIGIN", {"PORTAL_ORIGIN": "https://"}),
    ("PORTAL_ORIGIN", {"PORTAL_ORIGIN": "https://portal.example.jp/"}),
    ("PORTAL_ORIGIN", {"PORTAL_ORIGIN": "https://portal.example.jp@evil.example"}),
    ("PORTAL_ORIGIN", {"PORTAL_ORIGIN": "https://elsewhere.example"}),
    ("DATABASE_URL", {"DATABASE_URL": None}),
    ("DATABASE_URL", {"DATABASE_URL": "sqlite:////srv/portal.sqlite3"}),
    ("REDIS_URL", {"REDIS_URL": None}),
    ("REDIS_URL", {"REDIS_URL": "memory://"}),
    ("TRUSTED_PROXY_COUNT", {"TRUSTED_PROXY_COUNT": "-1"}),
    ("EMAIL_HOST", {"EMAIL_HOST": None}),
    ("EMAIL_HOST", {"EMAIL_HOST": ""}),
    ("DEFAULT_FROM_EMAIL", {"DEFAULT_FROM_EMAIL": None}),
    ("EMAIL_USE_TLS", {"EMAIL_USE_TLS": "false"}),
    ("EMAIL_USE_TLS", {"EMAIL_USE_TLS": "false", "EMAIL_HOST_PASSWORD": ""}),
    ("EMAIL_USE_SSL", {"EMAIL_USE_SSL": "true"}),
    ("OBJECT_STORE_KEY is set without", {"OBJECT_STORE_KEY": "key"}),
    ("OBJECT_STORE_ENDPOINT", {**OBJECTS, "OBJECT_STORE_ENDPOINT": "http://s3.example.jp"}),
    ("OBJECT_STORE_SECRET", {**OBJECTS, "OBJECT_STORE_SECRET": ""}),
    ("OBJECT_STORE_ACL", {**OBJECTS, "OBJECT_STORE_ACL": "public-read"}),
    *((name, {name: "1"}) for name in MUST_NOT),
    *((name, {name: "false"}) for name in MUST_HOLD),
]


@pytest.mark.parametrize(("named", "changed"), UNSAFE, ids=[str(changed) for _, changed in UNSAFE])
def test_production__does_not_start_with_what_is_unsafe_and_names_it(
    named: str, changed: dict[str, str | None]
) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        started_with(**changed)


@pytest.mark.parametrize(
    ("named", "value"),
    [
        *((name, True) for name in MUST_NOT),
        *((name, False) for name in MUST_HOLD),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
    ],
)
def test_settings_made_from_those_of_production__are_judged_the_same(named: str, value: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse(vars(started_with()) | {named: value}, {})


def test_control__without_the_refusal_it_would_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postpartum_portal.settings.refusals.refuse", lambda *_: None)

    assert started_with(SECRET_KEY="", ALLOWED_HOSTS="*").ALLOWED_HOSTS == ["*"]


def test_the_web_server__ends_with_a_sentence_for_each_setting() -> None:
    wrong = {"SECRET_KEY": "short", "ALLOWED_HOSTS": "*", "PORTAL_ORIGIN": "http://portal.example.jp", "DEBUG": "1"}
    command = [sys.executable, "-m", "gunicorn", "--check-config", "postpartum_portal.wsgi"]

    ended = subprocess.run(
        command, env={**os.environ, **production_sample(), **wrong}, capture_output=True, text=True, check=False
    )

    assert ended.returncode != 0
    for name in wrong:
        assert f"\n{name} " in ended.stderr.replace("ImproperlyConfigured: ", "\n")


# the clock


@pytest.mark.django_db
def test_a_moved_clock__starts_nothing_but_the_demo_and_tests(settings: Any) -> None:
    settings.CLOCK_MAY_MOVE = True
    clock.move_to(clock.now())
    real_time.refuse_moved_clock()
    settings.CLOCK_MAY_MOVE = False

    for begin in (lambda: importlib.import_module("postpartum_portal.wsgi"), real_time.refuse_moved_clock):
        sys.modules.pop("postpartum_portal.wsgi", None)
        with pytest.raises(ImproperlyConfigured, match="moved clock"):
            begin()
    assert [found.id for found in run_checks(databases=["default"], tags=["database"])] == ["portal.E001"]


@pytest.mark.django_db
def test_control__without_that_row_everything_starts(settings: Any) -> None:
    settings.CLOCK_MAY_MOVE = False
    sys.modules.pop("postpartum_portal.wsgi", None)

    assert importlib.import_module("postpartum_portal.wsgi").application
    assert run_checks(databases=["default"], tags=["database"]) == []


@pytest.mark.parametrize("named", ["celery.signals.worker_init", "celery.signals.beat_init"])
def test_worker_and_beat__ask_before_they_begin(named: str) -> None:
    signal = getattr(importlib.import_module("celery.signals"), named.rsplit(".", 1)[1])

    assert real_time.refuse_moved_clock in [receiver for _, receiver in signal.receivers]
