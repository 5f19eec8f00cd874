"""Which version of a programme prices a day of use."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eligibility.public import Municipality, ProgrammeVersion
from facilities.selectors.versions import versions_of

pytestmark = pytest.mark.django_db

APRIL = dt.date(2026, 4, 1)


def following(kodaira: Municipality, effective_from: dt.date) -> ProgrammeVersion:
    """The same programme with another price a night, from a day on."""
    version = ProgrammeVersion.objects.get(municipality=kodaira)
    version.pk, version.effective_from = None, effective_from
    version.text = version.text.replace("amount: 5000", "amount: 6000")
    version.sha256 = "f" * 64
    version.save(force_insert=True)
    return version


def test_versions__each_from_its_first_day_in_one_statement(kodaira: Municipality) -> None:
    dearer = following(kodaira, APRIL)

    with CaptureQueriesContext(connection) as statements:
        versions = versions_of(kodaira)
        before, after = versions.terms_on(dt.date(2026, 3, 31)), versions.terms_on(APRIL)

    assert len(statements) == 1
    assert versions.on(APRIL).pk == dearer.pk
    assert (before.services[0].price.amount, after.services[0].price.amount) == (5000, 6000)
    assert versions.timeline is not None
    assert versions.timeline.on(APRIL) is after


def test_versions__before_the_first_has_begun__it_is_the_first(kodaira: Municipality) -> None:
    ProgrammeVersion.objects.filter(municipality=kodaira).update(effective_from=APRIL)

    versions = versions_of(kodaira)

    assert versions.on(dt.date(2026, 1, 1)).effective_from == APRIL
    assert versions.timeline is None


def test_versions__know_whether_a_reduction_counts_uses(kodaira: Municipality, kawasaki: Municipality) -> None:
    assert not versions_of(kodaira).count_first_uses
    assert versions_of(kawasaki).count_first_uses
