"""Issuing a letter: once, whole, and told to her when it can be read."""

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django_scopes import scope

from applications.letters import issue
from applications.letters.content import LetterContent
from applications.letters.rendering import render
from applications.models import Letter
from applications.services.deciding import approve
from applications.services.retrying import retry_job
from applications.services.voiding import reissued_text
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner, tasks
from postpartum_portal.shared.models import Event, Job, Mail
from postpartum_portal.shared.pdf import RenderedLetter, missing_glyphs
from tests.cases import FULL_GRANT, heard
from tests.processes.test_letters_matrix import ENTERING, ISSUING, REISSUING

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants", "media")]


@pytest.fixture
def decided(kodaira, nurse, decider, mother):
    application = heard(kodaira, nurse, household__citizen=mother, household__name="髙橋 﨑子 𠮷田 槗")
    return approve(application, by=decider, at=clock.now(), **FULL_GRANT)


@pytest.fixture
def job(decided):
    return Job.objects.get(kind="issue_letter")


@pytest.fixture
def plain_pdf(monkeypatch):
    """No WeasyPrint where the paper is not what is tested."""
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(content.number.encode(), (), 1))


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_issue__prints_what_was_typed_in_exactly_the_letter_fonts_on_one_page(job, media):
    """All four services are granted: the longest letter of Kodaira."""
    runner.run(job.pk)

    letter = Letter.objects.get()
    pdf = pypdf.PdfReader(media / letter.storage_name)
    assert len(pdf.pages) == 1
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "髙橋 﨑子 𠮷田 槗 様" in text
    assert letter.label in text
    fonts = {font.split("+")[-1] for page in pdf.pages for font in page._get_fonts()[0]}
    assert {font.split("-Bold")[0] for font in fonts} == {"BIZ-UDPMincho", "BIZ-UDPGothic", "IPAmjMincho"}


@pytest.mark.usefixtures("plain_pdf")
def test_issue__keeps_the_file_and_says_so(job, media):
    runner.run(job.pk)

    letter = Letter.objects.get()
    content = (media / letter.storage_name).read_bytes()
    assert letter.status == Letter.Status.ISSUED
    assert letter.issued_at == clock.now()
    assert hashlib.sha256(content).hexdigest() == letter.sha256
    assert letter.label not in letter.storage_name
    assert Event.objects.filter(verb="letter.issued").count() == 1
    assert Job.objects.get(pk=job.pk).status == Job.Status.DONE


@pytest.mark.usefixtures("plain_pdf")
def test_issue__tells_her_without_saying_what_was_decided(job, mother):
    runner.run(job.pk)

    mail = Mail.objects.get()
    assert (mail.kind, mail.to) == ("decision_ready", mother.email)
    assert "お知らせがあります" in mail.subject
    assert "/kodaira/my/letters/" in mail.text
    assert not [word for word in ("承認", "髙橋", "産後2", "宿泊") if word in mail.subject + mail.text]


@pytest.mark.usefixtures("plain_pdf")
def test_issue__of_an_application_on_paper_sends_no_mail(kodaira, nurse, decider):
    approve(heard(kodaira, nurse, household__citizen=None), by=decider, at=clock.now(), **FULL_GRANT)
    tasks.sweep()
    assert Letter.objects.get().status == Letter.Status.ISSUED
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("plain_pdf")
def test_issue__done_three_times_leaves_one_letter_one_file_one_mail(job, media, kodaira):
    for _ in range(3):
        Job.objects.filter(pk=job.pk).update(status="queued", done_at=None)
        runner.run(job.pk)
    assert len(files(media)) == Mail.objects.count() == Event.objects.filter(verb="letter.issued").count() == 1


@pytest.mark.usefixtures("plain_pdf")
def test_issue__by_a_worker_that_lost_its_lease_writes_nothing(job, kodaira):
    lease = runner.claim(job.pk, now=clock.now())
    assert lease
    Job.objects.filter(pk=job.pk).update(token=lease.token + 1)  # another worker took over
    with scope(municipality=kodaira.pk, citizen=None, facility=None), pytest.raises(runner.LeaseLost):
        issue.issue_letter(lease)
    assert Letter.objects.get().status == Letter.Status.QUEUED
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("plain_pdf")
def test_issue__leaves_a_void_letter_alone(job, media):
    Letter.objects.update(status="void", void_reason="書き損じ")
    runner.run(job.pk)
    assert Letter.objects.get().status == Letter.Status.VOID
    assert not files(media)


