"""A sentence of the file may be said in easier words and in English too."""

import copy
import re
from pathlib import Path

import pytest

from eligibility.engine import Family, Words, in_words, words_offered
from eligibility.programmes import ProgrammeFileError, load_programme, stored_programme
from eligibility.programmes.comparing import changes
from eligibility.programmes.labels import key_words

SIXTH = (Path(__file__).parent / "sixth/999990-mihon-2026-04-01.yaml").read_text(encoding="utf-8")
JA = "施設に泊まる、日帰りで過ごす、家に来てもらう。"


def file_with(lead: str) -> str:
    """The sixth municipality's file with another `page.lead`."""
    text, count = re.subn(r"(?m)^  lead: .*$", lambda _: f"  lead: {lead}", SIXTH, count=1)
    assert count == 1
    return text


SAID = file_with(f'{{ja: "{JA}", easy: とまる。やすむ。, en: Stay over.}}')


def test_a_sentence__is_its_japanese_and_carries_its_other_words():
    terms = stored_programme(SAID).terms
    lead = terms.page.lead
    assert lead == JA
    assert [in_words(copy.deepcopy(lead), words) for words in (Words.EASY, Words.EN, None)] == [
        "とまる。やすむ。",
        "Stay over.",
        "",
    ]
    assert words_offered(terms.page) == {Words.EASY, Words.EN}


def test_other_words__are_not_said_after_a_loss():
    """Nobody has read them for what they say of a child."""
    terms = load_programme(SAID).terms
    assert terms.after_loss is not None
    assert words_offered(terms.said_to(Family.BEREAVED)) == frozenset()


def test_a_file_of_one_language__says_what_it_said():
    assert load_programme(file_with(f'{{ja: "{JA}"}}')).terms.page == load_programme(file_with(JA)).terms.page


@pytest.mark.parametrize(
    ("lead", "key", "sentence"),
    [
        ("{easy: とまる。}", "page.lead.ja", "この項目が必要です。"),
        ("{ja: 泊まる。, fr: Rester.}", "page.lead.fr", "知らない項目です。つづりを確かめてください。"),
        ('{ja: 泊まる。, en: ""}', "page.lead.en", "文を書いてください。"),
        ("[泊まる。]", "page.lead", "文を1つ書くか、ja、easy、en の並びを書いてください。"),
    ],
)
def test_a_slip__is_told_with_line_and_key(lead: str, key: str, sentence: str):
    text = file_with(lead)
    line = next(number for number, each in enumerate(text.splitlines(), start=1) if each.startswith("  lead: "))
    with pytest.raises(ProgrammeFileError) as refused:
        load_programme(text)
    assert [(item.line, item.key, item.sentence) for item in refused.value.problems] == [(line, key, sentence)]


def test_a_quotation__is_in_the_words_of_the_page_alone():
    with pytest.raises(ProgrammeFileError, match="文を1つ書いてください"):
        load_programme(SIXTH.replace("source: 申請は、お子さんが生まれてから受け付けます。", "source: {ja: a, en: b}"))


def test_a_draft_that_adds_other_words__changes_words_and_no_rule():
    (change,) = changes(SIXTH, SAID)
    assert change.is_words
    assert change.after == f"{JA}\nやさしい日本語: とまる。やすむ。\n英語: Stay over."
    assert key_words("page.lead.easy") == "市のページの文 › 初めの文 › やさしい日本語"
