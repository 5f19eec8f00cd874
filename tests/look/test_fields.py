"""What may be typed into the portal's boxes, what is stored, and the sentence for what cannot be."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from postpartum_portal.shared.forms import (
    DadsForm,
    DateBoxesField,
    EmailField,
    KanaField,
    LineField,
    LinesField,
    NameField,
    PhoneField,
    PostcodeField,
    WholeNumberField,
)
from postpartum_portal.shared.forms.anatomy import anatomy
from postpartum_portal.shared.forms.dates import Typed


@pytest.mark.parametrize(
    "name", ["髙橋 美咲", "山﨑 ゆう子", "𠮷田 真帆", "槗本", "葛\U000e0100城", "グエン ティ ラン"]
)
def test_name__is_kept_as_typed(name: str) -> None:
    assert NameField().clean(f" {name} ") == name


@pytest.mark.parametrize("typed", ["髙\u200b橋", "美\u202e咲", "美咲\x00", "\ufeff髙橋", "髙橋\ud800"])
def test_name__with_a_character_nobody_can_see__is_refused_by_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        NameField().clean(typed)
    assert refused.value.messages[0].endswith("。")


@pytest.mark.parametrize("typed", ["タカハシ　ミサキ", "ﾀｶﾊｼ ﾐｻｷ", "たかはし  みさき"])
def test_reading__becomes_hiragana(typed: str) -> None:
    assert KanaField().clean(typed) == "たかはし みさき"


def test_reading__keeps_the_long_vowel_of_a_foreign_name() -> None:
    assert KanaField().clean("ローズ・マリー") == "ろーず・まりー"


def test_reading__in_kanji__is_refused() -> None:
    with pytest.raises(ValidationError, match="ひらがなかカタカナ"):
        KanaField().clean("高橋")


@pytest.mark.parametrize("typed", ["０９０−１２３４−５６７８", "09012345678", "090 1234 5678"])
def test_phone__of_any_width__is_stored_in_one_spelling(typed: str) -> None:
    assert PhoneField().clean(typed) == "090-1234-5678"


def test_phone__too_short__says_how_many_digits() -> None:
    with pytest.raises(ValidationError, match="数字が足りません。10けたか11けた"):
        PhoneField().clean("090-000")


@pytest.mark.parametrize("typed", ["１８７ー００４３", "〒187-0043", "1870043"])
def test_postcode__of_any_width__is_stored_in_one_spelling(typed: str) -> None:
    assert PostcodeField().clean(typed) == "187-0043"


def test_mail__of_full_width__is_folded() -> None:
    assert EmailField().clean("Ｍisaki．t@example．jp") == "misaki.t@example.jp"


def test_mail__of_an_old_phone_company__passes() -> None:
    assert EmailField().clean("a..b@docomo.ne.jp") == "a..b@docomo.ne.jp"


@pytest.mark.parametrize("field", [PhoneField, PostcodeField, EmailField, KanaField, NameField])
def test_optional_line__left_empty__is_empty(field: type[LineField]) -> None:
    assert field(required=False).clean("  ") == ""


def test_lines__keep_line_breaks_and_count_them_once() -> None:
    assert LinesField(limit=5).clean("あい\r\nうえ") == "あい\nうえ"


def test_lines__beyond_the_limit__say_both_numbers() -> None:
    with pytest.raises(ValidationError, match="1,000字までにしてください。いまは1,001字です。"):
        LinesField().clean("あ" * 1001)


@pytest.mark.parametrize(("typed", "count"), [("３", 3), ("3人", 3), (" 3 ", 3), (3, 3)])
def test_number__of_any_width__is_a_number(typed: Any, count: int) -> None:
    assert WholeNumberField(lowest=1, highest=20, unit="人").clean(typed) == count


@pytest.mark.parametrize("typed", ["1_0", "三", "0", "21", "-1", "1.5", "٣", "1e1"])
def test_number__that_is_none__is_refused_with_the_range(typed: str) -> None:
    with pytest.raises(ValidationError, match="1から20までの数字"):
        WholeNumberField(lowest=1, highest=20).clean(typed)


@pytest.mark.parametrize("year", ["2026", "R8", "令和8", "令和８年", "２０２６", "r8"])
def test_date__takes_every_way_to_write_a_year(year: str) -> None:
    assert DateBoxesField().clean(Typed(year, "3", "５")) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "box", "sentence"),
    [
        (Typed("2026", "4", "31"), "day", "4月は30日までです。"),
        (Typed("2026", "2", "29"), "day", "2026年2月は28日までです。"),
        (Typed("2026", "13", "1"), "month", "月は1から12までの数字で入力してください。"),
        (Typed("R", "3", "5"), "year", "年は2026、R8、令和8のように入力してください。"),
        (Typed("2026", "", "5"), "month", "月を入力してください。"),
        (Typed("H33", "3", "5"), "year", "平成は31年までです。"),
    ],
)
def test_date__that_is_none__names_the_box_and_what_to_do(typed: Typed, box: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DateBoxesField().clean(typed)
    assert refused.value.code == box
    assert refused.value.messages[0].startswith(sentence)


def test_date__says_where_to_look_instead_of_the_general_advice() -> None:
    with pytest.raises(ValidationError) as refused:
        DateBoxesField(after="母子健康手帳の予定日を確かめてください。").clean(Typed("2026", "4", "31"))
    assert refused.value.messages == ["4月は30日までです。母子健康手帳の予定日を確かめてください。"]


def test_date__outside_its_bounds__names_the_bound() -> None:
    field = DateBoxesField(not_before=date(2026, 1, 1), not_after=date(2026, 12, 31))
    with pytest.raises(ValidationError, match="令和8年1月1日から後の日"):
        field.clean(Typed("2025", "12", "31"))
    with pytest.raises(ValidationError, match="令和8年12月31日までの日"):
        field.clean(Typed("2027", "1", "1"))


def test_date__left_empty__is_none_when_optional() -> None:
    assert DateBoxesField(required=False).clean(Typed()) is None


@pytest.mark.parametrize("initial", [date(2026, 3, 5), "2026-03-05"])
def test_date__has_not_changed_when_only_the_spelling_has(initial: Any) -> None:
    assert not DateBoxesField().has_changed(initial, Typed("R8", "03", "5"))


def test_date__with_one_box_wrong__keeps_all_that_was_typed() -> None:
    class Due(DadsForm):
        due = DateBoxesField(label="出産予定日")

    form = Due({"due_year": "令和８", "due_month": "4", "due_day": "31"})
    assert not form.is_valid()
    assert form["due"].value() == Typed("令和８", "4", "31")


def test_form__says_in_plain_words_what_is_missing() -> None:
    class Parent(DadsForm):
        name = NameField(label="氏名")
        household = forms.ChoiceField(label="世帯の区分", choices=[("a", "い")])
        proof = forms.FileField(label="非課税証明書")
        agree = forms.BooleanField(label="同意します")
        own = LineField(label="住所", error_messages={"required": "住民票の住所を入れてください。"})

    assert {name: sentences[0] for name, sentences in Parent({}).errors.items()} == {
        "name": "氏名を入力してください。",
        "household": "世帯の区分を選んでください。",
        "proof": "非課税証明書を添えてください。",
        "agree": "「同意します」を読んで、印をつけてください。",
        "own": "住民票の住所を入れてください。",
    }


def test_hint__is_text_and_no_markup() -> None:
    """Hints quote programme files and what a mother wrote."""

    class Hinted(DadsForm):
        line = LineField(label="欄", help_text="<b>3 < 4</b>")

    assert "&lt;b&gt;3 &lt; 4&lt;/b&gt;" in anatomy(Hinted()["line"]).hint
