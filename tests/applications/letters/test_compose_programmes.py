"""The letters of five programmes: each in its own words, with what is not published in words."""

import datetime as dt
from typing import Any

import pytest

from applications.letters import compose
from applications.letters.content import LetterContent
from eligibility.engine.bereaved import OF_CHILDREN
from eligibility.public import MunicipalAmount, Municipality
from postpartum_portal.shared import clock
from tests.cases import full_grant, handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

ALL = ("kodaira", "kumagaya", "kawasaki", "zushi", "okayama")
EARLY = {"birth__expected": False, "birth__born_on": dt.date(2026, 3, 1), "birth__due_date": dt.date(2026, 4, 5)}


def approval(municipality: Municipality, *, given: dict[str, Any] | None = None, **changes: Any) -> LetterContent:
    """The letter for all that the rules give; `given` are exceptions of the application, `changes` of the approval."""
    application = handed_in(municipality, **(given or {}))
    grant = full_grant(municipality, children=application.birth.children, **changes)
    return compose.approval(application, number="第1号", on=dt.date(2026, 4, 10), **grant)


def lines(letter: LetterContent, label: str) -> tuple[str, ...]:
    return next((fact.lines for fact in letter.facts if fact.label == label), ())


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("kodaira", "小平市産後ケア事業利用承認決定通知書"),
        ("kumagaya", "熊谷市産後ケア事業利用承認通知"),
        ("kawasaki", "川崎市産後ケア利用承認通知書"),
        ("zushi", "逗子市産後ケア事業利用券"),
        ("okayama", "岡山市産後ケア事業利用決定通知(クーポン)"),
    ],
)
def test_approval__has_the_title_of_the_file(slug: str, title: str, request: Any) -> None:
    assert approval(request.getfixturevalue(slug)).title == title


def test_kumagaya__a_reduced_price_that_is_not_published_stands_in_words(kumagaya: Municipality) -> None:
    letter = approval(kumagaya, class_code="tax_exempt")
    assert {row.copayment for row in letter.grants} == {"軽減後の額は、母子健康センターが決めます"}
    assert not letter.plain_amounts


@pytest.mark.parametrize(
    ("starts_on", "sample", "said"),
    [
        (dt.date(2026, 4, 10), False, "1日 2,500円"),
        (None, True, "1日 2,500円(見本の額)"),
        (dt.date(2026, 4, 11), False, "軽減後の額は、母子健康センターが決めます"),
    ],
)
def test_kumagaya__a_reduced_price_that_was_entered_by_the_day_of_the_decision_counts(
    kumagaya: Municipality, starts_on: dt.date | None, sample: bool, said: str
) -> None:
    MunicipalAmount.objects.create(
        municipality=kumagaya,
        key="reduction.reduced_stay",
        amount=2500,
        starts_on=starts_on,
        sample=sample,
        entered_at=clock.now(),
    )
    rows = {row.service: row.copayment for row in approval(kumagaya, class_code="tax_exempt").grants}
    assert rows["宿泊型"] == said
    assert rows["通所型"] == "軽減後の額は、母子健康センターが決めます"


def test_kawasaki__says_the_first_five_and_counts_in_uses(kawasaki: Municipality) -> None:
    rows = {row.service: (row.units, row.copayment) for row in approval(kawasaki).grants}
    assert rows["宿泊型"] == ("あわせて7回まで", "1日 5,000円(はじめの5回)、そのあと7,500円")
    assert rows["すべての種類の合計"] == ("7回まで", "")


def test_kawasaki__twins_have_fourteen(kawasaki: Municipality) -> None:
    letter = approval(kawasaki, given={"birth__children": 2})
    assert next(row.units for row in letter.grants if row.service == "すべての種類の合計") == "14回まで"


def test_kawasaki__reduced_classes_stand_with_their_own_prices(kawasaki: Municipality) -> None:
    rows = {row.service: row.copayment for row in approval(kawasaki, class_code="tax_exempt").grants}
    assert (rows["宿泊型"], rows["訪問型"]) == ("1日 2,500円", "0円")


def test_kawasaki__a_child_born_early_has_a_corrected_age(kawasaki: Municipality) -> None:
    """W4: 35 weeks, due 2026-04-05."""
    period = lines(approval(kawasaki, given=EARLY), "利用できる期間")
    assert "宿泊型 (修正月齢で、令和8年8月4日まで)" in period
    assert "日帰りロング型、日帰りショート型、訪問型 (修正月齢で、令和9年4月4日まで)" in period
    assert "日帰りロング型は、生後4か月から1歳未満のとき、施設へお問い合わせください。" in period


@pytest.mark.parametrize(
    ("allowed", "last"), [(None, "令和9年2月28日"), (False, "令和9年2月28日"), (True, "令和9年4月4日")]
)
def test_zushi__the_decider_may_count_from_the_due_date(zushi: Municipality, allowed: bool | None, last: str) -> None:
    period = lines(approval(zushi, given=EARLY, corrected_age=allowed), "利用できる期間")
    assert last in period[-1]
    assert ("修正月齢" in period[-1]) is bool(allowed)


def test_zushi__says_how_many_coupons_and_that_tax_comes_on_top(zushi: Municipality) -> None:
    letter = approval(zushi)
    assert lines(letter, "利用券の枚数") == ("7枚",)
    assert [row.copayment for row in letter.grants][:2] == [
        "1泊2日 13,000円、以降1日 6,500円(税抜)",
        "1日 3,500円(税抜)",
    ]


@pytest.mark.parametrize("slug", ["kodaira", "kumagaya", "kawasaki", "okayama"])
def test_approval__counts_no_coupons_where_a_letter_is_what_she_shows(slug: str, request: Any) -> None:
    assert lines(approval(request.getfixturevalue(slug)), "利用券の枚数") == ()


def test_okayama__names_no_class_and_no_price(okayama: Municipality) -> None:
    letter = approval(okayama, given={"birth__children": 2})
    assert lines(letter, "利用者負担の区分") == ()
    assert all("公費負担額を引いた額" in row.copayment for row in letter.grants if row.copayment)
    assert [row.units for row in letter.grants] == ["あわせて10日まで", "あわせて10日まで", "10日まで", "5回まで"]


def test_approval__of_one_service_does_not_speak_of_others(zushi: Municipality) -> None:
    assert [row.units for row in approval(zushi, services=["home_visit"]).grants] == ["7日まで(1回90分以内)"]


@pytest.mark.parametrize("slug", ALL)
def test_approval__after_a_loss_speaks_of_no_child(slug: str, request: Any) -> None:
    lost = {"birth__expected": False, "birth__outcome": "lost", "birth__born_on": None, "birth__children": 2}
    letter = approval(
        request.getfixturevalue(slug), given={**lost, "birth__ended_on": dt.date(2026, 2, 1), "household__name": "見本"}
    )
    own = [line for fact in letter.facts if fact.label != "利用する方" for line in fact.lines]
    said = [letter.title, letter.opening, *own, *letter.instructions, *letter.contact]
    said += [text for row in letter.grants for text in (row.service, row.units, row.copayment)]
    assert not [text for text in said if OF_CHILDREN.search(text)]
    assert letter.instructions


@pytest.mark.parametrize("slug", ALL)
def test_refusal__has_the_title_of_the_file(slug: str, request: Any) -> None:
    letter = compose.refusal(
        handed_in(request.getfixturevalue(slug)),
        number="第1号",
        on=dt.date(2026, 4, 10),
        wished=[],
        reason="事実。\nきまり。",
    )
    assert letter.title
    assert letter.reasons == ("事実。", "きまり。")
