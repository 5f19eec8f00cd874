"""The glossary and the code speak of the same things."""

import re

import pytest
from django.apps import apps
from django.db.models import Model

from applications.models import Application
from facilities.models import Booking
from tests import sources

GLOSSARY = (sources.ROOT / "docs" / "glossary.md").read_text()
FILES = [*sources.modules(*sources.APPS), *sources.ROOT.glob("fixtures/programmes/*.yaml")]
TEXT = "\n".join(path.read_text() for path in FILES)


def codes() -> set[str]:
    """The words in the first column."""
    rows = [line.split("|")[1] for line in GLOSSARY.splitlines() if line.startswith("| `")]
    return {code for row in rows for code in re.findall(r"`([\w.]+)`", row)}


def known() -> set[str]:
    return {code.replace("_", "").lower() for code in codes()}


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith(sources.APPS)]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_model__has_a_row(model: type[Model]) -> None:
    assert model.__name__.lower() in known()


@pytest.mark.parametrize("status", [*Application.Status, *Booking.Status], ids=str)
def test_status__has_a_row_with_its_word_on_screen(status: Application.Status | Booking.Status) -> None:
    assert f"| `{status.value}` | {status.label} |" in GLOSSARY


@pytest.mark.parametrize("status", Application.Status, ids=str)
def test_status_of_an_application__has_the_word_of_her_pages_in_its_row(status: Application.Status) -> None:
    row = next(line for line in GLOSSARY.splitlines() if line.startswith(f"| `{status.value}` |"))
    assert row.endswith(f"| {Application.TOLD[status]} |")


@pytest.mark.parametrize("code", sorted(codes()))
def test_word__is_used_in_code_or_programme(code: str) -> None:
    assert re.search(rf"\b{re.escape(code)}", TEXT, re.IGNORECASE)
