"""The public check: from typed days to headline, days, reasons and prices. Frozen at 2026-03-05."""

import re
from typing import Any

import pytest
from django.test import Client

from eligibility.public import Municipality

pytestmark = pytest.mark.django_db

CHECK = "/kodaira/check/"
ALL_WELL = {
    "children": "1",
    "household_class": "general",
    "resident": "yes",
    "lacks_support": "yes",
    "unwell_or_anxious": "no",
    "fever_or_infection": "no",
    "needs_medical_care": "no",
}
K1 = {"due_year": "2026", "due_month": "4", "due_day": "30"}
K2 = {"born_year": "2026", "born_month": "1", "born_day": "15"}


@pytest.fixture
def check(client: Client, kodaira: Municipality) -> Any:
    """Send answers and read the page without tags and spaces; the title is what a screen reader says first."""

    def send(**typed: str) -> str:
        response = client.post(CHECK, typed)
        assert response.status_code == 200
        return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))

    return send


def test_check__asks_and_stores_nothing(client: Client, kodaira: Municipality) -> None:
    response = client.get(CHECK)
    assert "出産予定日" in response.content.decode()
    client.post(CHECK, K2 | ALL_WELL)
    assert "sessionid" not in client.cookies


def test_check__k1_opens_on_the_day_of_32_weeks(check: Any) -> None:
    page = check(**K1, **ALL_WELL)
    assert page.startswith("使えます")
    assert "今日から申請できます。予定日どおりに生まれると、令和8年8月29日(土)まで使えます。" in page
    assert "申請できる日令和8年3月5日(木)予定日4月30日の56日前(32週0日)" in page


def test_check__k2_ends_on_the_eve_of_four_months(check: Any) -> None:
    page = check(**K2, **ALL_WELL)
    assert "今日から申請できます。令和8年5月14日(木)まで使えます。" in page
    assert "使える最後の日令和8年5月14日(木)1月15日から4か月→5月15日の前日。あと70日" in page


def test_check__before_32_weeks_says_from_when(check: Any, clock_at: Any) -> None:
    clock_at.move_to("2026-03-04T23:59:59+09:00")
    page = check(**K1, **ALL_WELL)
    assert "令和8年3月5日(木)から申請できます。" in page
    assert "この答えで申請書を書きはじめる" in page
    assert "妊娠32週0日から申請できるまだです" in page


def test_check__with_questions_open_is_headed_by_the_day_of_applying(check: Any, clock_at: Any) -> None:
    clock_at.move_to("2026-03-04T23:59:59+09:00")
    page = check(**K1)
    assert page.startswith("令和8年3月5日(木)から申請できます—")
    assert "使える時期です" not in page
    assert "あと5つの質問に答えると、使えるかどうかがわかります。予定日どおりに生まれると、" in page


def test_check__shows_each_finding_with_its_sentence(check: Any) -> None:
    page = check(**K2, **ALL_WELL)
    assert "小平市に住民登録がある満たしています小平市に住民登録があります。" in page
    assert "「小平市に住民登録がある、産後4か月になる前日までのお母さんとお子さん」" in page


@pytest.mark.parametrize(
    ("household", "price"), [("general", "1泊5,000円"), ("tax_exempt", "0円"), ("public_assistance", "0円")]
)
def test_check__shows_the_price_of_her_class(check: Any, household: str, price: str) -> None:
    page = check(**K2, **{**ALL_WELL, "household_class": household})
    assert f"宿泊型施設で休む。食事つき{price}5泊6日まで" in page


def test_check__names_the_certificate_that_makes_it_free(check: Any) -> None:
    page = check(**K2, **{**ALL_WELL, "household_class": "tax_exempt"})
    assert "証明書で決まります申請のときに世帯全員分の非課税証明書を添えると、利用者負担額は0円です。" in page


def test_check__twins_have_three_hours_of_the_midwife(check: Any) -> None:
    assert "1回3時間以内" in check(**K2, **{**ALL_WELL, "children": "2"})


def test_check__refuses_who_does_not_live_there_and_says_that_it_is_no_decision(check: Any) -> None:
    page = check(**K2, **{**ALL_WELL, "resident": "no"})
    assert page.startswith("いまは使えません")
    assert "満たしていないきまりがあります。小平市に住民登録がありません。" in page
    assert "これは決定ではありません。" in page


def test_check__leaves_fever_to_the_phone(check: Any) -> None:
    page = check(**K2, **{**ALL_WELL, "fever_or_infection": "yes"})
    assert page.startswith("電話で確かめます")
    assert "申請のあと、こども家庭センターがお電話で確かめます。" in page


