"""A letter that could be wrong is never handed out."""

import logging

import pytest

from postpartum_portal.shared.pdf import ForeignAsset, LetterError, MissingGlyph, RenderComplaint, render_letter

SECRET = "file:///etc/hostname"


def page(body: str) -> str:
    return f'<!doctype html><html lang="ja"><head><title>通知</title></head><body><p>通知</p>{body}</body></html>'


def test_render_letter__tells_pages_and_fonts():
    letter = render_letter(page('<h2>見出し</h2><p style="break-before:page">二枚目 𠮷</p>'))
    assert letter.pages == 2
    assert letter.fonts == ("BIZ UDPGothic", "BIZ UDPMincho", "IPAmjMincho")


def test_render_letter__gives_equal_bytes_for_equal_pages():
    assert render_letter(page("<p>髙橋</p>")).pdf == render_letter(page("<p>髙橋</p>")).pdf


@pytest.mark.parametrize("characters", ["ễ", "🙂", "ก", "葛\U000e0120"])
def test_render_letter__stops_at_a_character_without_a_glyph_and_names_it(characters):
    with pytest.raises(MissingGlyph) as refused:
        render_letter(page(f"<p>高{characters}橋</p>"))
    assert refused.value.characters == characters
    assert f"「{characters}」" in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        f'<img src="{SECRET}" alt="">',
        '<img src="http://127.0.0.1:9/x.png" alt="">',
        f'<object data="{SECRET}"></object>',
        f"<style>@import url({SECRET});</style>",
        "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/x.ttf)}p{font-family:x}</style>",
        '<style>@font-face{font-family:x;src:local("DejaVu Sans")}p{font-family:x}</style>',
        f'<link rel="stylesheet" href="{SECRET}">',
        f'<link rel="attachment" href="{SECRET}">',
        '<base href="file:///etc/"><img src="hostname" alt="">',
        '<img src="data:image/svg+xml,<svg/>" alt="">',
    ],
)
def test_render_letter__opens_nothing_but_the_images_it_carries(body):
    with pytest.raises(ForeignAsset):
        render_letter(page(body))


@pytest.mark.parametrize(
    "body",
    [
        '<img src="relative.png" alt="公印">',
        '<img src="data:image/png;base64,AAAA" alt="公印">',
        '<p style="display:flexx">幅</p>',
    ],
)
def test_render_letter__takes_a_warning_for_an_error(body):
    with pytest.raises(RenderComplaint):
        render_letter(page(body))


def test_a_complaint__does_not_reach_the_log_files(caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(LetterError):
        render_letter(page("<p>ễ</p>"))
    assert "ễ" not in caplog.text


def test_an_error__leaves_the_press_ready_for_the_next_letter():
    with pytest.raises(ForeignAsset):
        render_letter(page(f'<img src="{SECRET}" alt="">'))
    assert render_letter(page("")).pages == 1
