"""X3: production does not start with what would lose mails, or send a password in clear."""

import importlib
import os
import sys
from types import ModuleType
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured

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


@pytest.mark.parametrize(
    "changed",
    [
        {"EMAIL_HOST": None},
        {"DEFAULT_FROM_EMAIL": None},
        {"EMAIL_USE_TLS": "false"},
        {"EMAIL_USE_SSL": "true"},
        {"PORTAL_ORIGIN": "http://portal.example.jp"},
        {"CLOCK_MAY_MOVE": "1"},
    ],
)
def test_production__does_not_start(changed: dict[str, str | None]) -> None:
    with pytest.raises(ImproperlyConfigured):
        started_with(**changed)
