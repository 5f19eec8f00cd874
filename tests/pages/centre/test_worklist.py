"""The centre's list: who is in which state, in which order, found by what, at what cost."""

import datetime as dt
from typing import Any

import pytest
from django.core.paginator import Page
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application, ChangeNotice, Message, Proxy
from applications.selectors.narrowing import NO_OFFICE, Narrowing
from applications.selectors.worklist import EVERY, STATES, Desk, Entry
from applications.services.assigning import take_on
from applications.services.deciding import approve
from applications.services.screening import record_call
from postpartum_portal.shared import clock
from tests import factories
from tests.cases import FULL_GRANT, handed_in, heard
from tests.plugins.rights import as_owner

pytestmark = [pytest.mark.django_db]
URL = "/kodaira/centre/"


def days_ago(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


@pytest.fixture
def staff(nurse) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


@pytest.fixture
def one_of_each(kodaira, nurse, all_tenants):
    """A new one, one to call, one to call again in two hours, one to decide."""
    cases = {
        "new": handed_in(kodaira, submitted_at=days_ago(1), household__name="新 着"),
        "call": handed_in(kodaira, submitted_at=days_ago(2), household__name="電 話"),
        "again": handed_in(kodaira, submitted_at=days_ago(0), household__name="再 度"),
        "decide": heard(kodaira, nurse, submitted_at=days_ago(3), household__name="決 定"),
    }
    take_on(cases["call"], by=nurse, at=clock.now())
    promised = clock.now() + dt.timedelta(hours=2)
    record_call(cases["again"], by=nurse, at=clock.now(), reached=False, call_back_at=promised)
    return cases


def listed(state: str, words: str = "") -> Page[Entry]:
    return Desk(now=clock.now()).page(Narrowing(state=state, words=words))


def numbers(page) -> list[str]:
    return [entry.application.number for entry in page]


def test_tabs__count_each_application_under_its_state(one_of_each):
    assert [(tab.label, tab.count) for tab in Desk(now=clock.now()).tabs(Narrowing())] == [
        ("すすめる", 4),
        ("新着", 1),
        ("電話する", 1),
        ("かけ直し", 1),
        ("再提出", 0),
        ("決定待ち", 1),
        ("差し戻し", 0),
        ("書類待ち", 0),
        ("きょう決定", 0),
    ]


@pytest.mark.parametrize("state", ["new", "call", "again", "decide"])
def test_worklist__of_a_state_holds_its_applications_and_no_others(one_of_each, state):
    page = listed(state)
    assert numbers(page) == [one_of_each[state].number]
    assert [entry.state for entry in page] == [state]


def test_states__leave_no_application_to_call_in_none_or_two(one_of_each):
    in_states = [number for state in STATES for number in numbers(listed(state.code))]
    assert sorted(in_states) == sorted(numbers(listed("open")))


def test_worklist__puts_promised_calls_of_today_first_and_then_who_waited_longest(one_of_each):
    order = [one_of_each[code].number for code in ("again", "decide", "call", "new")]
    assert numbers(listed("open")) == order


def test_worklist__does_not_hurry_a_call_promised_to_one_who_was_heard_since(kodaira, nurse, all_tenants):
    waiting = handed_in(kodaira, submitted_at=days_ago(1))
    heard_since = heard(kodaira, nurse, submitted_at=days_ago(0))
    Application.objects.filter(pk=heard_since.pk).update(status="screening")
    record_call(heard_since, by=nurse, at=clock.now(), reached=False, call_back_at=clock.now() + dt.timedelta(hours=1))
    assert numbers(listed("open")) == [heard_since.number, waiting.number]
    Application.objects.filter(pk=heard_since.pk).update(status="recommended")
    assert numbers(listed("open")) == [waiting.number, heard_since.number]


def test_worklist__does_not_hurry_a_call_promised_for_tomorrow(kodaira, nurse, all_tenants):
    waiting = handed_in(kodaira, submitted_at=days_ago(1))
    tomorrow = handed_in(kodaira, submitted_at=days_ago(0))
    promised = clock.now() + dt.timedelta(days=1)
    record_call(tomorrow, by=nurse, at=clock.now(), reached=True, call_back_at=promised)
    assert numbers(listed("open")) == [waiting.number, tomorrow.number]


def test_worklist__of_today_holds_what_was_decided(kodaira, nurse, decider, all_tenants, clock_at):
    approve(heard(kodaira, nurse), by=decider, at=clock.now(), **FULL_GRANT)
    assert len(listed("today")) == 1
    clock_at.shift(dt.timedelta(days=1))
    assert len(listed("today")) == 0


@pytest.mark.parametrize(
    "words",
    [
        "髙橋",
        "美咲",
        "たかはし",
        "ﾀｶﾊｼ",
        "タカハシ　ミ",
        "090-0000-0002",
        "０９００００００００２",
        "R7-9001",
        "r7-9001",
        "Ｒ７－９００１",
    ],
)
def test_found__by_name_reading_phone_or_number_of_any_width(kodaira, all_tenants, words):
    handed_in(
        kodaira, household__name="山﨑 ゆう子", household__kana="やまざき ゆうこ", household__phone="042-000-0000"
    )
    handed_in(kodaira, number="R7-9001")
    assert numbers(listed(EVERY, words)) == ["R7-9001"]


def test_found__shows_decided_ones_and_never_a_draft(kodaira, all_tenants):
    handed_in(kodaira, number="R7-9001", status="withdrawn")
    factories.ApplicationFactory(municipality=kodaira, status="draft", number="")
    assert numbers(listed(EVERY, "髙橋")) == ["R7-9001"]


def test_page__shows_what_to_do_next(one_of_each, staff):
    page = staff.get(URL).content.decode()
    for words in (
        "12:00 に電話",
        "1回目の電話",
        "申請を読み、担当を決める",
        "承認するか決める",
        "つながりやすい時間 夕方",
    ):
        assert words in page


def test_page__marks_a_promise_that_was_not_kept(one_of_each, staff, clock_at):
    clock_at.shift(dt.timedelta(hours=3))
    assert "約束の時刻を過ぎました" in staff.get(URL).content.decode()


def test_page__shows_nothing_of_another_municipality(one_of_each, nurse, staff, kumagaya, all_tenants):
    handed_in(kumagaya, household__name="よその 人")
    assert "よその" not in staff.get(URL).content.decode()
    assert "見つかりません" in staff.get(URL, {"q": "よその"}).content.decode()
    assert staff.get("/kumagaya/centre/").status_code == 404


@pytest.mark.parametrize(
    "query", ["?state=nonsense", "?page=999", "?page=x", "?q=%00", "?q=%ED%A0%80", "?q=" + "あ" * 500]
)
def test_page__takes_any_address(one_of_each, staff, query):
    assert staff.get(URL + query).status_code == 200


def test_page__says_what_to_do_with_characters_nobody_can_see(one_of_each, staff):
    page = staff.get(URL, {"q": "髙橋\u200b"}).content.decode()
    assert "使えない文字" in page


def test_page__costs_the_same_number_of_queries_for_one_case_and_for_thirty(kodaira, staff, nurse, all_tenants):
    def cost(query: str) -> int:
        staff.get(URL + query)  # whose names it shows for the first time that day is noted
        with CaptureQueriesContext(connection) as counted:
            page = staff.get(URL + query)
        assert len(page.context["rows"]) in (1, 30)
        return len(counted)

    queries = ["", "?q=たかはし", "?q=090-0000-0002&state=open", "?state=again&charge=mine"]
    record_call(handed_in(kodaira), by=nurse, at=clock.now(), reached=False)
    few = [cost(query) for query in queries]
    for _ in range(29):
        record_call(handed_in(kodaira), by=nurse, at=clock.now(), reached=False)
    assert [cost(query) for query in queries] == few
    assert max(few) <= 27


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_list__is_read_from_the_index_of_open_applications(kodaira, all_tenants):
    """With years of decided cases beside a few open ones, and the planner's statistics fresh."""
    one = factories.ApplicationFactory(municipality=kodaira)
    decided = {"status": "approved", "birth": one.birth, "programme_version": one.programme_version}
    Application.objects.bulk_create(
        Application(municipality=kodaira, number=f"R1-{n:04}", submitted_at=clock.now(), **decided) for n in range(2000)
    )
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE applications_application")
    rows: Any = listed("open").paginator.object_list
    assert "application_open" in rows.explain()


def test_office_and_state__are_chosen_one_after_the_other(kawasaki, all_tenants):
    there = Client()
    there.force_login(factories.MembershipFactory(municipality=kawasaki, role="centre").user)
    page = there.get("/kawasaki/centre/?state=new&office=miyamae_ward").content.decode()
    assert 'href="?state=call&amp;office=miyamae_ward#list"' in page
    assert '<input type="hidden" name="state" value="new">' in page


def test_office__narrows_every_list_that_names_a_family(kawasaki, all_tenants):
    there = Client()
    there.force_login(factories.MembershipFactory(municipality=kawasaki, role="centre").user)
    for office, name in (("miyamae_ward", "宮前 花"), ("nakahara_ward", "中原 花")):
        household = handed_in(kawasaki, household__office=office, household__name=name).birth.household
        row = {"municipality": kawasaki, "citizen": household.citizen, "household": household}
        sent = {"by": household.citizen, "form_token": office}
        ChangeNotice.objects.create(**row, **sent, kind="phone", before={}, after={}, effective_on=clock.today())
        Message.objects.create(**row, **sent, text="質問です", from_centre=False, at=clock.now())
        written = factories.ApplicationFactory(
            municipality=kawasaki, status="draft", number="", answers={"person": {"clean": {"office": office}}}
        )
        Proxy.objects.create(
            municipality=kawasaki,
            citizen=household.citizen,
            writer=factories.UserFactory(),
            application=written,
            mother_name=name,
            handed_over_at=clock.now(),
        )

    def shown(office: str) -> list[int]:
        page = there.get("/kawasaki/centre/", {"office": office})
        seen = [len(page.context[each]) for each in ("rows", "changes", "threads", "proxies")]
        return [*seen, page.content.decode().count("中原 花")]

    assert shown("") == [2, 2, 2, 2, 5]
    assert shown("nakahara_ward") == [1, 1, 1, 1, 5]
    assert shown("miyamae_ward") == [1, 1, 1, 1, 0]
    assert shown(NO_OFFICE) == [0, 0, 0, 0, 0]


def test_mother__does_not_see_the_list(one_of_each, mother):
    client = Client()
    client.force_login(mother)
    assert client.get(URL).status_code == 404
    assert Client().get(URL)["Location"].startswith(reverse("account_login"))


def test_case__leads_on_in_the_list_that_it_was_opened_from(one_of_each, staff):
    """Also after something was sent from its page, and after it has left the list."""
    first, second, third, *_ = (row.href for row in staff.get(URL, {"state": "open"}).context["rows"])
    way = staff.get(second).context["way"]
    assert (way.back, way.before, way.after) == (f"{URL}?state=open", first, third)
    sent = staff.get(second.partition("?")[0], headers={"referer": f"http://testserver{second}"})
    assert sent.context["way"] == way

    [waiting] = (row.href for row in staff.get(URL, {"state": "decide"}).context["rows"])
    type(one_of_each["decide"]).objects.filter(pk=one_of_each["decide"].pk).update(status="returned")
    assert staff.get(waiting).context["way"].after == ""
    [new] = (row.href for row in staff.get(URL, {"state": "new"}).context["rows"])
    elsewhere = waiting.replace("decide", "new")
    assert (staff.get(elsewhere).context["way"].before, staff.get(elsewhere).context["way"].after) == ("", new)
