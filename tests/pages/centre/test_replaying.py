"""The job that replays a draft: real rows in, one result on the draft, read on its page."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from applications.models import Decision
from applications.selectors.records import as_json
from eligibility import engine
from eligibility.models import ProgrammeDraft
from eligibility.public import (
    Municipality,
    ProgrammeVersion,
    discard_draft,
    keep_part,
    replay,
    replay_again,
    version_on,
)
from facilities.models import Facility
from postpartum_portal.pages.centre.replaying import past_cases
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Job
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.eligibility.drafted import CHEAPER, RULES, again, uploaded
from tests.eligibility.kodaira import TERMS, family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
MARCH = dt.date(2026, 3, 10)
SHORTER = RULES.replace("    unit: days\n    limit: 7\n", "    unit: days\n    limit: 3\n")
"""Three days of stay and day care in all."""


def mother(municipality: Municipality, number: str, facility: Facility, *stays: int, **known: Any) -> Any:
    """A mother who was approved, with a stay of so many nights every ten days from 10 March."""
    birth = factories.BirthFactory(municipality=municipality)
    application = factories.ApplicationFactory(municipality=municipality, birth=birth, number=number, status="approved")
    _decided(application, **known)
    entitlement = factories.EntitlementFactory(municipality=municipality, birth=birth)
    for place, nights in enumerate(stays):
        _booking(entitlement, facility, MARCH + dt.timedelta(days=10 * place), nights)
    return entitlement


def _decided(application: Any, *, facts: engine.Facts | None = None, on: dt.date = dt.date(2026, 3, 1)) -> None:
    with scopes_disabled():
        Decision.objects.create(
            municipality=application.municipality,
            citizen=application.citizen,
            application=application,
            outcome="approved",
            programme_version=application.programme_version,
            facts=as_json(facts or family()),
            findings=[],
            decided_at=clock.now(),
            decided_on=on,
            by=factories.UserFactory(),
        )


def _booking(entitlement: Any, facility: Facility, first: dt.date, nights: int, **known: Any) -> Any:
    return factories.BookingFactory(
        entitlement=entitlement,
        municipality=entitlement.municipality,
        facility=facility,
        first_day=first,
        last_day=first + dt.timedelta(days=nights),
        **known,
    )


def work() -> None:
    """The worker comes round."""
    with scopes_disabled():
        tasks.sweep()


def page(user: Any, draft: ProgrammeDraft) -> str:
    client = Client()
    client.force_login(user)
    return str(client.get(f"/kodaira/centre/programme/drafts/{draft.pk}/").content.decode())


def test_replay__of_a_cheaper_night_says_who_pays_less(
    kodaira: Municipality, clinic: Facility, nurse: Any, decider: Any
) -> None:
    """500 yen less a night: 3 nights 15,000 → 13,500; 1 night 5,000 → 4,500; nobody else."""
    mother(kodaira, "R7-0001", clinic, 2, 1)
    mother(kodaira, "R7-0002", clinic, 1)
    mother(kodaira, "R7-0003", clinic)
    draft = uploaded(kodaira, nurse)
    assert "計算しています" in page(nurse, draft)
    work()

    done = again(draft)
    assert (done.status, done.compared_with) == ("replayed", version_on(kodaira, clock.today()))
    assert done.replay is not None
    assert (done.replay["households"], done.replay["bookings"]) == (3, 3)
    assert (done.replay["sum_before"], done.replay["sum_after"]) == (20_000, 18_000)
    html = page(decider, draft)
    for words in (
        "この案が、これまでの申請のときからあったら、3人のうち2人は、支払いが少ない計算でした。受けられない予約はありませんでした。",
        "20,000円 → 18,000円",
        "すんだ利用の支払いは、公開しても変わりません。",
        "選んだ日からあとに利用する予約の料金を計算しなおし、変わった方にお知らせします。",
        'href="/kodaira/centre/cases/R7-0001/">R7-0001</a>',
        "15,000円",
        "<b>13,500円</b>",
        "この日から公開する",
    ):
        assert words in html


def test_replay__of_fewer_days_names_the_bookings_that_would_be_refused(
    kodaira: Municipality, clinic: Facility, nurse: Any
) -> None:
    """2 + 2 days of 3: the second stay. 3 days of 3: none. 4 days of 3: the stay itself."""
    mother(kodaira, "R7-0001", clinic, 1, 1)
    mother(kodaira, "R7-0002", clinic, 2)
    mother(kodaira, "R7-0003", clinic, 3)
    draft = uploaded(kodaira, nurse, SHORTER)
    work()
    html = page(nurse, draft)
    assert "3人の支払いは同じでした。予約2件は、受けられませんでした。" in html
    report = again(draft).replay
    assert report is not None
    assert [row["case"] for row in report["refusals"]] == ["R7-0001", "R7-0003"]
    assert "宿泊型と日帰り型の合計が 2日 + 2日 = 4日 > 3日 になります" in report["refusals"][0]["why"]


def test_replay__leaves_out_what_was_turned_down_and_other_municipalities(
    kodaira: Municipality, clinic: Facility, nurse: Any
) -> None:
    entitlement = mother(kodaira, "R7-0001", clinic)
    _booking(entitlement, clinic, MARCH, 2, status="declined", decline_reason="満室")
    elsewhere = Municipality.objects.create(code="999998", slug="mihon", name="見本市", office={})
    version = version_on(kodaira, clock.today())
    factories.EntitlementFactory(municipality=elsewhere, programme_version=version)
    draft = uploaded(kodaira, nurse)
    work()
    report = again(draft).replay
    assert report is not None
    assert (report["households"], report["bookings"], report["same"]) == (1, 0, 1)


def test_replay__tells_whose_judgement_and_days_change(kodaira: Municipality, clinic: Facility, nurse: Any) -> None:
    """Under 3 months instead of 4: born 15 January, decided on 1 May."""
    mother(kodaira, "R7-0001", clinic, on=dt.date(2026, 5, 1))
    draft = uploaded(kodaira, nurse, RULES.replace("  under: 4\n", "  under: 3\n"))
    work()
    html = page(nurse, draft)
    for words in (
        "1人は、使えるかどうかの判定がちがいました。",
        "1人は、使える期間がちがいました。",
        "令和8年1月15日〜令和8年5月14日",
        "<b>令和8年1月15日〜令和8年4月14日</b>",
    ):
        assert words in html


def test_replay__without_any_case_says_so(kodaira: Municipality, nurse: Any) -> None:
    draft = uploaded(kodaira, nurse)
    work()
    assert "過去の申請が、まだありません。" in page(nurse, draft)


def test_replay__runs_once_for_a_draft_and_not_at_all_for_one_taken_away(kodaira: Municipality, nurse: Any) -> None:
    first, second = uploaded(kodaira, nurse), uploaded(kodaira, nurse, f"# 別の案\n{CHEAPER}")
    discard_draft(second, by=nurse, at=clock.now())
    work()
    Job.objects.update(status="queued", done_at=None)
    work()
    assert Event.objects.filter(verb="programme.replayed").count() == 1
    assert again(first).status == "replayed"
    assert (again(second).status, again(second).replay) == ("discarded", None)
    assert not Job.objects.exclude(status="done").exists()


def reports_of_five_mothers(kodaira: Municipality, clinic: Facility, nurse: Any) -> ProgrammeDraft:
    for number in range(5):
        mother(kodaira, f"R7-000{number}", clinic, number, 1)
    return uploaded(kodaira, nurse)


def test_replay__goes_on_in_parts_until_every_mother_is_in(
    kodaira: Municipality, clinic: Facility, nurse: Any, settings: Any
) -> None:
    """Five mothers, all at once and two at a time: one report. Between two parts the page says how far it is."""
    draft = reports_of_five_mothers(kodaira, clinic, nurse)
    work()
    whole = again(draft).replay

    settings.REPLAY_CASES_AT_ONCE = 2
    with scopes_disabled():
        replay_again(again(draft), by=nurse, at=clock.now())
    work()
    assert again(draft).status == "checked"
    assert "2人まで終わりました。" in page(nurse, draft)
    assert "支払いの合計" not in page(nurse, draft)
    work()
    work()
    assert again(draft).status == "replayed"
    assert again(draft).replay == whole
    assert whole is not None
    assert whole["households"] == 5


def test_replay__counts_a_part_once_that_two_jobs_have_in_hand(
    kodaira: Municipality, clinic: Facility, nurse: Any, settings: Any
) -> None:
    settings.REPLAY_CASES_AT_ONCE = 2
    draft = reports_of_five_mothers(kodaira, clinic, nurse)
    with scopes_disabled():
        seen = again(draft)
    work()
    with scopes_disabled(), pytest.raises(Overtaken):
        keep_part(seen, replay((), old=TERMS, new=TERMS), through=seen.replayed_through + 2, at=clock.now())
    for _ in range(2):
        work()
    report = again(draft).replay
    assert report is not None
    assert report["households"] == 5


def test_replay__begins_anew_when_another_version_comes_into_force_between_two_parts(
    kodaira: Municipality, clinic: Facility, nurse: Any, settings: Any
) -> None:
    settings.REPLAY_CASES_AT_ONCE = 2
    draft = reports_of_five_mothers(kodaira, clinic, nurse)
    work()
    with scopes_disabled():
        latest = ProgrammeVersion.objects.create(
            municipality=kodaira,
            file_name="132110-kodaira.yaml",
            text=SHORTER,
            sha256="0" * 64,
            effective_from=clock.today(),
            loaded_at=clock.now(),
        )
    for _ in range(3):
        work()
    done = again(draft)
    assert (done.status, done.compared_with) == ("replayed", latest)
    assert done.replay is not None
    assert done.replay["households"] == 5


def test_replay__stops_between_two_parts_of_a_draft_taken_away(
    kodaira: Municipality, clinic: Facility, nurse: Any, settings: Any
) -> None:
    settings.REPLAY_CASES_AT_ONCE = 2
    draft = reports_of_five_mothers(kodaira, clinic, nurse)
    work()
    with scopes_disabled():
        discard_draft(again(draft), by=nurse, at=clock.now())
    work()
    assert (again(draft).status, again(draft).replayed_at) == ("discarded", None)
    assert "支払いの合計" not in page(nurse, draft)
    assert not Job.objects.exclude(status="done").exists()


def test_past_cases__cost_the_same_queries_for_many(kodaira: Municipality, clinic: Facility) -> None:
    def cost() -> int:
        with tenant(municipality=kodaira.pk), CaptureQueriesContext(connection) as captured:
            assert past_cases().households
        return len(captured)

    mother(kodaira, "R7-0001", clinic, 1)
    few = cost()
    for number in range(8):
        mother(kodaira, f"R7-1{number:03}", clinic, 1, 1)
    assert cost() == few <= 12
