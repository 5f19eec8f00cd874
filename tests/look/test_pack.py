"""The markup of a field: what a screen reader hears, where an error leads, and what must never be there."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from postpartum_portal.shared.forms import (
    ChoiceCards,
    DadsForm,
    DateBoxes,
    DateBoxesField,
    FileBox,
    LinesField,
    ManyChoiceCards,
    PhoneField,
    WholeNumberField,
)


class Sample(DadsForm):
    submit_label = "保存して次へ"

    phone = PhoneField(label="電話", help_text="センターから電話します。")
    due = DateBoxesField(label="出産予定日", help_text="母子健康手帳の日付です。")
    birthday = DateBoxesField(label="生年月日", required=False, widget=DateBoxes(birthday=True))
    people = WholeNumberField(label="世帯の人数", required=False, lowest=1, highest=20, unit="人")
    household = forms.ChoiceField(
        label="世帯の区分",
        choices=[("general", "どちらでもない"), ("exempt", "非課税"), ("public", "生活保護")],
        widget=ChoiceCards(
            notes={"exempt": "均等割も"}, then={"exempt": "proof"}, refused={"public": "ここでは選べません"}
        ),
    )
    proof = forms.FileField(label="非課税証明書", required=False, widget=FileBox(prompt="証明書を足す"))
    troubles = forms.MultipleChoiceField(
        label="困っていること", required=False, choices=[("feeding", "授乳")], widget=ManyChoiceCards()
    )
    story = LinesField(label="伝えたいこと", required=False)
    agree = forms.BooleanField(label="同意します")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Page(HTMLParser):
    """Every start tag as (name, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def by_id(self, wanted: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.tags if attrs.get("id") == wanted)

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if attrs.get("id")]


def render(form: Any, source: str = "{% crispy form %}") -> str:
    return Template("{% load crispy_forms_tags dads %}" + source).render(Context({"form": form, "csrf_token": "t"}))


@pytest.fixture
def wrong() -> Sample:
    return Sample({"phone": "090", "due_year": "2026", "due_month": "4", "due_day": "31", "household": "exempt"})


def test_box__is_named_described_and_wide_as_its_answer() -> None:
    box = Page(render(Sample())).by_id("id_phone")
    assert box["aria-describedby"] == "id_phone_helptext"
    assert box["class"] == "input w14"
    assert box["type"] == "tel"
    assert box["autocomplete"] == "tel"
    assert "required" not in box


def test_wrong_box__is_marked_and_described_by_its_error(wrong: Sample) -> None:
    page = Page(render(wrong))
    box = page.by_id("id_phone")
    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"] == "id_phone_helptext id_phone_error"
    assert box["value"] == "090"
    assert "id_phone_error" in page.ids


def test_date__marks_the_very_box_that_is_wrong(wrong: Sample) -> None:
    page = Page(render(wrong))
    marked = {part: page.by_id(f"id_due_{part}").get("aria-invalid") for part in ("year", "month", "day")}
    assert marked == {"year": None, "month": None, "day": "true"}
    assert page.by_id("id_due_day")["aria-describedby"] == "id_due_helptext id_due_error"


def test_date__echoes_the_other_era() -> None:
    assert "平成6年 = 1994年" in render(Sample(initial={"birthday": "1994-08-01"}))


def test_birthday__can_be_filled_in_by_the_browser() -> None:
    assert Page(render(Sample())).by_id("id_birthday_month")["autocomplete"] == "bday-month"


def test_summary__leads_to_each_wrong_box_once(wrong: Sample) -> None:
    html = render(wrong, '{% include "components/error_summary.html" %}{% crispy form %}')
    links = [attrs["href"] for tag, attrs in Page(html).tags if tag == "a"]
    assert links == ["#id_phone", "#id_due_day", "#id_agree"]
    assert {link[1:] for link in links if link} <= set(Page(html).ids)
    assert html.count("か所を直してください") == 1


def test_summary__gives_the_fact_and_leaves_the_advice_to_the_box(wrong: Sample) -> None:
    assert "出産予定日 — 4月は30日までです</a>" in render(wrong)


def test_summary__tells_errors_of_the_form_as_a_whole_without_a_link(wrong: Sample) -> None:
    wrong.add_error(None, "満室になりました。ほかの日を選んでください。")
    assert "<li>満室になりました。ほかの日を選んでください。</li>" in render(wrong)


def test_title__begins_with_the_number_of_errors(wrong: Sample) -> None:
    assert render(wrong, "{{ form|error_title }}") == "エラー3件: "
    assert render(Sample(), "{{ form|error_title }}") == ""


def test_choice__that_opens_more__has_it_right_below_and_nowhere_else() -> None:
    html = render(Sample())
    assert html.count('id="id_proof"') == 1
    assert html.index('value="exempt"') < html.index('id="id_proof"') < html.index("生活保護")
    assert '<div class="field then">' in html


def test_choice__that_is_refused__is_text_with_its_reason() -> None:
    html = render(Sample())
    assert 'value="public"' not in html
    assert '<span class="opt off"><s>生活保護</s><small>ここでは選べません</small></span>' in html


def test_cards__are_one_group_with_its_error() -> None:
    group = next(attrs for tag, attrs in Page(render(Sample({}))).tags if attrs.get("role") == "radiogroup")
    assert group["aria-invalid"] == "true"
    assert group["aria-describedby"] == "id_household_error"


def test_file__keeps_a_real_input_and_names_the_formats() -> None:
    html = render(Sample())
    assert Page(html).by_id("id_proof")["accept"] == "image/jpeg,image/png,application/pdf"
    assert '<label for="id_proof">証明書を足す</label>' in html
    assert 'enctype="multipart/form-data"' in html


def test_lines__show_their_limit_and_do_not_cut() -> None:
    html = render(Sample())
    assert "1,000字まで。" in html
    assert "maxlength" not in html


def test_need__is_written_out_and_can_be_left_out() -> None:
    html = render(Sample())
    assert html.count("※必須") == 4
    assert html.count("※任意") == 5

    class Search(Sample):
        show_need = False

    assert "※" not in render(Search())


@pytest.mark.parametrize("source", ["{% crispy form %}", "{{ form|crispy }}", "{{ form }}"])
def test_every_way_to_print__gives_the_same_fields_with_ids_that_are_unique(source: str, wrong: Sample) -> None:
    page = Page(render(wrong, source))
    assert len(page.ids) == len(set(page.ids))
    assert {"id_phone", "id_due_day", "id_household_0", "id_proof", "id_story", "id_agree", "id_token"} <= set(page.ids)


@pytest.mark.parametrize("forbidden", ["placeholder", "style=", "<script", "onclick"])
def test_pack__never_writes(forbidden: str, wrong: Sample) -> None:
    assert forbidden not in render(wrong)


def test_pack__escapes_what_was_typed() -> None:
    html = render(Sample({"phone": '"><script>alert(1)</script>', "due_year": "<b>"}))
    assert "<script>" not in html
    assert "<b>" not in html


def test_pack__draws_forms_of_other_packages() -> None:
    class Plain(forms.Form):
        code = forms.CharField(label="コード")
        remember = forms.BooleanField(label="この端末で続ける", required=False)

    html = render(Plain(), "{{ form|crispy }}")
    assert '<label class="label" for="id_code">コード' in html
    assert '<label class="opt"><input type="checkbox" name="remember"' in html


def test_whole_form__posts_with_its_token_and_button() -> None:
    html = render(Sample())
    assert '<form novalidate method="post"' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert '<button class="btn" type="submit">保存して次へ</button>' in html
