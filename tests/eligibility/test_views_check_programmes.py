"""The public check of the four other programmes: services that part, families, windows of every kind, prices.

Frozen at 2026-03-05, 逗子市 at 2026-04-10.
"""

import re
from typing import Any

import pytest
from django.test import Client

from eligibility.public import MunicipalAmount, Municipality, entered_amounts
from postpartum_portal.shared import clock

pytestmark = pytest.mark.django_db

OF_A_CHILD = re.compile("赤ちゃん|お子|子ども|母子|出産|予定日|生まれ|生後|月齢|妊娠|双子|育児")
NEWBORN = {"born_year": "2026", "born_month": "1", "born_day": "15"}
KUMAGAYA = {
    "resident": "yes",
    "unwell_or_anxious": "yes",
    "lacks_support": "yes",
    "suspected_infection": "no",
    "needs_medical_care": "no",
    "care_plan": "yes",
}
ZUSHI = {"resident": "yes", "understands_and_wishes": "yes", "needs_medical_care": "no", "infection_symptoms": "no"}
OKAYAMA = {"resident": "yes", "wishes": "yes", "hospital_care": "no"}


@pytest.fixture
def check(client: Client) -> Any:
    """Send answers to a municipality's check and read the page without tags and spaces."""

    def send(slug: str, **typed: str) -> str:
        response = client.post(f"/{slug}/check/", typed)
        assert response.status_code == 200
        return words(response.content.decode())

    return send


def words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


@pytest.mark.usefixtures("kawasaki")
def test_check__parts_services_by_age__w8(check: Any) -> None:
    page = check("kawasaki", born_year="2025", born_month="10", born_day="5", resident="yes")
    assert page.startswith("使えるものがあります")
    assert "宿泊型使える期間は終わりました使える最後の日は、令和8年2月4日(水)でした。" in page
    assert "日帰りロング型施設へお問い合わせください日帰りロング型を2月4日(水)のあとも使えるかは、施設へ" in page
    assert "日帰りショート型・訪問型使えます令和8年10月4日(日)まで使えます。" in page
    assert "宿泊型医療機関や助産所に泊まる1日" not in page, "what is over has no price"


@pytest.mark.usefixtures("kawasaki")
def test_check__counts_a_child_born_early_from_its_due_date__w4(check: Any) -> None:
    born = {"born_year": "2026", "born_month": "3", "born_day": "1"}
    page = check("kawasaki", **born, due_year="2026", due_month="4", due_day="5", resident="yes")
    assert page.startswith("使えます")
    assert "宿泊型は令和8年8月4日(火)、日帰りロング型・日帰りショート型・訪問型は令和9年4月4日(日)まで" in page
    assert "35週0日で生まれたので、予定日4月5日から数えます。4か月→8月5日の前日" in page


@pytest.mark.parametrize(
    ("household", "price"),
    [
        ("general", "1日5,000円(はじめの5回)、そのあと7,500円"),
        ("tax_exempt", "1日2,500円"),
        ("public_assistance", "0円"),
    ],
)
@pytest.mark.usefixtures("kawasaki")
def test_check__shows_reduced_prices_of_her_class(check: Any, household: str, price: str) -> None:
    page = check("kawasaki", **NEWBORN, resident="yes", household_class=household)
    assert f"宿泊型医療機関や助産所に泊まる{price}あわせて7回まで" in page


@pytest.mark.usefixtures("kumagaya")
def test_check__shows_a_window_without_a_day_in_its_words__g5(check: Any) -> None:
    page = check("kumagaya", due_year="2026", due_month="4", due_day="30", **KUMAGAYA)
    assert page.startswith("使えます")
    assert "申請できるのは「妊娠後期」です。予定日どおりに生まれると、令和8年7月29日(水)まで使えます。" in page
    assert "妊娠後期に申請する日は公表されていません" in page
    assert "通所型日中を施設で過ごす。2食つき施設ごとに違います7日まで" in page


@pytest.mark.usefixtures("kumagaya")
def test_check__says_where_to_get_a_care_plan(check: Any) -> None:
    page = check("kumagaya", **NEWBORN, **{**KUMAGAYA, "care_plan": "no"})
    assert page.startswith("いまは使えません")
    assert "母子保健コーディネーターにご相談ください。" in page


