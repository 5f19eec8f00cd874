"""A mother chooses the words in which a programme's sentences are said to her; everything else stays as it is."""

import pytest
from django.test import Client

from eligibility.chosen_words import COOKIE
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
    assert not client.cookies[COOKIE].value
    assert NOTE in read(client)


def test_words_that_no_programme_knows__are_nobodys_choice(client: Client, mihon: Municipality) -> None:
    client.cookies[COOKIE] = "xx"
    assert NOTE in read(client)
    choose(client, "xx")
    assert NOTE in read(client)
