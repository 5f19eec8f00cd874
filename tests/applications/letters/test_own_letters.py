"""Her letters: the day each came, the day she opened it, and until when its decision may be contested."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Letter
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from tests import cases
from tests.pages.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(kodaira: Municipality, mother: Any) -> Letter:
    """Decided and issued on 2026-03-05, not opened yet."""
    application = cases.handed_in(kodaira, citizen=mother, household__citizen=mother, birth__citizen=mother)
    with scopes_disabled():
        return Letter.objects.create(
            municipality=kodaira,
            citizen=mother,
            kind=Letter.Kind.REFUSAL,
            subject_kind=Letter.Subject.APPLICATION,
            subject_id=application.pk,
            fiscal_year=2025,
            series="decision",
            number=1,
            label="7小健母第1号",
            status=Letter.Status.ISSUED,
            snapshot={"appeal": ["教示"], "issued_on": "2026-03-05"},
            storage_name="letters/x.pdf",
            sha256="0" * 64,
            issued_at=clock.now(),
        )


def page(mother: Any) -> str:
    client = Client()
    client.force_login(mother)
    return text(client.get(reverse("applications:letters", args=["kodaira"])))


def opened(letter: Letter) -> None:
    with scopes_disabled():
        Letter.objects.filter(pk=letter.pk).update(first_read_at=clock.now())


def test_letters__count_from_the_day_she_opened_it(letter: Letter, mother: Any, clock_at: Any) -> None:
    before = page(mother)
    assert "届いた日令和8年3月5日(木)初めて開いた日まだ開いていません" in before
    assert "手紙を開いた日の翌日から数えます。まだ開いていません。" in before
    assert "いつ知ったかにかかわらず、令和9年3月5日(金)を過ぎるとできません。" in before

    clock_at.move_to("2026-03-10T21:00:00+09:00")
    opened(letter)

    shown = page(mother)
    assert "初めて開いた日令和8年3月10日(火)" in shown
    assert "審査請求ができる最後の日令和8年6月10日(水)あと92日知った日3月10日の翌日(3月11日)から3か月" in shown
    assert "訴えを起こせる最後の日令和8年9月10日(木)あと184日" in shown


def test_letters__say_that_it_is_over(letter: Letter, mother: Any, clock_at: Any) -> None:
    opened(letter)
    clock_at.move_to("2026-06-06T09:00:00+09:00")
    assert "令和8年6月5日(金)で終わりました。" in page(mother)


def test_letters__without_words_on_contesting__name_no_day(letter: Letter, mother: Any) -> None:
    with scopes_disabled():
        Letter.objects.update(snapshot={"appeal": [], "issued_on": "2026-03-05"})
    assert "最後の日" not in page(mother)