def test_check__shows_what_was_entered_for_an_unpublished_price(check: Any, kumagaya: Municipality) -> None:
    exempt = {**NEWBORN, **KUMAGAYA, "household_class": "tax_exempt"}
    assert "軽減後の額は、母子健康センターが決めます" in check("kumagaya", **exempt)

    MunicipalAmount.objects.create(
        municipality=kumagaya, key="reduction.reduced_stay", amount=2000, entered_at=clock.now()
    )
    assert entered_amounts(kumagaya)
    assert "宿泊型施設に泊まる。1日3食、初めの日は2食1日2,000円6泊7日まで" in check("kumagaya", **exempt)


@pytest.mark.usefixtures("zushi")
def test_check__offers_visits_only_to_a_father(check: Any) -> None:
    page = check("zushi", **NEWBORN, **ZUSHI, family="father")
    assert page.startswith("使えるものがあります")
    assert "いつでも申請できます。" in page
    assert "宿泊型・通所型使えません宿泊型・通所型は、父子家庭の方にはお使いいただけません。" in page
    assert "訪問型使えます令和9年1月14日(木)まで使えます。" in page
    assert "1回500円+交通費相当500円(税抜)" in page


@pytest.mark.usefixtures("okayama")
def test_check__counts_more_days_for_twins_and_asks_no_class(check: Any) -> None:
    page = check("okayama", **NEWBORN, **OKAYAMA, children="2")
    assert page.startswith("使えます")
    assert "施設の料金から公費負担額を引いた額。" in page
    assert "あわせて10日まで" in page
    assert "5回まで" in page
    assert "どちらでもない" not in page


@pytest.mark.parametrize("slug", ["zushi", "okayama", "kumagaya", "kawasaki", "kodaira"])
@pytest.mark.parametrize("day", [{}, {"lost_year": "2026", "lost_month": "3", "lost_day": "1"}])
def test_check__after_a_loss_speaks_of_no_child(
    client: Client, request: pytest.FixtureRequest, slug: str, day: dict[str, str]
) -> None:
    request.getfixturevalue(slug)
    page = client.post(f"/{slug}/check/", {"family": "bereaved", **day}).content.decode()
    spoken = page.partition("<main")[2].partition("</main>")[0]
    assert "お電話で伺います" in spoken
    assert not OF_A_CHILD.findall(words(spoken).replace("母子健康センター", ""))
    assert 'name="begin"' not in page


@pytest.mark.usefixtures("zushi")
def test_check__after_a_loss_opens_what_is_open__z4(check: Any) -> None:
    page = check("zushi", family="bereaved", lost_year="2026", lost_month="3", lost_day="1")
    assert page.startswith("使えるものがあります")
    assert "訪問型使えます令和9年2月28日(日)まで使えます。" in page
    assert "宿泊型・通所型使えません" in page


@pytest.mark.usefixtures("kodaira")
def test_check__after_a_loss_takes_no_day_to_come(check: Any) -> None:
    page = check("kodaira", family="bereaved", lost_year="2026", lost_month="3", lost_day="6")
    assert page.startswith("エラー1件:")
    assert "まだ来ていない日です。年を確かめてください。" in page


@pytest.mark.usefixtures("okayama")
def test_check__begins_no_application_from_the_form_after_a_loss(client: Client) -> None:
    response = client.post("/okayama/check/", {"family": "bereaved", "begin": "1"})
    assert response.status_code == 200
    assert "check_answers" not in client.session


@pytest.mark.usefixtures("zushi")
def test_check__says_that_the_centre_may_count_from_the_due_date(check: Any, clock_at: Any) -> None:
    clock_at.move_to("2026-06-10T10:00:00+09:00")
    born = {"born_year": "2026", "born_month": "5", "born_day": "1", **ZUSHI}
    early = check("zushi", **born, due_year="2026", due_month="6", due_day="1")
    assert (
        "修正月齢で数えられることがあります。認められると、令和9年5月31日(月)まで使えます(35週4日で生まれたので、"
        in early
    )
    assert "※早産児は修正月齢でも対応いたします" in early
    assert "修正月齢" not in check("zushi", **born, due_year="2026", due_month="5", due_day="1")


@pytest.mark.usefixtures("kodaira")
def test_check__draws_the_ruler_of_twins_once__with_days_to_go(check: Any) -> None:
    twins = check("kodaira", due_year="2026", due_month="5", due_day="10", children="2")
    assert "期限ものさし双子のお子さんは、みな同じ日です。" in twins
    assert "申請できる日令和8年3月15日(日)予定日5月10日の56日前(32週0日)。あと10日" in twins
    assert "決まります。あと66日使える最後の日令和8年9月9日(水)予定日5月10日から4か月→9月10日の前日。あと188日" in twins
