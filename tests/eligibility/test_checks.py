"""System checks: a version of a programme that this portal cannot read is named before anybody meets it."""

import re
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from eligibility.checks import PROGRAMMES, programme_versions_can_be_read
from eligibility.programmes import ProgrammeFileError, load_programme
from eligibility.public import Municipality, ProgrammeVersion, programme_of
from tests.eligibility.programmes.refusing import TEXT

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


def stored(municipality: Municipality, text: str) -> ProgrammeVersion:
    return ProgrammeVersion.objects.create(municipality=municipality, file_name="stored.yaml", text=text, sha256="x")


def test_check__names_a_version_that_no_check_ever_let_pass(kodaira: Municipality) -> None:
    stored(kodaira, TEXT.replace("any_of: [resident]", "any_of: [citizen]"))
    with pytest.raises(SystemCheckError, match=r"requirements\[0\]: citizen が circumstances にありません。"):
        check()


def test_check__takes_a_version_that_a_check_added_later_would_refuse(kodaira: Municipality) -> None:
    text = re.sub(r"\n +inclusive: false", "", TEXT)
    version = stored(kodaira, text)
    with pytest.raises(ProgrammeFileError, match="inclusive"):
        load_programme(text)
    check()
    deadlines = [
        [tier.deadline for service in programme.terms.services for tier in service.cancellation.tiers]
        for programme in (load_programme(TEXT), programme_of(version))
    ]
    assert deadlines[0] == deadlines[1]


def test_check__looks_into_the_database_only_when_asked(old: ProgrammeVersion) -> None:
    assert programme_versions_can_be_read() == []
    assert programme_versions_can_be_read(databases=[]) == []


def test_check__passes_before_the_first_migration(old: ProgrammeVersion) -> None:
    with patch.object(connection.introspection, "table_names", return_value=[]):
        assert programme_versions_can_be_read(databases=["default"]) == []