def test_check__after_the_last_day_offers_the_phone_and_no_application(check: Any, clock_at: Any) -> None:
    clock_at.move_to("2026-05-15T00:00:00+09:00")
    page = check(**K2, **ALL_WELL)
    assert page.startswith("いまは使えません")
    assert "使える最後の日は、令和8年5月14日(木)でした。" in page
    assert "こども家庭センターにお電話ください。042-346-3701" in page
    assert "申請をはじめる</button>" not in page
    assert "あなたの料金" not in page


def test_check__on_the_last_day_still_says_yes(check: Any, clock_at: Any) -> None:
    clock_at.move_to("2026-05-14T23:59:59+09:00")
    page = check(**K2, **ALL_WELL)
    assert page.startswith("使えます")
    assert "今日までです" in page


def test_check__long_after_the_due_date_waits_for_the_birth(check: Any) -> None:
    page = check(due_year="2025", due_month="10", due_day="1", **ALL_WELL)
    assert page.startswith("生まれた日で決まります")
    assert "予定日から数えると、令和8年1月31日(土)まででした。" in page


def test_check__counts_only_the_questions_that_still_matter(check: Any) -> None:
    answered = {**ALL_WELL, "unwell_or_anxious": "", "fever_or_infection": "", "needs_medical_care": ""}
    page = check(**K2, **answered)
    assert page.startswith("使える時期です")
    assert "あと2つの質問に答えると、使えるかどうかがわかります。" in page


@pytest.mark.parametrize(
    ("year", "month", "day", "mark"),
    [
        ("2026", "4", "30", "出産予定日令和8年4月30日(木)"),
        ("令和８", "１", "１５", "生まれた日令和8年1月15日(木)"),
        ("R8", "3", "5", "生まれた日令和8年3月5日(木)"),
    ],
)
def test_short_form__tells_a_due_date_from_a_birth_by_today(
    check: Any, year: str, month: str, day: str, mark: str
) -> None:
    page = check(day_year=year, day_month=month, day_day=day)
    assert page.startswith("使える時期です")
    assert mark in page


@pytest.mark.parametrize(
    ("year", "month", "day", "sentence"),
    [
        ("2026", "4", "31", "出産予定日—4月は30日までです"),
        ("2026", "2", "30", "お子さまが生まれた日—2026年2月は28日までです"),
        ("", "", "", "出産予定日か、生まれた日を入力してください"),
        ("x", "4", "1", "出産予定日—年は2026、R8、令和8のように入力してください"),
    ],
)
def test_short_form__brings_a_wrong_day_back_to_its_box(
    check: Any, year: str, month: str, day: str, sentence: str
) -> None:
    page = check(day_year=year, day_month=month, day_day=day)
    assert page.startswith("エラー1件:使えるか調べる")
    assert sentence in page


def test_check__keeps_what_was_typed_and_lists_what_is_wrong(client: Client, kodaira: Municipality) -> None:
    typed = {**ALL_WELL, "due_year": "令和8", "due_month": "4", "due_day": "31", "resident": "no"}
    page = client.post(CHECK, typed).content.decode()
    assert '<a href="#id_due_day">出産予定日 — 4月は30日までです</a>' in page
    assert 'value="令和8"' in page
    assert 'value="31"' in page
    assert re.search(r'name="resident" value="no"[^>]* checked', page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"born_year": "2026", "born_month": "3", "born_day": "6"}, "まだ来ていない日です。"),
        ({"due_year": "2027", "due_month": "3", "due_day": "1"}, "令和8年12月10日までの日を入力してください。"),
        ({**K1, "born_year": "2025", "born_month": "4", "born_day": "30"}, "離れすぎています。"),
        ({**K2, "children": "9"}, "お子さまの人数を選び直してください。"),
        ({**K2, "household_class": "rich"}, "世帯の区分を選び直してください。"),
        ({**K2, "resident": "\x00"}, "「はい」か「いいえ」を選んでください。"),
    ],
)
def test_check__says_what_to_correct(check: Any, typed: dict[str, str], sentence: str) -> None:
    assert sentence in check(**{**ALL_WELL, **typed})


def test_begin__carries_the_answers_to_the_application(client: Client, kodaira: Municipality) -> None:
    typed = {**K1, **ALL_WELL, "children": "2", "unwell_or_anxious": "", "begin": "1"}
    response = client.post(CHECK, typed)
    assert (response.status_code, response["Location"]) == (302, "/kodaira/apply/")
    assert client.session["check_answers"] == {
        "municipality": "kodaira",
        "due_date": "2026-04-30",
        "birth_date": None,
        "children": 2,
        "family": "mother",
        "household_class": "general",
        "told": {
            "resident": True,
            "lacks_support": True,
            "fever_or_infection": False,
            "needs_medical_care": False,
        },
    }


def test_begin__with_a_mistake_asks_again(client: Client, kodaira: Municipality) -> None:
    response = client.post(CHECK, {**ALL_WELL, "begin": "1"})
    assert response.status_code == 200
    assert "check_answers" not in client.session
