"""What a decision's letter says, from the rows and the programme."""

import dataclasses
import datetime as dt

import pytest

from applications.letters import compose
from applications.letters.content import Sender
from tests.cases import FULL_GRANT, handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
ON = dt.date(2026, 3, 5)


def approval(application, **changes):
    return compose.approval(application, number="7小健母第1号", on=ON, **{**FULL_GRANT, **changes})


def fact(letter, label):
    return next((fact.lines for fact in letter.facts if fact.label == label), None)


def test_approval__lists_each_service_and_what_is_counted_together(kodaira):
    rows = [dataclasses.astuple(row) for row in approval(handed_in(kodaira)).grants]
    assert rows == [
        ("宿泊型", "5泊6日まで", "1泊 5,000円"),
        ("日帰り型", "5日まで", "1日 2,000円"),
        ("宿泊型と日帰り型の合計", "7日まで", ""),
        ("助産師による訪問", "2回まで(1回2時間以内)", "1回 1,500円"),
        ("家事育児サポーターによる訪問", "5回まで(1回2時間以内)", "1時間 600円"),
    ]


def test_approval__of_one_service_says_nothing_of_a_sum(kodaira):
    limits = {"stay_and_day": 7, "stay": 6, "stay_nights": 5}
    assert [row.service for row in approval(handed_in(kodaira), services=["short_stay"], limits=limits).grants] == [
        "宿泊型"
    ]


def test_approval__before_the_birth_says_until_when_if_it_comes_on_the_due_date(kodaira):
    letter = approval(handed_in(kodaira))
    assert fact(letter, "お子さま") == ("1人(出産予定日 令和8年4月30日)",)
    assert fact(letter, "利用できる期間")[1] == "(予定日に生まれた場合は、令和8年8月29日まで)"


def test_approval__after_the_birth_says_the_last_day(kodaira):
    letter = approval(handed_in(kodaira, birth__expected=False, birth__children=2))
    assert fact(letter, "お子さま") == ("2人(令和8年1月15日生まれ)",)
    assert fact(letter, "利用できる期間")[1] == "(令和8年5月14日まで)"


def test_approval__after_a_loss_speaks_of_no_child(kodaira):
    application = handed_in(kodaira)
    application.birth.outcome, application.birth.ended_on = "lost", dt.date(2026, 2, 1)
    letter = approval(application)
    assert "お子さま" not in "".join(line for row in letter.facts for line in (row.label, *row.lines))
    assert fact(letter, "利用できる期間") == ("(令和8年5月31日まで)",)


def test_approval__joins_services_that_are_cancelled_alike(kodaira):
    instructions = approval(handed_in(kodaira)).instructions
    alike = "宿泊型・日帰り型を前日の午後4時以降に取り消した場合は、予約していた日数を利用したものとして数えます。"
    assert alike in instructions
    assert len(instructions) == len(set(instructions)) == 5


def test_letter__says_in_words_what_the_municipality_has_not_set(kodaira):
    letter = approval(handed_in(kodaira))
    assert "小平市産後ケア事業の規定により" in letter.opening
    assert letter.sender == Sender("小平市長", "", "（公印省略）", "")


def test_letter__carries_what_the_municipality_has_set(kodaira):
    kodaira.mayor_name, kodaira.legal_basis = "見本 太郎", "小平市産後ケア事業実施要綱第7条"
    application = handed_in(kodaira)
    letter = approval(application)
    assert letter.sender.name == "見本 太郎"
    assert "小平市産後ケア事業実施要綱第7条の規定により" in letter.opening


def test_letter__dates_the_application_by_the_day_in_tokyo(kodaira):
    late = dt.datetime(2026, 3, 4, 15, 30, tzinfo=dt.UTC)
    assert approval(handed_in(kodaira, submitted_at=late)).opening.startswith("令和8年3月5日付け")


def test_refusal__names_what_was_asked_for_and_no_price(kodaira):
    letter = compose.refusal(
        handed_in(kodaira), number="7小健母第1号", on=ON, wished=["short_stay"], reason="一つ目。\n\n二つ目。"
    )
    assert fact(letter, "申請のあった種類") == ("宿泊型",)
    assert letter.reasons == ("一つ目。", "二つ目。")
    assert not letter.grants
    assert not letter.instructions
    assert letter.appeal
