"""みほん市 on every page: a municipality that came as two files walks from the public page to a booking."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.letters import issue
from applications.models import HouseholdClass, Letter, Pool
from applications.public import Entitlement
from applications.steps import Step, steps_of
from eligibility.public import Municipality, programme_on
from facilities.models import Booking, Wish
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.pdf import RenderedLetter
from tests import factories
from tests.applications.apply.conftest import Applicant
from tests.applications.apply.posts import COMPLETE
from tests.cases import heard
from tests.facilities.walking import Family, family, offering
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

CHECK = {"family": "mother", "children": "1", "resident": "yes", "fever_or_infection": "no"}
POSTS: dict[Step, dict[str, Any]] = {
    Step.PERSON: {**COMPLETE[Step.PERSON], "family": "mother"},
    Step.BIRTH: {
        "stage": "born",
        "born_on_year": "2026",
        "born_on_month": "2",
        "born_on_day": "10",
        "children": "1",
    },
    Step.CONDITION: {"fever_or_infection": "no", "trouble": ""},
    Step.HOUSEHOLD: {"household_class": "lower", "proof_lower_agreed": "yes"},
    Step.WISHES: {"services": ["short_stay", "home_visit"]},
    Step.CONSENT: {"consent_screening": "on"},
}
APPROVAL = {
    "outcome": "approve",
    "services": ["short_stay", "home_visit"],
    "limit_all_uses": "9",
    "limit_stay_nights": "6",
    "limit_day": "4",
    "limit_visit": "3",
    "limit_helper_hours": "12",
    "class_code": "lower",
    "extension_reason": "",
}


NO_REDUCTION = "4月10日に課税台帳で、世帯の所得が420万円であることを確かめました。要綱第6条の区分に当たりません。"


def signed_in(municipality: Municipality, role: str) -> Client:
    client = Client()
    client.force_login(factories.MembershipFactory(municipality=municipality, role=role).user)
    return client


# the public


def test_public_page__shows_prices_as_the_file_has_them(client: Client, mihon: Municipality) -> None:
    page = text(client.get("/mihon/"))
    for words in (
        "1泊2日9,000円、以降1泊6,000円+食事代1日1,200円",
        "1日3,300円+昼食代1回800円、上限を超えた分は1日9,900円",
        "1回1,000円(はじめの1回)、そのあと2,500円+交通費300円",
        "1時間700円+交通費(事業者ごとに決まっています)",
        "所得300万円未満の世帯宿泊型:1泊2日4,500円、以降1泊3,000円",
        "宿泊型・日帰り型・訪問型は、合わせて9回まで。",
        "みほん助産院みほん市見本町2-2宿泊型日帰り型生後3か月未満",
    ):
        assert words in page


def test_check__tells_the_last_day_of_each_service(client: Client, mihon: Municipality) -> None:
    born = {"born_year": "2026", "born_month": "2", "born_day": "10"}
    page = text(client.post("/mihon/check/", {**CHECK, **born, "household_class": "lower"}))
    assert "訪問型は令和8年5月21日(木)、宿泊型は令和8年6月10日(水)、" in page
    assert "日帰り型・ヘルパーは令和8年8月10日(月)まで使えます。" in page
    assert "令和7年度の課税証明書か税の情報を市が確かめることへの同意を添えると、料金は宿泊型が1泊2日4,500円" in page
    ill = text(client.post("/mihon/check/", {**CHECK, **born, "household_class": "upper", "fever_or_infection": "yes"}))
    assert "宿泊型・日帰り型使えません" in ill
    assert "訪問型使えます" in ill


def test_check__before_the_birth_says_that_one_applies_after_it(client: Client, mihon: Municipality) -> None:
    due = {"due_year": "2026", "due_month": "5", "due_day": "10", "household_class": "upper"}
    page = text(client.post("/mihon/check/", {**CHECK, **due}))
    assert "生まれた日から申請できます。予定日どおりに生まれると、訪問型は令和8年8月18日(火)" in page


RULES_AHEAD = (
    "申請は、利用する日の土日・祝日などをのぞいて5日前まで。",
    "予約は、利用する日の土日・祝日などをのぞいて2日前まで。",
    "予約は60日先まで。",
    "一度に予約できるのは3つまで。きまりの文「同時に持てる予約は3つまでです。」",
)
OF_TWINS = "双子などの宿泊型は、2人目から1人につき料金を足す(1泊1,500円)。"


def test_rules_that_bite_later__are_told_by_page_and_check(client: Client, mihon: Municipality) -> None:
    page = text(client.get("/mihon/"))
    born = {"born_year": "2026", "born_month": "2", "born_day": "10", "household_class": "upper"}
    one = text(client.post("/mihon/check/", {**CHECK, **born}))
    twins = text(client.post("/mihon/check/", {**CHECK, **born, "children": "2"}))

    assert all(rule in read for rule in RULES_AHEAD for read in (page, one, twins))
    assert OF_TWINS in page
    assert OF_TWINS in twins
    assert OF_TWINS not in one


# applying and deciding


def test_family__applies_is_heard_approved_and_reads_her_letter(
    mihon: Municipality, media: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(b"paper", (), 1))
    applicant = Applicant(factories.UserFactory(), "mihon")
    for step in steps_of(programme_on(mihon, dt.date(2026, 4, 13)).terms):
        assert applicant.get(step.value).status_code == 200
        answer = applicant.client.post(applicant.url("step", step=step.value), {**POSTS[step], "go": "next"})
        assert answer.status_code == 302, answer.context["form"].errors
    assert "税の情報を市が確かめることへの同意同意しました" in text(applicant.client.get(applicant.url("review")))
    applicant.submit()

    case = f"/mihon/centre/cases/{applicant.application.number}/"
    nurse, decider = signed_in(mihon, "centre"), signed_in(mihon, "decider")
    hearing = {"consent": "on", "resident": "yes", "fever_or_infection": "no", "note": "", "recommendation": "approve"}
    nurse.post(f"{case}take-on/")
    nurse.post(f"{case}call/", {"reached": "yes"})
    assert "聞き取りを終え、決定に回しました。" in text(nurse.post(f"{case}hearing/", hearing, follow=True))

    preview = text(decider.post(f"{case}decide/", {**APPROVAL, "preview": "1"}))
    assert "みほん市産後ケア事業実施要綱第6条により承認する" in preview
    assert "宿泊型6泊まで1泊2日4,500円、以降1泊3,000円+食事代1日1,200円" in preview
    to_come = text(decider.post(f"{case}decide/", {**APPROVAL, "preview": "class"}))
    assert "産後ケア事業利用者負担額減免決定通知書" in to_come
    assert "決定しました。" in text(decider.post(f"{case}decide/", APPROVAL, follow=True))
    for job in Job.objects.filter(kind="issue_letter"):
        runner.run(job.pk)

    approval, reduction = Letter.objects.order_by("number")
    assert (approval.label, reduction.label) == ("8み子第1号", "8み子第2号")
    said = str(reduction.snapshot["facts"])
    for words in ("税の情報を市が確かめることへの同意", "所得300万円未満の世帯", "1泊2日 4,500円"):
        assert words in said
    hers = text(applicant.client.get("/mihon/my/letters/"))
    assert "みほん市産後ケア事業利用承認決定通知書" in hers
    assert "産後ケア事業利用者負担額減免決定通知書" in hers
    assert "8み子第2号" in text(decider.get(case))
    assert {row.code for row in HouseholdClass.objects.all()} == {"lower"}
    assert {pool.code: pool.limit for pool in Entitlement.objects.get().pools.all()} == {
        "all_uses": 9,
        "stay_nights": 6,
        "visit": 3,
    }


def test_a_proof_that_is_not_accepted__is_told_with_fact_and_rule_in_a_letter_of_its_own(mihon: Municipality) -> None:
    nurse = factories.MembershipFactory(municipality=mihon, role="centre").user
    told: dict[str, Any] = {"birth__born_on": dt.date(2026, 2, 10), "birth__expected": False}
    application = heard(mihon, nurse, household_class="lower", agreed=["inquiry_consent"], **told)
    desk, case = signed_in(mihon, "decider"), f"/mihon/centre/cases/{application.number}/"
    general = {**APPROVAL, "services": ["short_stay", "home_visit"], "class_code": "upper"}
    assert "理由を書いてください" in text(desk.post(f"{case}decide/", general))
    assert "きまりに当たるか" in text(
        desk.post(f"{case}decide/", {**general, "class_reason": "4月10日に確かめました。"})
    )
    assert not Letter.objects.exists()

    desk.post(f"{case}decide/", {**general, "class_reason": NO_REDUCTION})

    _approval, refused = Letter.objects.order_by("number")
    assert (refused.kind, refused.subject_kind) == ("no_reduction", "class")
    assert refused.snapshot["reasons"] == [NO_REDUCTION]
    assert refused.snapshot["appeal"]


# booking


def test_stay__costs_its_first_night_the_further_ones_and_meals(household: Family) -> None:
    page = text(household.looks_at("short_stay", "2026-05-08", days=3, at="mihon-byoin"))
    assert "宿泊型5月8日→9日9,000円宿泊型5月9日→10日6,000円食事代1日1,200円×3日3,600円" in page
    assert "4月30日(木)17:00まで" in page
    booking = household.books("short_stay", "2026-05-08", days=3, at="mihon-byoin", arrival="10:00:00")
    assert (booking.units, booking.quote["total"]) == ({"all_uses": 1, "stay_nights": 2}, 18_600)


@pytest.mark.parametrize(
    ("service", "at", "day", "days", "why"),
    [
        ("short_stay", "mihon-josanin", "2026-05-10", 2, "みほん助産院は生後3か月未満"),
        ("day_service", "mihon-byoin", "2026-04-14", 1, "予約は、利用する日の土日・祝日などをのぞいて2日前までです。"),
        ("day_service", "mihon-josanin", "2026-06-15", 1, "まだ予約できません。"),
    ],
)
def test_booking__is_refused_by_every_rule_of_the_file(
    household: Family, service: str, at: str, day: str, days: int, why: str
) -> None:
    page = text(household.looks_at(service, day, days=days, at=at))
    assert why in page
    assert "この内容で申しこむ" not in page


def test_booking__a_fourth_one_waits_until_one_is_over(household: Family) -> None:
    for day in ("2026-05-12", "2026-05-13", "2026-05-14"):
        household.books("day_service", day, at="mihon-byoin", arrival="10:00:00")
    page = text(household.looks_at("day_service", "2026-05-15", at="mihon-byoin"))
    assert "これからの予約が、いま3つあります。一度に予約できるのは3つまでです。" in page


def test_helper__costs_the_fare_that_the_list_publishes(household: Family) -> None:
    booking = household.books("helper", "2026-05-13", at="mihon-helper", arrival="10:00:00")
    assert (booking.units, booking.quote["total"]) == ({"helper_hours": 3}, 700 * 3 + 300)


def test_visit__is_wished_for_and_arranged_at_the_first_price(mihon: Municipality, household: Family) -> None:
    wishing = reverse("facilities:make_wish", args=["mihon", "home_visit"])
    household.browser.force_login(household.mother)
    wish = {"day_1_year": "2026", "day_1_month": "5", "day_1_day": "12", "token": token(household.browser.get(wishing))}
    household.browser.post(wishing, wish)
    desk, where = signed_in(mihon, "centre"), reverse("facilities:arrange", args=["mihon", Wish.objects.get().pk])
    asked = {
        "offering": offering(mihon, "home_visit").pk,
        "day_year": "2026",
        "day_month": "5",
        "day_day": "12",
        "arrival": "10:00:00",
        "hours": "1.5",
        "note": "",
        "token": token(desk.get(where)),
    }
    checked = desk.post(where, asked)
    desk.post(where, {**asked, "token": token(checked), "go": "arrange", "send": "1"})
    assert Booking.objects.get().quote["total"] == 2500 + 300 - 1500


def test_stay__over_a_change_of_price_is_priced_by_the_day(mihon: Municipality, clock_at: Any) -> None:
    clock_at.move_to("2027-03-15T10:00:00+09:00")
    household = family(mihon, born_on=dt.date(2027, 2, 10), due_date=dt.date(2027, 2, 10))
    booking = household.books("short_stay", "2027-03-31", days=4, at="mihon-byoin", arrival="10:00:00")
    assert [line["amount"] for line in booking.quote["lines"]] == [9000, 7000, 7000, 4800]


def token(page: Any) -> str:
    return page.content.decode().partition('name="token" value="')[2].partition('"')[0]


# what is left


def test_my_page__shows_each_limit_inside_the_total(household: Family) -> None:
    household.books("day_service", "2026-05-12", at="mihon-byoin", arrival="10:00:00")
    page = text(household.browser.get(reverse("pages:my_page", args=["mihon"])))
    assert "宿泊型・日帰り型・訪問型あと8回" in page
    assert "日帰り型あと3回4回まで。そのあとは全額訪問型あと3回3回まで宿泊型あと6泊6泊まで" in page, (
        "the tightest first"
    )


def test_my_page__leaves_no_limit_more_than_the_total_has(household: Family) -> None:
    Pool.objects.filter(entitlement=household.entitlement, code="all_uses").update(used=8)
    household.browser.force_login(household.mother)
    page = text(household.browser.get(reverse("pages:my_page", args=["mihon"])))
    assert "日帰り型あと1回4回まで。そのあとは全額訪問型あと1回3回まで宿泊型あと6泊6泊まで" in page


def test_my_page__says_that_use_goes_on_at_full_price(household: Family) -> None:
    Pool.objects.filter(entitlement=household.entitlement, code="day").update(used=4)
    household.browser.force_login(household.mother)
    page = text(household.browser.get(reverse("pages:my_page", args=["mihon"])))
    assert "日帰り型のこりはありません。このあとは全額の負担です4回まで" in page


def test_wish__shows_what_is_left_of_its_own_limit_first(mihon: Municipality, household: Family) -> None:
    Pool.objects.filter(entitlement=household.entitlement, code="visit").update(used=1)
    page = text(household.reads("book"))
    assert "訪問型あと2回・訪問型は1,500円減免あと1回宿泊型・日帰り型・訪問型の合計はあと9回" in page

    wishing = reverse("facilities:make_wish", args=["mihon", "home_visit"])
    household.browser.post(wishing, {"words": "午前", "token": token(household.browser.get(wishing))})
    where = reverse("facilities:arrange", args=["mihon", Wish.objects.get().pk])
    desk = signed_in(mihon, "centre").get(where)
    assert "のこり2回宿泊型・日帰り型・訪問型の合計9回" in text(desk)


def test_chosen_days__tell_what_each_limit_loses(household: Family) -> None:
    page = text(household.looks_at("short_stay", "2026-05-08", days=3, at="mihon-byoin"))
    assert "宿泊型・日帰り型・訪問型はあと9回→8回宿泊型はあと6泊→4泊" in page
