"""Letters on paper: to be posted, posted, arrived; the arrival starts the time in which a decision may be contested."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from applications.letters import issue
from applications.models import Letter
from applications.services.deciding import approve
from applications.services.posting import NotInTime, mark_posted, record_delivery, undo_posting
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.pdf import RenderedLetter
from tests.cases import FULL_GRANT, heard
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]
TODAY = dt.date(2026, 3, 5)
POST, ASSUMED, COUNTER = Letter.Delivery.POST, Letter.Delivery.ASSUMED, Letter.Delivery.COUNTER


@pytest.fixture
def letters(kodaira, nurse, decider, mother, monkeypatch):
    """Of two mothers on paper and of one with an account."""
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(b"%PDF", (), 1))
    for citizen, name in ((None, "紙 一子"), (None, "紙 二子"), (mother, "髙橋 美咲")):
        case = heard(kodaira, nurse, household__citizen=citizen, household__name=name)
        approve(case, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    while tasks.sweep():
        pass
    return list(Letter.objects.order_by("number"))


@pytest.fixture
def office(nurse) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


def register(office: Client, **asked: str) -> str:
    return text(office.get(reverse("applications:centre_letters", args=["kodaira"]), asked))


def test_to_post__are_those_of_mothers_on_paper_until_they_are_marked(letters, office, nurse):
    waiting = register(office, state="to_post")
    assert "郵送する2" in waiting
    assert "紙一子" in waiting
    assert "髙橋美咲" not in waiting

    url = reverse("applications:post_letters", args=["kodaira"])
    asked = text(office.post(url, {"all": "1", "state": "to_post"}))
    assert "郵送したと記録する(2通)" in asked
    chosen = [str(letter.pk) for letter in letters[:2]]
    day = {"posted_on_year": "2026", "posted_on_month": "3", "posted_on_day": "5"}
    office.post(url, {"letter": chosen, **day})

    assert [row.posted_on for row in Letter.objects.order_by("number")] == [TODAY, TODAY, None]
    assert "郵送する0" in register(office, state="posted")
    assert Event.objects.filter(verb="letter.posted", actor_id=nurse.pk).count() == 2


def test_known_on__is_the_earlier_of_reading_and_arrival(letters, nurse, clock_at):
    paper = letters[0]
    mark_posted([paper.pk], posted_on=TODAY, by=nurse, at=clock.now())
    paper.refresh_from_db()
    assert paper.known_on is None
    clock_at.move_to("2026-03-20T09:00:00+09:00")
    record_delivery(paper, delivered_on=dt.date(2026, 3, 9), delivery=POST, by=nurse, at=clock.now())
    paper.refresh_from_db()
    assert (paper.known_on, paper.way_known) == (dt.date(2026, 3, 9), "郵送(届いた日を確かめた)")
    paper.first_read_at = dt.datetime(2026, 3, 7, 23, 30, tzinfo=clock.TOKYO)
    assert (paper.known_on, paper.way_known) == (dt.date(2026, 3, 7), "画面で読んだ")


def test_the_appeal__counts_from_the_day_it_arrived__with_its_arithmetic(letters, office, nurse, clock_at):
    mark_posted([letters[0].pk], posted_on=TODAY, arrives_on=dt.date(2026, 3, 10), by=nurse, at=clock.now())
    shown = register(office, q="一子")
    assert "3月10日(火)郵送(届いたとみなす日)" in shown
    assert "令和8年6月10日(水)まで知った日3月10日の翌日(3月11日)から3か月→6月11日(木)の前日" in shown
    assert "紙二子" not in shown
    entry = text(office.get(reverse("applications:letter_entry", args=["kodaira", letters[0].pk])))
    assert "審査請求ができる最後の日令和8年6月10日(水)" in entry


def test_the_appeal__names_the_day_that_counts_for_this_letter(letters, office, nurse):
    paper, _, on_screen = letters

    def entry(letter):
        return text(office.get(reverse("applications:letter_entry", args=["kodaira", letter.pk])))

    assert "紙の手紙が届いた日の翌日から数えます。届いた日は、まだ分かりません。" in entry(paper)
    assert "手紙を開いた日の翌日から数えます。まだ開いていません。" in entry(on_screen)
    mark_posted([on_screen.pk], posted_on=TODAY, by=nurse, at=clock.now())
    assert "手紙を開いた日か、紙の手紙が届いた日の、早いほうの翌日から数えます。" in entry(on_screen)


@pytest.mark.parametrize(
    ("posted", "arrives"),
    [(TODAY + dt.timedelta(days=1), None), (TODAY - dt.timedelta(days=1), None), (TODAY, TODAY - dt.timedelta(days=1))],
)
def test_days_that_cannot_be__mark_nothing(letters, nurse, posted, arrives):
    with pytest.raises(NotInTime):
        mark_posted([row.pk for row in letters], posted_on=posted, arrives_on=arrives, by=nurse, at=clock.now())
    assert not Letter.objects.exclude(posted_on=None).exists()


def test_delivery__wants_a_day_of_posting__but_for_what_is_handed_over(letters, nurse):
    with pytest.raises(NotInTime):
        record_delivery(letters[0], delivered_on=TODAY, delivery=POST, by=nurse, at=clock.now())
    record_delivery(letters[0], delivered_on=TODAY, delivery=COUNTER, by=nurse, at=clock.now())
    letters[0].refresh_from_db()
    assert letters[0].known_on == TODAY


def test_a_wrong_mark__is_undone_and_stays_in_the_log(letters, nurse):
    mark_posted([letters[0].pk], posted_on=TODAY, arrives_on=TODAY, by=nurse, at=clock.now())
    letters[0].refresh_from_db()
    undo_posting(letters[0], by=nurse, at=clock.now())
    letters[0].refresh_from_db()
    assert (letters[0].posted_on, letters[0].known_on, letters[0].delivery) == (None, None, "")
    assert {"letter.posted", "letter.posting_undone"} <= set(Event.objects.values_list("verb", flat=True))


def test_the_register__narrows_by_kind_and_year_and_finds_numbers(letters, office):
    assert "紙一子" in register(office, kind="approval", year="2025", q=letters[0].label)
    assert "見つかりません" in register(office, kind="refusal")
    assert "見つかりません" in register(office, year="2025", q="号外")
    assert "紙一子" in register(office, kind="nonsense", year="x", state="?")
