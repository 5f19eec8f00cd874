"""Letters on screen: hers, the centre's, nobody else's; each reading is written down."""

import pytest
from django.test import Client
from django.urls import reverse

from applications.letters import issue
from applications.models import Letter
from applications.services.deciding import approve
from applications.services.reading import LetterDamaged, read_letter
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event, Job
from postpartum_portal.shared.pdf import RenderedLetter
from tests import factories
from tests.cases import FULL_GRANT, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]


@pytest.fixture
def queued(kodaira, nurse, decider, mother, monkeypatch):
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(b"%PDF-1.7 marker", (), 1))
    approve(heard(kodaira, nurse, household__citizen=mother), by=decider, at=clock.now(), **FULL_GRANT)
    return Letter.objects.get()


@pytest.fixture
def letter(queued):
    tasks.sweep()
    queued.refresh_from_db()
    return queued


def url(name: str, **kwargs: object) -> str:
    return reverse(f"applications:{name}", kwargs={"slug": "kodaira", **kwargs})


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_her_list__says_that_the_letter_is_being_made_and_then_links_to_it(queued, mother):
    assert "いま作っています" in as_(mother).get(url("letters")).content.decode()
    tasks.sweep()
    page = as_(mother).get(url("letters")).content.decode()
    assert url("letter", pk=queued.pk) in page
    assert queued.label in page


def test_her_list__is_empty_for_somebody_else(letter, kodaira):
    page = as_(factories.UserFactory()).get(url("letters")).content.decode()
    assert "手紙はまだありません" in page
    assert letter.label not in page


def test_her_letter__opens_in_the_browser_and_nothing_in_it_may_run_or_stay(letter, mother):
    answer = as_(mother).get(url("letter", pk=letter.pk))
    assert answer.content == b"%PDF-1.7 marker"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_her_first_reading__is_kept_and_later_ones_do_not_move_it(letter, mother, clock_at):
    first = clock.now()
    as_(mother).get(url("letter", pk=letter.pk))
    clock_at.shift(3600)
    as_(mother).get(url("letter", pk=letter.pk))

    letter.refresh_from_db()
    assert letter.first_read_at == first
    assert [(event.actor_id, event.data) for event in Event.objects.filter(verb="letter.read")] == [
        (mother.pk, {"first": True})
    ]


def test_a_reading_by_staff__is_recorded_and_is_not_hers(letter, nurse):
    assert as_(nurse).get(url("centre_letter", pk=letter.pk)).status_code == 200
    letter.refresh_from_db()
    assert letter.first_read_at is None
    assert Event.objects.get(verb="letter.read").actor_id == nurse.pk


def test_a_letter_not_issued_yet__cannot_be_told_from_none(queued, mother):
    assert as_(mother).get(url("letter", pk=queued.pk)).status_code == 404


def test_another_mothers_letter__cannot_be_told_from_none(letter):
    stranger = as_(factories.UserFactory())
    theirs, none = stranger.get(url("letter", pk=letter.pk)), stranger.get(url("letter", pk=letter.pk + 1))
    assert theirs.status_code == none.status_code == 404
    assert not Event.objects.filter(verb="letter.read").exists()


@pytest.mark.parametrize("name", ["centre_letter", "centre_letters"])
def test_the_centres_pages__are_not_there_for_a_mother(letter, mother, name):
    kwargs = {"pk": letter.pk} if name == "centre_letter" else {}
    assert as_(mother).get(url(name, **kwargs)).status_code == 404


def test_a_file_that_was_changed__is_shown_to_nobody(letter, mother, media):
    (media / letter.storage_name).write_bytes(b"%PDF-1.7 forged")
    with pytest.raises(LetterDamaged):
        read_letter(letter.pk, by=mother, at=clock.now())


def test_the_register__lists_every_number(letter, nurse):
    page = as_(nurse).get(url("centre_letters")).content.decode()
    assert "髙橋 美咲" in page  # the right letter to the right person
    assert letter.label in page
    assert "画面で読むのを待つ" in page
    assert "止まっている" not in page


def test_the_register__says_how_many_letters_stand_still_and_where_they_are_started_over(queued, nurse):
    Job.objects.filter(kind="issue_letter").update(status="failed", attempts=5, last_error="OSError")
    client, list_of_stopped = as_(nurse), url("stopped")
    page = client.get(url("centre_letters")).content.decode()
    assert "止まっている手紙が1通あります" in page
    assert list_of_stopped in page

    line = client.get(list_of_stopped).content.decode()
    assert queued.label in line
    client.post(list_of_stopped, {"job": Job.objects.get(kind="issue_letter").pk})
    tasks.sweep()
    queued.refresh_from_db()
    assert queued.status == Letter.Status.ISSUED
    assert Event.objects.get(verb="letter.retried").actor_id == nurse.pk


def test_the_register__counts_a_held_letter_but_no_void_one(queued, nurse):
    Job.objects.filter(kind="issue_letter").update(status="held")
    assert "止まっている手紙が1通あります" in as_(nurse).get(url("centre_letters")).content.decode()
    Letter.objects.update(status="void", void_reason="書き損じ")
    assert "止まっている" not in as_(nurse).get(url("centre_letters")).content.decode()


@pytest.mark.parametrize("job", ["x", "999999", "9" * 40, "１", "1 or 1", "\x00"])
def test_starting_over__what_is_not_a_stopped_letter__starts_nothing(queued, nurse, job):
    Job.objects.filter(kind="issue_letter").update(id=77, status="failed", attempts=5)
    assert as_(nurse).post(url("stopped"), {"job": job}).status_code == 302
    assert Job.objects.get(kind="issue_letter").status == "failed"
