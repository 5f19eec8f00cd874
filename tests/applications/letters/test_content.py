"""The content of a letter and its snapshot."""

import dataclasses
import json

import pytest

from applications.letters.content import LetterContent, UnknownSnapshot, paragraphs

from . import samples


@pytest.mark.parametrize("letter", [samples.approval(), samples.refusal(), samples.approval_after_a_loss()])
def test_a_snapshot__is_plain_json_and_gives_the_same_content_back(letter):
    stored = json.loads(json.dumps(letter.as_snapshot()))
    assert LetterContent.from_snapshot(stored) == letter


def test_a_snapshot_stored_earlier__is_written_the_same_way_today():
    stored = json.loads((samples.SNAPSHOTS / "approval.json").read_text())
    assert json.loads(json.dumps(LetterContent.from_snapshot(stored).as_snapshot())) == stored


def test_a_snapshot_of_another_form__is_refused():
    with pytest.raises(UnknownSnapshot):
        LetterContent.from_snapshot(samples.approval().as_snapshot() | {"form": 99})


def test_printed_text__holds_every_word_but_not_the_seal():
    letter = samples.refusal()
    stamped = dataclasses.replace(
        letter, sender=dataclasses.replace(letter.sender, seal_image="data:image/png;base64,")
    )
    text = stamped.printed_text()
    for words in (letter.number, letter.recipient.name, letter.sender.title, letter.opening, *letter.reasons):
        assert words in text
    assert "base64" not in text


def test_paragraphs__are_the_lines_that_say_something():
    assert paragraphs("事実です。\r\n\r\n  きまりです。 \n") == ("事実です。", "きまりです。")
