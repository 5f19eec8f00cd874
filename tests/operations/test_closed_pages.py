"""What people read while numbers are closed after a restore, before they press and when they do."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.letters.closing import closed_series, reopen
from applications.letters.numbers import SeriesClosed
from applications.models import Letter, NumberSeries
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs.holding import BY_RESTORE
from postpartum_portal.shared.models import Job, Restoration
from postpartum_portal.shared.tenancy import tenant
from tests.cases import heard
from tests.clients import enrolled, signed_in

pytestmark = pytest.mark.django_db
SHOWN = (
    "バックアップから戻したところです",
    "新しい決定はできません",
    "1件</a>を止めています",
    "日にちの決まったお知らせは、まだ出ません",
)
CLOSED = "最後に出した番号を確かめて、再開します"


@pytest.fixture
def closed(kodaira: Any, clock_at: Any) -> Any:
    """As a restore leaves it."""
    for series in ("decision", "application"):
        NumberSeries.objects.create(
            municipality=kodaira, fiscal_year=2025, series=series, last=4, closed_at=clock.now()
        )
    Restoration.objects.create(taken_at=clock.now(), restored_at=clock.now())
    Job.objects.create(
        key="held",
        kind="issue_letter",
        subject_id=1,
        municipality_id=kodaira.pk,
        status=Job.Status.HELD,
        run_after=clock.now(),
        created_at=clock.now(),
        stopped_at=clock.now(),
        last_error=BY_RESTORE,
    )
    return kodaira


def test_the_decider__reads_it_before_she_presses__and_keeps_what_she_typed(
    closed: Any, nurse: Any, decider: Any
) -> None:
    application, browser = heard(closed, nurse), signed_in(enrolled(decider))
    address = reverse("applications:decide", kwargs={"slug": "kodaira", "number": application.number})

    before = browser.get(address, {"outcome": "refuse"}).content.decode()
    assert "いまは決定できません" in before
    assert CLOSED in before
    answer = browser.post(address, {"outcome": "refuse", "reason": "typed and kept"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "typed and kept" in page

    with tenant(municipality=closed.pk):
        assert not Letter.objects.exists()
        reopen(closed_series(closed).get(series="decision"), last=6, at=clock.now())
    assert "いまは決定できません" not in browser.get(address, {"outcome": "refuse"}).content.decode()


def test_the_office__shows_what_is_held(closed: Any, nurse: Any) -> None:
    browser = signed_in(enrolled(nurse))
    page = browser.get(reverse("pages:office", kwargs={"slug": "kodaira"})).content.decode()
    for words in SHOWN:
        assert words in page
    stopped = browser.get(reverse("applications:stopped", kwargs={"slug": "kodaira"})).content.decode()
    assert "運用の担当が確かめるまで止めています" in stopped


def test_the_office__without_a_restore__says_nothing(kodaira: Any, nurse: Any) -> None:
    page = signed_in(enrolled(nurse)).get(reverse("pages:office", kwargs={"slug": "kodaira"})).content.decode()
    assert "バックアップ" not in page


def test_the_register__shows_a_lost_number_as_void(closed: Any, nurse: Any) -> None:
    with tenant(municipality=closed.pk):
        reopen(closed_series(closed).get(series="decision"), last=6, at=clock.now())
        lost = Letter.objects.get(number=5)
    browser = signed_in(enrolled(nurse))
    for address in (
        reverse("applications:centre_letters", kwargs={"slug": "kodaira"}),
        reverse("applications:letter_entry", kwargs={"slug": "kodaira", "pk": lost.pk}),
    ):
        page = browser.get(address).content.decode()
        assert "無効" in page
        assert "復元で失われた番号" in page


def test_whoever_meets_it_elsewhere__is_answered_in_a_sentence__and_sends_the_same_again(
    closed: Any, client: Client, monkeypatch: pytest.MonkeyPatch, nurse: Any
) -> None:
    """A number that no page foresees, as when a mother hands in."""

    def refuse(*_: Any, **__: Any) -> None:
        raise SeriesClosed

    monkeypatch.setattr("applications.views.notes.write_note", refuse)
    application, browser = heard(closed, nurse), signed_in(enrolled(nurse))
    address = reverse("applications:note", kwargs={"slug": "kodaira", "number": application.number})
    answer = browser.post(address, {"text": "typed & kept"})

    assert answer.status_code == 503
    page = answer.content.decode()
    assert "いま送ったものは、まだ届いていません" in page
    assert 'name="text" value="typed &amp; kept"' in page
    assert "受付一覧" in page
    assert "お住まいの市" not in page, "she is at the centre herself"


def test_a_facility__is_answered_on_a_page_of_its_own(
    clinic: Any, receptionist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise SeriesClosed

    monkeypatch.setattr("facilities.views.staff.payee.manages_staff", refuse)
    page = signed_in(enrolled(receptionist)).get("/facility/settings/payee/").content.decode()

    assert "いま送ったものは、まだ届いていません" in page
    assert clinic.name in page
    assert "お住まいの市" not in page
