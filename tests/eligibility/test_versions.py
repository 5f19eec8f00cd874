"""Which version holds when, as the list of versions shows it."""

import datetime as dt

import pytest

from eligibility.public import Municipality, ProgrammeVersion, dated_versions, version_in_force

pytestmark = [pytest.mark.django_db]
TODAY = dt.date(2026, 3, 5)


def add(municipality: Municipality, name: str, since: dt.date | None) -> ProgrammeVersion:
    return ProgrammeVersion.objects.create(
        municipality=municipality, file_name=name, text=name, sha256=name, effective_from=since
    )


def test_versions__have_the_days_between_their_start_and_the_next(kodaira: Municipality) -> None:
    first = ProgrammeVersion.objects.get(municipality=kodaira)
    spring, winter = add(kodaira, "spring", dt.date(2026, 4, 1)), add(kodaira, "winter", dt.date(2026, 2, 1))
    told = [(row.version, row.first, row.last, row.standing.value) for row in dated_versions(kodaira, on=TODAY)]
    assert told == [
        (spring, dt.date(2026, 4, 1), None, "coming"),
        (winter, dt.date(2026, 2, 1), dt.date(2026, 3, 31), "now"),
        (first, None, dt.date(2026, 1, 31), "past"),
    ]


def test_versions__of_the_same_day_only_the_last_is_used(kodaira: Municipality) -> None:
    slip, right = add(kodaira, "slip", dt.date(2026, 4, 1)), add(kodaira, "right", dt.date(2026, 4, 1))
    standing = {row.version: row.standing.value for row in dated_versions(kodaira, on=dt.date(2026, 4, 2))}
    assert (standing[slip], standing[right]) == ("never", "now")
    assert version_in_force(kodaira, dt.date(2026, 4, 2)) == right


def test_versions__agree_with_the_one_in_force_on_every_day(kodaira: Municipality) -> None:
    for number, since in enumerate([None, dt.date(2026, 2, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)]):
        add(kodaira, f"v{number}", since)
    for ahead in range(90):
        day = dt.date(2026, 1, 10) + dt.timedelta(days=ahead)
        (now,) = [row.version for row in dated_versions(kodaira, on=day) if row.standing.value == "now"]
        assert now == version_in_force(kodaira, day)


def test_versions__are_none_before_the_first_begins(db: None) -> None:
    municipality = Municipality.objects.create(code="999999", slug="new", name="新市")
    add(municipality, "later", dt.date(2026, 4, 1))
    assert version_in_force(municipality, TODAY) is None
