"""Which characters a letter can print, asked before the decision is taken."""

import pytest

from postpartum_portal.shared import glyphs
from postpartum_portal.shared.glyphs import FontNotInstalled

STANDARD, OTHER_SHAPE, IN_NO_FONT = "葛\U000e0101", "邉\U000e0110", "葛\U000e0120"


@pytest.mark.parametrize(
    "text", ["髙橋 﨑 𠮷田 槗 ① ㈱", "〒187-0043 1-○-○\n", "グエン ティ ラン", "é ñ 〜 − —", STANDARD, OTHER_SHAPE]
)
def test_missing_glyphs__is_empty_for_what_the_fonts_draw(text):
    assert glyphs.missing_glyphs(text) == ""


def test_missing_glyphs__names_each_character_once():
    assert glyphs.missing_glyphs("Nguyễn ễ 🙂 高橋") == "ễ🙂"


def test_missing_glyphs__asks_for_the_very_shape_of_a_name():
    assert glyphs.missing_glyphs(f"{STANDARD}城 {IN_NO_FONT}城") == IN_NO_FONT


def test_name_characters__shows_character_and_code():
    assert glyphs.name_characters(f"ễ{IN_NO_FONT}") == f"「ễ」(U+1EC5)、「{IN_NO_FONT}」(U+845B U+E0120)"


def test_with_name_shapes__marks_only_what_the_first_font_lacks():
    html = f"<p>{STANDARD} {OTHER_SHAPE} 邉</p>"
    marked = f'<p>{STANDARD} <span style="font-family:IPAmjMincho">{OTHER_SHAPE}</span> 邉</p>'
    assert glyphs.with_name_shapes(html) == marked


def test_font_file__refuses_a_stand_in():
    with pytest.raises(FontNotInstalled, match="No Such Mincho"):
        glyphs.font_file("No Such Mincho")
