"""System checks: a version of a programme that this portal cannot read is named before anybody meets it."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from eligibility.checks import PROGRAMMES, programme_versions_can_be_read
from eligibility.public import Municipality, ProgrammeVersion

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def old(kodaira: Municipality) -> ProgrammeVersion:
    """A version in the shape that files had before they said `format: 1`."""
    text = ProgrammeVersion.objects.get(municipality=kodaira).text.replace("format: 1\n", "")
    return ProgrammeVersion.objects.create(municipality=kodaira, file_name="old.yaml", text=text, sha256="old")


def check() -> None:
    call_command("check", tags=[PROGRAMMES], databases=["default"], stdout=StringIO())


def test_check__takes_what_the_portal_loads(kodaira: Municipality) -> None:
    check()


def test_check__names_a_version_that_cannot_be_read_and_says_what_to_do(old: ProgrammeVersion) -> None:
    with pytest.raises(SystemCheckError) as found:
        check()
    said = str(found.value)
    assert "1 issue" in said
    assert f"(eligibility.E001) Programme version {old.pk} (old.yaml) cannot be read: line 3, format: " in said
    assert "run a portal that reads it" in said


def test_check__looks_into_the_database_only_when_asked(old: ProgrammeVersion) -> None:
    assert programme_versions_can_be_read() == []
    assert programme_versions_can_be_read(databases=[]) == []


def test_check__passes_before_the_first_migration(old: ProgrammeVersion) -> None:
    with patch.object(connection.introspection, "table_names", return_value=[]):
        assert programme_versions_can_be_read(databases=["default"]) == []
