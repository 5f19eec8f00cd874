"""止まっている処理: what a worker gave up at this municipality, in words, with the ways to go on."""

from typing import Any

import pytest
from django.core.management import call_command

from applications.models import Letter
from applications.services.deciding import approve
from eligibility.public import Municipality
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import enqueue, registry, tasks
from postpartum_portal.shared.jobs.words import WORK
from postpartum_portal.shared.mail_server import AddressRefused, ServerAway
from postpartum_portal.shared.models import Event, Job, Mail
from tests import factories
from tests.cases import FULL_GRANT, heard
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
LIST = "/kodaira/centre/office/stopped/"


@pytest.fixture
def staff(nurse: Any) -> Person:
    person = Person(nurse)
    person.opens(LIST)
    return person


def given_up(
    municipality: Municipality | None, to: str = "hanako@exmaple.jp", error: type = AddressRefused, kind: str = ""
) -> Job:
    """A mail that its server refused."""
    template = "decision_ready" if municipality else "account/login_code"
    row = mail.post(template, to, key=f"{kind}:{to}", at=clock.now(), municipality=municipality, code="123456")
    Mail.objects.filter(pk=row.pk).update(kind=kind or template)
    job = Job.objects.get(kind="send_mail", subject_id=row.pk)
    Job.objects.filter(pk=job.pk).update(
        status=Job.Status.FAILED, attempts=1, last_error=error.__name__, stopped_at=clock.now()
    )
    return job


def test_every_kind_of_job__has_words_for_the_office() -> None:
    assert registry._handlers.keys() <= WORK.keys()


def test_list__says_what_stands_still_here_and_why(kodaira: Municipality, zushi: Municipality, staff: Person) -> None:
    given_up(kodaira)
    given_up(zushi, to="other@example.jp")
    given_up(None, to="nobody@example.jp")

    staff.opens("/kodaira/centre/office/")
    staff.sees("止まっている処理 1件")
    staff.opens(LIST)
    for words in ("メールを送る", "hanako@exmaple.jp", "あて先のメールアドレスに届きません"):
        staff.sees(words)
    for words in ("other@example.jp", "nobody@example.jp"):
        staff.misses(words)


def test_mail__goes_to_the_address_that_she_said_on_the_phone(
    kodaira: Municipality, staff: Person, mailoutbox: list[Any]
) -> None:
    job = given_up(kodaira)
    staff.opens(f"{LIST}{job.pk}/")
    staff.client.post(f"{LIST}{job.pk}/", {"to": "hanako@example.jp"})
    tasks.sweep()

    (sent,) = mailoutbox
    assert sent.to == ["hanako@example.jp"]
    assert sent.extra_headers["Message-ID"] == Mail.objects.get().message_id
    event = Event.objects.get(verb="mail.readdressed")
    assert (event.subject_id, event.actor_id, event.data) == (job.pk, staff.user.pk, {})
    staff.opens(LIST)
    staff.sees("止まっている処理はありません。")


def test_mail__that_is_let_go_of__stays_listed_with_the_reason(
    kodaira: Municipality, staff: Person, mailoutbox: list[Any]
) -> None:
    job = given_up(kodaira)
    staff.client.post(f"{LIST}{job.pk}/", {"let_go": "1"})
    assert Job.objects.get(pk=job.pk).status == Job.Status.FAILED, "a reason is asked for"
    staff.client.post(f"{LIST}{job.pk}/", {"let_go": "1", "reason": "phoned"})
    staff.client.post(LIST, {"job": job.pk})
    tasks.sweep()

    assert not mailoutbox
    assert Event.objects.get(verb="mail.dropped").data == {"reason": "phoned"}
    staff.opens(LIST)
    staff.sees("送るのをやめました(電話で伝えた)。")


def test_retry__starts_one_or_all_over(kodaira: Municipality, staff: Person, mailoutbox: list[Any]) -> None:
    first, *_ = [given_up(kodaira, f"{name}@example.jp", ServerAway) for name in "abc"]
    staff.client.post(LIST, {"job": first.pk})
    assert Job.objects.filter(status=Job.Status.FAILED).count() == 2
    staff.client.post(LIST)
    tasks.sweep()

    assert sorted(sent.to[0] for sent in mailoutbox) == ["a@example.jp", "b@example.jp", "c@example.jp"]


def test_what_is_held_or_elsewhere__cannot_be_started_over(
    kodaira: Municipality, zushi: Municipality, staff: Person
) -> None:
    held, elsewhere = given_up(kodaira), given_up(zushi, "b@example.jp")
    Job.objects.filter(pk=held.pk).update(status=Job.Status.HELD)

    for job in (held, elsewhere):
        staff.client.post(LIST, {"job": job.pk})
        assert staff.client.get(f"{LIST}{job.pk}/").status_code == 404
    staff.client.post(LIST)
    assert {job.status for job in Job.objects.filter(pk__in=[held.pk, elsewhere.pk])} == {"held", "failed"}


def test_auditor__reads_and_changes_nothing(kodaira: Municipality) -> None:
    auditor = Person(factories.MembershipFactory(municipality=kodaira, role="auditor").user)
    job = given_up(kodaira)
    auditor.opens(LIST)
    auditor.misses("やりなおす")
    assert auditor.client.post(LIST, {"job": job.pk}).status_code == 404
    assert auditor.client.get(f"{LIST}{job.pk}/").status_code == 404


def test_command__counts_and_retries_without_personal_data(kodaira: Municipality, capsys: Any) -> None:
    given_up(kodaira)
    given_up(None, "nobody@example.jp", ServerAway)
    enqueue("note", 1, at=clock.now())

    call_command("jobs")
    told = capsys.readouterr().out
    assert f"send_mail\tfailed\t{kodaira.pk}\tAddressRefused\t1\t" in told
    assert "@" not in told
    assert "note" not in told

    call_command("jobs", "--retry", "--error", "ServerAway")
    assert capsys.readouterr().out == "retried 1\n"
    assert Job.objects.get(status=Job.Status.FAILED).municipality_id == kodaira.pk


def test_letter__is_listed_with_its_number_its_case_and_the_reason_in_words(
    kodaira: Municipality, decider: Any, nurse: Any, staff: Person
) -> None:
    application = heard(kodaira, nurse)
    approve(application, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    letter = Letter.objects.get()
    job = Job.objects.filter(kind="issue_letter")
    job.update(status=Job.Status.FAILED, last_error="FontNotInstalled", stopped_at=clock.now())

    staff.opens(LIST)
    for words in (letter.label, letter.name, application.number, "手紙の文字の形", "やりなおす"):
        staff.sees(words)
    staff.client.post(LIST, {"job": job.get().pk})
    assert job.get().status == Job.Status.QUEUED
    assert Letter.objects.get().label == letter.label
