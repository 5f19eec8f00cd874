"""A mother chooses the words in which a programme's sentences are said to her; everything else stays as it is."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from eligibility.engine import BeforeGranted, Said, Source
from eligibility.public import Municipality

pytestmark = pytest.mark.django_db

NOTE = "うつる病気のおそれがあるときは、宿泊型と日帰り型は使えません。"
EASY = "うつる 病気の 心配が ある 人は、泊まる ことと 日帰りが できません。"
ENGLISH = "You cannot stay overnight or for the day while you might have an infectious illness."


def read(client: Client, address: str = "/mihon/") -> str:
    return client.get(address).content.decode()


def choose(client: Client, words: str) -> None:
    response = client.post("/mihon/words/", {"words": words})
    assert response.status_code == 302
    assert response["Location"] == "/mihon/"


def test_english__says_what_the_file_says_so_and_marks_its_language(client: Client, mihon: Municipality) -> None:
    assert NOTE in read(client)
    choose(client, "en")
    page = read(client)
    assert f'<span lang="en">{ENGLISH}</span>' in page
    assert NOTE not in page
    assert "お子さんが生まれてから申請できます。" in page  # said in no English
    assert '<p class="small mute" lang="en">Sentences of the municipality' in page
    assert '<span lang="en">Are you registered as a resident of Mihon City?</span>' in read(client, "/mihon/check/")


def test_easy_japanese__is_left_again(client: Client, mihon: Municipality) -> None:
    choose(client, "easy")
    assert EASY in read(client)
    assert "みほん市に 住民票が ありますか" in read(client, "/mihon/check/")
    choose(client, "")
    assert not client.cookies[settings.WORDS_COOKIE_NAME].value
    assert NOTE in read(client)


def test_at_the_check__she_chooses_as_well_and_stays_there(client: Client, mihon: Municipality) -> None:
    assert 'value="easy"' in read(client, "/mihon/check/")
    response = client.post("/mihon/words/", {"words": "easy", "at": "check"})
    assert response["Location"] == "/mihon/check/"
    assert "やさしい日本語で出しています" in read(client, "/mihon/check/")


def test_words_that_no_programme_knows__are_nobodys_choice(client: Client, mihon: Municipality) -> None:
    client.cookies[settings.WORDS_COOKIE_NAME] = "xx"
    assert NOTE in read(client)
    choose(client, "xx")
    assert NOTE in read(client)


def test_questions_of_the_application__are_asked_in_her_words(client: Client, mihon: Municipality, mother: Any) -> None:
    client.force_login(mother)
    choose(client, "en")
    where = "/mihon/apply/condition/"
    assert '<span lang="en">Might you or your child have an infectious illness?</span>' in read(client, where)
    assert '<span lang="en">Are you registered as a resident' in read(client, "/mihon/apply/person/")
    choose(client, "")
    assert "お母さんかお子さんに、うつる病気のおそれがありますか" in read(client, where)


def test_who_is_granted_nothing_yet__is_told_in_her_words_where_to_ask(
    client: Client, mihon: Municipality, mother: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Said("子育て支援課にお問い合わせください。", easy="子育て支援課に 聞いて ください。")
    early = BeforeGranted(answer, Source("文", "ページ"))
    monkeypatch.setattr("facilities.views.citizen.book._before_granted", lambda *_: early)
    client.force_login(mother)
    choose(client, "easy")
    assert answer.easy in read(client, "/mihon/my/book/")
