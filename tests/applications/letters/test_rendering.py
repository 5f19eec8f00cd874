"""The letter on paper: what was typed, in the intended fonts, on one page if it can be."""

import dataclasses
import re
import subprocess
import unicodedata
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from applications.letters.content import Fact, Grant, LetterContent, Sender
from applications.letters.rendering import html, render
from applications.letters.seal import seal_data_uri
from postpartum_portal.shared.pdf import MissingGlyph, render_letter

from . import samples
from .test_seal import a_seal

WINDOW = (110, 57)
"""Millimetres from the left and the top of the sheet within which an envelope's window may show it, wherever the folded
sheet slips to: 90 × 45, 12 from above and 20 from the left (長形3号)."""
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</word>')
RARE = "髙橋 﨑 𠮷田 槗 ① ㈱ 邉\U000e0110"


def by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def by_poppler(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def without_breaks(text: str) -> str:
    return "".join(text.split())


def root_of(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf)).trailer["/Root"]


def embedded_fonts(pdf: bytes) -> set[str]:
    pages: list[Any] = list(PdfReader(BytesIO(pdf)).pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    return {font["/BaseFont"].partition("+")[2] for font in fonts}


def tags(pdf: bytes) -> list[str]:
    """The structure that a screen reader walks, in order."""

    def walk(element):
        element = element.get_object()
        if not isinstance(element, dict) or "/S" not in element:
            return
        yield element["/S"]
        for kid in element.get("/K", []):
            yield from walk(kid)

    return list(walk(root_of(pdf)["/StructTreeRoot"]["/K"][0]))


@pytest.mark.parametrize("letter", [samples.approval(), samples.refusal(), samples.approval_after_a_loss()])
def test_a_usual_letter__is_one_page_that_says_all_it_holds(letter):
    rendered = render(letter)
    printed = without_breaks(by_poppler(rendered.pdf))
    assert rendered.pages == 1
    not_printed_here = (letter.issued_on.isoformat(), letter.reasons_heading, letter.instructions_heading)
    for words in letter.printed_text().splitlines():
        assert words in not_printed_here or without_breaks(words) in printed
    assert "令和7年12月12日" in printed
    assert "1/1" in printed


@pytest.mark.parametrize("extract", [by_pypdf, by_poppler])
def test_rare_characters__are_extracted_as_they_were_typed(extract):
    assert f"{RARE} 様" in extract(render(samples.addressed_to(RARE)).pdf)
    folded = unicodedata.normalize("NFKC", RARE)  # the control: ① as 1, ㈱ as (株) would be seen
    assert f"{RARE} 様" not in extract(render(samples.addressed_to(folded)).pdf)


def test_fonts__are_exactly_the_intended_ones():
    assert embedded_fonts(render(samples.approval()).pdf) == {"BIZ-UDPMincho", "BIZ-UDPGothic", "BIZ-UDPGothic-Bold"}
    rare = render(samples.addressed_to("𠮷田"))
    assert embedded_fonts(rare.pdf) == {"BIZ-UDPMincho", "BIZ-UDPGothic", "BIZ-UDPGothic-Bold", "IPAmjMincho"}
    assert rare.fonts == ("BIZ UDPGothic", "BIZ UDPMincho", "IPAmjMincho")


def test_a_name_without_glyph__stops_the_letter():
    with pytest.raises(MissingGlyph) as refused:
        render(samples.addressed_to("Nguyễn Lan"))
    assert refused.value.characters == "ễ"


def test_a_snapshot__is_rendered_to_the_same_bytes():
    letter = samples.addressed_to(RARE)
    again = LetterContent.from_snapshot(letter.as_snapshot())
    assert render(again).pdf == render(letter).pdf


def test_markup_in_a_name__is_printed_and_not_obeyed():
    rendered = render(samples.addressed_to("<b>髙橋</b> & co"))
    assert "<b>髙橋</b> & co 様" in by_poppler(rendered.pdf)


def test_a_long_address_and_name__still_fit():
    letter = samples.addressed_to(
        "グエン ティ ラン フェルナンダ", "小平市学園東町一丁目二番三号", "見本の長い名前のマンション第二号棟 1203号室"
    )
    assert render(letter).pages == 1


def test_a_long_reason__flows_to_a_second_page_that_names_its_letter():
    letter = samples.refusal()
    rendered = render(dataclasses.replace(letter, reasons=letter.reasons * 24))
    second = PdfReader(BytesIO(rendered.pdf)).pages[1].extract_text()
    assert rendered.pages == 2
    assert "7小健母第123号" in second
    assert "2 / 2" in second


def test_a_long_table__repeats_its_head_and_splits_no_row():
    letter = samples.approval()
    words = Grant("見本の型", "1回まで", "市が決めた額(こども家庭センターにおたずねください)")
    rendered = render(dataclasses.replace(letter, grants=(words,) * 30))
    pages = [without_breaks(page.extract_text()) for page in PdfReader(BytesIO(rendered.pdf)).pages]
    assert all("種類利用できる回数利用者負担額" in page for page in pages[:2])
    assert sum(page.count("見本の型") for page in pages) == 30
    assert sum(page.count("おたずねください)") for page in pages) == 30


def test_after_a_loss__no_word_speaks_of_a_child():
    letter = dataclasses.replace(samples.approval_after_a_loss(), instructions=())
    printed = by_poppler(render(letter).pdf)
    assert "お子さま" not in printed
    assert "生後" not in printed


def test_the_sender__may_have_a_seal_an_omission_or_room_for_a_stamp():
    letter = samples.approval()
    assert "（公印省略）" in by_poppler(render(letter).pdf)

    sealed = dataclasses.replace(letter, sender=Sender("小平市長", seal_image=seal_data_uri(a_seal((600, 600)))))
    pdf = render(sealed).pdf
    assert len(PdfReader(BytesIO(pdf)).pages[0].images) == 1
    assert "/Figure" in tags(pdf)
    assert "公印省略" not in by_poppler(pdf)

    by_hand = dataclasses.replace(letter, sender=Sender("小平市長", name="見本 太郎"))
    assert '<div class="seal"></div>' in html(by_hand)
    assert "公印" not in by_poppler(render(by_hand).pdf)


def test_the_file__is_pdf_ua_with_title_language_and_the_letters_own_date():
    pdf = render(samples.approval()).pdf
    about: Any = PdfReader(BytesIO(pdf)).metadata
    root = root_of(pdf)
    assert about.title == "小平市産後ケア事業利用承認決定通知書 7小健母第123号"
    assert about["/CreationDate"] == "D:20251212"
    assert root["/Lang"] == "ja"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_screen_reader__meets_a_table_only_where_there_is_one():
    found = tags(render(samples.approval()).pdf)
    assert found.count("/Table") == 2
    assert [tag for tag in found if tag in ("/H1", "/H2")] == ["/H1", "/H2", "/H2"]


def test_facts__may_have_several_lines():
    letter = dataclasses.replace(samples.approval(), facts=(Fact("期間", ("一行目", "二行目")),))
    assert "<td>一行目<br>二行目" in html(letter)


@pytest.mark.parametrize("close", [False, True])
@pytest.mark.parametrize("letter", [samples.approval(), samples.refusal()])
def test_the_window_of_an_envelope__shows_whom_it_is_for_and_not_what_it_is_about(
    letter: LetterContent, close: bool
) -> None:
    pdf = render_letter(html(letter, close=close)).pdf
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    millimetres, (right, bottom) = 25.4 / 72, WINDOW
    placed = [(float(x) * millimetres, float(y) * millimetres, word) for x, y, word in WORD.findall(boxes.decode())]
    shown = "".join(word for x, y, word in placed if x < right and y < bottom)
    to = letter.recipient
    assert shown == without_breaks(f"〒{to.postcode}{''.join(to.address)}{to.name}様")


def test_a_letter_with_a_very_long_name__is_set_closer_to_stay_on_one_page() -> None:
    name = "アレクサンドラ・マリア・ガルシア＝ロドリゲス・デ・ラ・クルス　勅使河原小百合"
    town = "神奈川県川崎市中原区小杉町三丁目１２３４番地の５６"
    house = "グランドメゾン武蔵小杉ステーションサイドタワー　イーストウイング２３０４号室"
    letter = samples.addressed_to(name, town, house)
    letter = dataclasses.replace(
        letter, instructions=(*letter.instructions, *letter.instructions, *letter.instructions)
    )
    assert render_letter(html(letter)).pages == 2
    assert render(letter).pages == 1
