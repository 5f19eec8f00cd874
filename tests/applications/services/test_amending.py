"""An approval whose letter a recorded birth makes untrue is amended by a letter of its own, and only then."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.letters.content import LetterContent
from applications.models import Amendment, Letter
from applications.public import record_birth
from applications.selectors.case import case_of
from applications.services import amending, deciding, losses
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Job, Mail
from tests import cases, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

ON_TIME = dt.date(2026, 4, 30)


def approved(municipality: Municipality, **exceptions: Any) -> Any:
    """A birth awaited on 2026-04-30 for which everything was granted, and the decider."""
    nurse = factories.MembershipFactory(municipality=municipality, role="centre").user
    decider = factories.MembershipFactory(municipality=municipality, role="decider").user
    application = cases.heard(municipality, nurse, **exceptions)
    children = exceptions.get("birth__children", 1)
    deciding.approve(application, by=decider, at=clock.now(), **cases.full_grant(municipality, children=children))
    return cases.again(application).birth, decider


def born(birth: Any, day: dt.date, *, children: int = 1) -> None:
    at = dt.datetime.combine(day + dt.timedelta(days=2), dt.time(9), clock.TOKYO)
    record_birth(birth, born_on=day, children=children, by=birth.citizen, at=at)


def changes_of(amendment: Amendment, decider: Any) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    letter = amending.prepare_amendment(amendment, by=decider, at=clock.now()).letter
    return {change.label: (change.before, change.after) for change in letter.changes}


def test_a_birth__on_another_day_than_was_awaited__moves_the_last_day(kodaira: Municipality) -> None:
    birth, decider = approved(kodaira)
    born(birth, dt.date(2026, 5, 2))

    assert changes_of(Amendment.objects.get(), decider) == {
        "利用できる期間": (("予定日に生まれた場合は、令和8年8月29日まで",), ("令和8年9月1日まで",))
    }


def test_a_birth__on_the_day_that_was_awaited__changes_nothing_that_was_printed(kodaira: Municipality) -> None:
    birth, _ = approved(kodaira)
    born(birth, ON_TIME)

    assert not Amendment.objects.exists()


def test_a_birth__corrected_back__drops_the_draft(kodaira: Municipality) -> None:
    birth, _ = approved(kodaira)
    born(birth, dt.date(2026, 5, 2))
    born(birth, ON_TIME)

    assert not Amendment.objects.exists()


def test_twins__in_kawasaki__have_fourteen_uses(kawasaki: Municipality) -> None:
    birth, decider = approved(kawasaki)
    born(birth, ON_TIME, children=2)

    changes = changes_of(Amendment.objects.get(), decider)
    assert changes["お子さま"] == (("1人(出産予定日 令和8年4月30日)",), ("2人(令和8年4月30日生まれ)",))
    assert any("14" in str(after) and "7" in str(before) for before, after in changes.values())


def test_the_case__says_what_was_changed_since_the_decision(kawasaki: Municipality) -> None:
    birth, decider = approved(kawasaki)
    born(birth, ON_TIME, children=2)
    amending.issue_amendment(Amendment.objects.get(), by=decider, at=clock.now())

    case = case_of(birth.applications.get().number, on=clock.today())
    assert case
    (amended,) = case.amended
    assert amended.amendment.by == decider
    assert ("1人(出産予定日 令和8年4月30日)", "2人(令和8年4月30日生まれ)") in [
        (row.before, row.after) for row in amended.changes
    ]


def test_twins__in_kodaira__are_visited_longer(kodaira: Municipality) -> None:
    birth, decider = approved(kodaira)
    born(birth, ON_TIME, children=2)

    changes = changes_of(Amendment.objects.get(), decider)
    assert changes["助産師による訪問の回数"] == (("2回まで(1回2時間以内)",), ("2回まで(1回3時間以内)",))


def test_a_child_born_early__in_kawasaki__counts_from_the_due_date(kawasaki: Municipality) -> None:
    birth, decider = approved(kawasaki)
    born(birth, dt.date(2026, 3, 31))

    ((before, after),) = changes_of(Amendment.objects.get(), decider).values()
    assert "修正月齢で、" in str(after)
    assert "予定日に生まれた場合は、" in str(before)


def test_an_amendment__once_issued__is_a_letter_of_the_series_that_refers_to_the_first(
    kodaira: Municipality, media: Any, django_capture_on_commit_callbacks: Any
) -> None:
    birth, decider = approved(kodaira)
    original = Letter.objects.get()
    born(birth, dt.date(2026, 5, 2), children=1)
    amendment = Amendment.objects.get()
    at = dt.datetime(2026, 5, 7, 10, tzinfo=clock.TOKYO)

    letter = amending.issue_amendment(amendment, by=decider, at=at)
    with pytest.raises(amending.NothingToAmend):
        amending.issue_amendment(Amendment.objects.get(), by=decider, at=at)

    said = LetterContent.from_snapshot(letter.snapshot)
    assert (letter.kind, letter.subject_id, letter.series) == ("amendment", amendment.pk, original.series)
    assert letter.pk != original.pk
    assert original.label in said.opening
    assert "令和8年3月5日付け" in said.opening
    facts = {fact.label: fact.lines for fact in said.facts}
    assert facts["変更の理由"] == ("生まれた日の届け出(令和8年5月2日生まれ)",)
    assert said.appeal
    assert said.contact
    job = Job.objects.get(kind="issue_letter", subject_id=letter.pk)
    Job.objects.filter(pk=job.pk).update(run_after=clock.now())
    assert runner.run(job.pk)
    assert Letter.objects.get(pk=letter.pk).status == Letter.Status.ISSUED
    assert Mail.objects.filter(key=f"decision_ready:{letter.pk}").exists()


def test_a_second_change__is_compared_with_the_first(kodaira: Municipality) -> None:
    birth, decider = approved(kodaira)
    born(birth, dt.date(2026, 5, 2))
    at = dt.datetime(2026, 5, 7, 10, tzinfo=clock.TOKYO)
    amending.issue_amendment(Amendment.objects.get(), by=decider, at=at)
    assert not Amendment.objects.filter(issued_at=None).exists()
    born(birth, dt.date(2026, 5, 3))

    waiting = Amendment.objects.get(issued_at=None)
    assert changes_of(waiting, decider)["利用できる期間"] == (("令和8年9月1日まで",), ("令和8年9月2日まで",))


def test_an_amendment__is_a_deciders_to_issue(kodaira: Municipality) -> None:
    birth, _ = approved(kodaira)
    born(birth, dt.date(2026, 5, 2))
    amendment = Amendment.objects.get()

    with pytest.raises(PermissionDenied):
        amending.issue_amendment(amendment, by=birth.citizen, at=clock.now())
    assert Letter.objects.filter(kind="amendment").count() == 0


def test_after_a_loss__nothing_is_amended__until_it_is_taken_back(kodaira: Municipality) -> None:
    birth, _ = approved(kodaira)
    born(birth, dt.date(2026, 5, 2))
    at = dt.datetime(2026, 5, 8, 9, tzinfo=clock.TOKYO)
    losses.record_loss(birth, ended_on=dt.date(2026, 5, 6), by=birth.citizen, at=at)
    assert not Amendment.objects.exists()
    losses.take_back_loss(birth, by=birth.citizen, at=at)
    assert Amendment.objects.count() == 1
