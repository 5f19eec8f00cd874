"""Characters that are refused, and spellings that mean the same."""

import pytest

from postpartum_portal.shared import text
from postpartum_portal.shared.text import TextError


@pytest.mark.parametrize(
    "name", ["髙橋 﨑子", "𠮷田 槗", "葛\U000e0101城 美咲", "辻\ufe00", "グエン ティ ラン", "Zoë O’Neil", "々〆ヶ"]
)
def test_find_forbidden__lets_every_name_pass(name):
    assert text.find_forbidden(name) == ""


@pytest.mark.parametrize(
    "char",
    [
        *("\x00", "\x1b", "\x7f", "\n", "\t"),
        *("\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\u2028", "\ufeff"),
        *("\ud800", "\ufdd0", "\uffff", "\U0001fffe", "\U000e0041", "\u3164"),
    ],
)
def test_find_forbidden__names_what_cannot_be_seen_or_stored(char):
    assert text.find_forbidden(f"高{char}橋{char}") == char


def test_find_forbidden__lets_lines_pass_in_long_text():
    assert text.find_forbidden("一行目\r\n\t二行目", lines=True) == ""
    assert text.find_forbidden("一行目\x0b二行目", lines=True) == "\x0b"


def test_explain_forbidden__says_which_and_what_to_do():
    assert text.explain_forbidden("\u200b\u202e").startswith("使えない文字(U+200B、U+202E)が入っています。")


def test_fold__is_for_numbers_and_latin():
    assert text.fold(" Ｒ７ー０４１８ ") == "R7ー0418"


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("たかはし　みさき", "タカハシ ミサキ"),
        ("ﾐｻｷ", "ミサキ"),
        ("  グエン  ティ  ラン ", "グエン ティ ラン"),
        ("ゔぃゝ", "ヴィヽ"),
    ],
)
def test_fold_kana__gives_one_form(typed, kana):
    assert text.fold_kana(typed) == kana


@pytest.mark.parametrize("typed", ["187-0043", "1870043", "１８７ー００４３", "〒187−0043", "187 0043"])
def test_normalise_postcode__takes_any_width_and_dash(typed):
    assert text.normalise_postcode(typed) == "187-0043"


@pytest.mark.parametrize("typed", ["", "187-004", "187-00433", "187-004a", "187_0043"])
def test_normalise_postcode__says_what_to_do(typed):
    with pytest.raises(TextError, match="7けた"):
        text.normalise_postcode(typed)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("0423463701", "042-346-3701"),
        ("０４２ー３４６−３７０１", "042-346-3701"),
        ("042(346)3701", "042-346-3701"),
        ("090 0000 0000", "090-0000-0000"),
        ("+81 90-0000-0000", "090-0000-0000"),
        ("0120-123-456", "0120-123-456"),
        ("+1 202 555 0123", "+1 202-555-0123"),
    ],
)
def test_normalise_phone__gives_one_form(typed, phone):
    assert text.normalise_phone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "数字で入れて"),
        ("090-000", "足りません"),
        ("090-0000-00000", "多すぎます"),
        ("9012345678", "市外局番の0から"),
        ("0800-123-456", "市外局番の0から"),
        ("090-abcd-0000", "数字で入れて"),
        ("०९०-१२३४-५६७८", "数字で入れて"),
    ],
)
def test_normalise_phone__says_what_to_do(typed, sentence):
    with pytest.raises(TextError, match=sentence):
        text.normalise_phone(typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Misaki@Example.JP", "misaki@example.jp"),
        ("ｍｉｓａｋｉ＠ｅｘａｍｐｌｅ．ｊｐ", "misaki@example.jp"),
        ("a..b@docomo.ne.jp", "a..b@docomo.ne.jp"),
        (".a.@ezweb.ne.jp", ".a.@ezweb.ne.jp"),
    ],
)
def test_normalise_email__takes_what_phone_companies_gave(typed, address):
    assert text.normalise_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("", "a@b", "a@-b.jp", "a@@b.jp", "a b@example.jp", "a@example.jp\r\nBcc: b@example.jp"),
        *("\u212aei@example.jp", "名@example.jp", "a@例え.jp", "x" * 65 + "@example.jp", "a@" + "b" * 64 + ".jp"),
    ],
)
def test_normalise_email__refuses_what_no_server_knows(typed):
    with pytest.raises(TextError, match="メールアドレス"):
        text.normalise_email(typed)