@pytest.mark.usefixtures("plain_pdf")
@pytest.mark.parametrize("point", ["after_claim", "after_render", "after_file", "before_commit"])
def test_issue__that_fails_at_any_step_is_made_whole_by_the_next_try(job, media, settings, clock_at, point):
    settings.FAILPOINTS = {f"letter.{point}": "raise"}
    runner.run(job.pk)
    assert Letter.objects.get().status == Letter.Status.QUEUED
    assert not Mail.objects.exists()

    settings.FAILPOINTS = {}
    clock_at.shift(60)
    runner.run(job.pk)
    letter = Letter.objects.get()
    assert (letter.status, letter.number) == ("issued", 1)
    assert (media / letter.storage_name).read_bytes() == letter.label.encode()
    assert Mail.objects.count() == 1


def test_issue__gives_up_after_five_tries_until_somebody_presses_the_button(
    job, kodaira, decider, monkeypatch, clock_at
):
    def fail(_content):
        raise OSError("No space left on device")

    monkeypatch.setattr(issue, "render", fail)
    for _ in range(7):
        runner.run(job.pk)
        clock_at.shift(3600)
    stopped = Job.objects.get(pk=job.pk)
    assert (stopped.status, stopped.attempts) == ("failed", 5)

    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(b"%PDF", (), 1))
    assert retry_job(job.pk, kodaira, by=decider, at=clock.now())
    tasks.sweep()
    assert (Letter.objects.get().status, Letter.objects.get().number) == ("issued", 1)


def test_retry__finds_no_job_of_another_municipality(job, decider):
    other = Municipality.objects.create(code="999999", slug="elsewhere", name="見本市")
    assert not retry_job(job.pk, other, by=decider, at=clock.now())


def test_retry__leaves_a_held_letter_where_it_is(job, kodaira, decider):
    Job.objects.filter(pk=job.pk).update(status=Job.Status.HELD)
    assert not retry_job(job.pk, kodaira, by=decider, at=clock.now())
    assert Job.objects.get(pk=job.pk).status == Job.Status.HELD


def test_issue__prints_the_snapshot_and_nothing_that_changed_since(job, media, decided, monkeypatch):
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(content.recipient.name.encode(), (), 1))
    household = decided.application.birth.household
    household.name = "山田 花子"
    household.save()
    runner.run(job.pk)
    assert files(media)[0].read_text() == "髙橋 﨑子 𠮷田 槗"


def test_an_issued_letter__says_for_ever_what_it_said(job, media, decided):
    """Her name, the mayor, the form of numbers change; the control: by today's record it would say something else."""
    runner.run(job.pk)
    letter, household = Letter.objects.get(), decided.application.birth.household
    issued = (media / letter.storage_name).read_bytes()

    household.name, household.address = "山田 花子", "小平市小川町9-9-9"
    household.save()
    Municipality.objects.update(mayor_name="見本 太郎", letter_number_format="{year}別{number}")
    assert hashlib.sha256((media / letter.storage_name).read_bytes()).hexdigest() == letter.sha256
    again = render(LetterContent.from_snapshot(letter.snapshot))
    assert words(again.pdf) == words(issued)
    today = render(reissued_text(letter, anew=True))
    assert words(today.pdf) != words(issued)


def test_every_failpoint_of_a_letter__is_one_at_which_the_crash_matrix_kills():
    code = "".join(path.read_text() for path in Path(issue.__file__).parents[1].rglob("*.py"))
    points = set(re.findall(r'reach\("(letter\.\w+)"\)', code))
    assert points == {*ENTERING, *REISSUING, *ISSUING, "letter.after_reissue"}


def test_every_letter_of_the_sample__can_be_printed(decided):
    assert missing_glyphs(str(Letter.objects.get().snapshot)) == ""
