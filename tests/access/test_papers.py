"""A3, A5: what is printed says no word of another's: a mother's letter, a facility's month, as PDFs are read.

Families and facilities of two municipalities carry their words (marks.py) before anything is decided, sent or printed.
"""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from applications.letters import issue
from applications.letters.content import LetterContent
from applications.letters.rendering import render
from applications.models import Application, Letter
from applications.services.deciding import approve
from eligibility.public import Municipality
from facilities.models import Booking, MonthReport
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Job
from tests.access.asking import ask_and_keep
from tests.access.marks import MARKS, plant
from tests.access.matrix import Walker
from tests.cases import full_grant
from tests.plugins.counted import Counted

FIRST_DAY = "2026-12-01T10:00:00+09:00"
HERS = {
    ("kodaira", "own"): {"mother"},
    ("kodaira", "beside"): {"another mother"},
    ("zushi", "own"): {"zushi"},
    ("zushi", "beside"): {"zushi"},
}
"""Whose letter or month → what must stand on it."""
ON_A_MONTH = {"kodaira": {"kodaira", "mother", "another mother"}, "zushi": {"zushi"}}
"""A facility is told who came, which may be both mothers, and nothing of what lies in the centre's file."""
SHORT = [("kodaira", "own"), ("zushi", "own")]
LONG = pytest.param(list(HERS), marks=pytest.mark.soak)


def on_a_letter(town: str, whose: str) -> list[str]:
    """The words that must not stand there."""
    return [word for mark, word in MARKS.items() if mark not in {town, "file", *HERS[town, whose]}]


def on_a_month(town: str, whose: str) -> list[str]:
    own = "facility" if whose == "own" else "another facility"
    return [word for mark, word in MARKS.items() if mark not in {own, *ON_A_MONTH[town]}]


def read(name: str) -> str:
    with default_storage.open(name) as file:
        return "".join(page.extract_text() for page in PdfReader(BytesIO(file.read())).pages)


def letter_of(walker: Walker, town: str, whose: str) -> str:
    """The letter of an approval, decided and printed now."""
    people, number = walker.world.people[town], walker.world.of(town, whose)["recommended"]
    decider = User.objects.get(pk=people["decider"] or 0)
    municipality = Municipality.objects.get(slug=town)
    application = Application.objects.get(number=number, municipality=municipality)
    approve(application, by=decider, at=clock.now(), looked=True, **full_grant(municipality))
    letter = Letter.objects.get(subject_kind="application", subject_id=application.pk)
    runner.run(Job.objects.get(kind="issue_letter", subject_id=letter.pk).pk)
    return read(Letter.objects.get(pk=letter.pk).storage_name)


def month_of(walker: Walker, town: str, whose: str) -> dict[str, str]:
    """November, sent by the facility whose uses are all recorded: its papers and its table."""
    actor = "facility" if whose == "own" else "another facility"
    session, where = walker.session(town, actor), f"/facility/months/{town}/2026-11/"
    of_it = {"municipality__slug": town, "facility": walker.world.of(town, whose)["facility"]}
    Booking.objects.filter(**of_it, status__in=Booking.LIVE, last_day__lt=clock.today()).update(
        status="attended", attended_at=clock.now()
    )
    page = ask_and_keep("GET", where, session).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    ask_and_keep("POST", f"{where}send/", session, {"seen": seen})
    sent = MonthReport.objects.get(**of_it, month=dt.date(2026, 11, 1))
    runner.run(Job.objects.get(kind="issue_month_papers", subject_id=sent.pk).pk)
    made = MonthReport.objects.get(pk=sent.pk)
    table = ask_and_keep("GET", f"{where}table/csv/", session)
    body = table.content_read if table.streaming else table.content
    return {"report": read(made.report_file), "claim": read(made.claim_file), "table": body.decode()}


@pytest.mark.parametrize("families", [SHORT, LONG], ids=["two", "all"])
def test_a_letter__says_no_word_of_anothers(
    families: list[tuple[str, str]], walker: Walker, all_tenants: None, counted: Counted
) -> None:
    plant(walker.world)
    for town, whose in families:
        text = letter_of(walker, town, whose)
        assert all(MARKS[mark] in text for mark in HERS[town, whose]), text
        assert not [word for word in on_a_letter(town, whose) if word in text], text
    counted("letters read", len(families))


@pytest.mark.parametrize("families", [SHORT[:1], LONG], ids=["one", "all"])
def test_a_month__says_no_word_of_anothers(
    families: list[tuple[str, str]], walker: Walker, all_tenants: None, clock_at: Any, counted: Counted
) -> None:
    plant(walker.world)
    clock_at.move_to(FIRST_DAY)
    for town, whose in families:
        papers = month_of(walker, town, whose)
        named = "".join(papers.values())
        assert all(MARKS[mark] in named for mark in HERS[town, whose]), papers
        found = [(name, word) for name, text in papers.items() for word in on_a_month(town, whose) if word in text]
        assert not found
    counted("months read", len(families))


def test_control__a_letter_with_anothers_words_is_found(
    walker: Walker, all_tenants: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(walker.world)
    first, second = SHORT
    letter_of(walker, *second)
    hers = LetterContent.from_snapshot(Letter.objects.latest("pk").snapshot)
    monkeypatch.setattr(issue, "render", lambda _content: render(hers))
    text = letter_of(walker, *first)
    assert [word for word in on_a_letter(*first) if word in text]
