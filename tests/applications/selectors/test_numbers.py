"""How long decisions took, and whether the programme's own time was kept."""

import datetime as dt
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import ApprovalImport, Decision, ImportedApproval
from applications.selectors.numbers import Waited, applications_counted, days_waited, waited
from eligibility.public import Municipality
from postpartum_portal.pages.centre.numbers.sheets import percentile
from postpartum_portal.shared.bars import bars
from postpartum_portal.shared.span import of_fiscal_year
from postpartum_portal.shared.tenancy import tenant
from tests import factories

FRIDAY = dt.datetime(2026, 6, 4, 23, 30, tzinfo=dt.UTC)  # June 5 in Tokyo
YEAR = of_fiscal_year(2026)


def decide(application: Any, by: Any, on: dt.date) -> None:
    with scopes_disabled():
        Decision.objects.create(
            municipality_id=application.municipality_id,
            citizen=application.citizen,
            application=application,
            outcome="approved",
            programme_version=application.programme_version,
            facts={},
            findings=[],
            decided_at=dt.datetime.combine(on, dt.time(3), dt.UTC),
            decided_on=on,
            by=by,
        )


@pytest.mark.django_db
@pytest.mark.both_databases
def test_waited__counts_calendar_days_and_holds_them_against_working_days(okayama: Municipality) -> None:
    """Okayama promises two working days: what came on a Friday is due on Tuesday."""
    by = factories.UserFactory()
    for on in (dt.date(2026, 6, 5), dt.date(2026, 6, 9), dt.date(2026, 6, 10)):
        decide(factories.ApplicationFactory(municipality=okayama, submitted_at=FRIDAY), by, on)
    with tenant(municipality=okayama.pk):
        found = sorted((row.days, row.late) for row in waited(YEAR))
        late = [row.decision.decided_on for row in applications_counted(YEAR, {"of": "decided", "late": "1"})]
    assert found == [(0, False), (4, False), (5, True)]
    assert late == [dt.date(2026, 6, 10)]


@pytest.mark.django_db
def test_waited__knows_no_days_of_an_approval_that_was_taken_over(okayama: Municipality) -> None:
    """On paper it came some day or other; 0 days would make the others look slow."""
    by, on = factories.UserFactory(), dt.date(2026, 6, 5)
    ours, theirs = (factories.ApplicationFactory(municipality=okayama, submitted_at=FRIDAY) for _ in range(2))
    for application in (ours, theirs):
        decide(application, by, on)
    with scopes_disabled():
        file = ApprovalImport.objects.create(municipality=okayama, content=b"", rows=1, by=by, checked_at=FRIDAY)
        ImportedApproval.objects.create(municipality=okayama, application=theirs, source=file, line=2)
    with tenant(municipality=okayama.pk):
        june = dt.date(2026, 6, 1)
        assert sorted(waited(YEAR), key=lambda row: row.days is None) == [
            Waited(june, "approved", days=0, late=False, number=1),
            Waited(june, "approved", days=None, late=None, number=1),
        ]
        decided = applications_counted(YEAR, {"of": "decided"})
        assert {row.pk: days_waited(row) for row in decided} == {ours.pk: 0, theirs.pk: None}
        assert [row.pk for row in applications_counted(YEAR, {"of": "decided", "taken_over": "1"})] == [theirs.pk]


@pytest.mark.parametrize(
    ("histogram", "median", "most"),
    [([(3, 1)], 3, 3), ([(1, 5), (9, 5)], 1, 9), ([(0, 9), (20, 1)], 0, 0), ([(0, 8), (20, 2)], 0, 20)],
)
def test_percentile__is_the_least_that_the_share_does_not_exceed(
    histogram: list[tuple[int, int]], median: int, most: int
) -> None:
    assert (percentile(histogram, 0.5), percentile(histogram, 0.9)) == (median, most)
    assert percentile([], 0.5) is None


def test_bars__say_each_number_and_escape_what_was_typed() -> None:
    drawn = bars("x", "題", [("<b>", 4), ("二", 1)], "件")
    assert 'width="100.0%"' in drawn
    assert 'width="25.0%"' in drawn
    assert "&lt;b&gt; 4件" in drawn
    assert "<desc" in drawn
    assert "style=" not in drawn
    assert bars("x", "題", [("無", 0)]) == ""
