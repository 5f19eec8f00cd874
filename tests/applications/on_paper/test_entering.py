"""A clerk with a paper in her hand: all steps on one page, a last look, accepted as received on its day."""

import datetime as dt
from typing import Any

import pytest

from applications.models import Application, Birth, Household
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.walks.person import Person
from tests.walks.steps import NAME
from tests.walks.test_kumagaya import AGREES_TO, SAYS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media", "all_tenants")]

BLANK = "家族などから受けられる家事や育児の支援は、足りないと感じますか"


@pytest.fixture
def clerk(kumagaya: Municipality, clock_at: Any) -> Person:
    clock_at.move_to("2026-03-05T10:00:00+09:00")
    return Person(factories.MembershipFactory(municipality=kumagaya, role="centre", user__display_name="鈴木").user)


def types_in(clerk: Person, *, name: str = NAME, due: str = "R8.4.30", leave_out: tuple[str, ...] = ()) -> None:
    """From the list to the last look, with everything on the paper but `leave_out`."""
    clerk.opens("/kumagaya/centre/paper/")
    clerk.presses("つぎの申請を入れる")
    clerk.writes("氏名", name)
    clerk.writes("ふりがな", "たかはし さきこ")
    clerk.writes_day("生年月日", "H6.8.1")
    clerk.writes("郵便番号", "1000001")
    clerk.writes("住所", "熊谷市見本町1-2-3")
    clerk.writes("電話番号", "090-0000-0002")
    clerk.chooses("これから出産する")
    clerk.writes_day("出産予定日", due)
    clerk.chooses("1人", to="赤ちゃんの人数")
    for question, answer in SAYS.items():
        if question not in leave_out and clerk.is_asked(question):
            clerk.chooses(answer, to=question)
    clerk.chooses("証明書はあとで出す")
    clerk.chooses("宿泊型", "通所型", to="使いたいもの")
    clerk.chooses(*AGREES_TO)


def test_a_paper__that_leaves_a_question_open__is_accepted_as_of_its_day_and_says_what_is_missing(
    clerk: Person,
) -> None:
    types_in(clerk, leave_out=(BLANK,))
    clerk.chooses("郵送で届いた", to="届き方")
    clerk.writes_day("受付日", "R8.3.6")
    clerk.presses("保存して確かめる")
    clerk.sees("令和8年3月5日までの日を入力してください")  # no day to come

    clerk.writes_day("受付日", "R8.3.3")
    clerk.presses("保存して確かめる")
    clerk.sees("受付令和8年3月3日(火)", "紙に書かれていないこと", BLANK, "あと1枚足りません")
    clerk.misses("同じ方")
    page = clerk.reads()
    assert page.index("受け付ける") < page.index("使いたいもの")  # before what was typed, however long it is
    clerk.presses("受け付ける")
    clerk.sees("R7-0001として受け付けました", "書きかけはありません", "つぎの申請を入れる")

    row = Application.objects.get()
    assert (row.citizen, row.channel, row.entered_by, row.status) == (None, "post", clerk.user, "submitted")
    assert row.submitted_at == dt.datetime(2026, 3, 3, tzinfo=clock.TOKYO)
    event = Event.objects.get(verb="application.entered")
    assert event.data.pop("consents")
    assert event.data == {
        "channel": "post",
        "received_on": "2026-03-03",
        "blank": ["lacks_support"],
        "seen_by": clerk.user.pk,
    }
    assert not Mail.objects.exists()


def test_a_draft__is_shared_and_nobody_overwrites_a_colleague(
    kumagaya: Municipality, clerk: Person, clock_at: Any
) -> None:
    types_in(clerk)
    clerk.presses("書きかけで保存")
    clerk.sees("書きかけを保存しました", NAME)
    colleague = Person(factories.MembershipFactory(municipality=kumagaya, user__display_name="佐藤").user)
    clock_at.move_to("2026-03-05T10:10:00+09:00")
    for person in (clerk, colleague):
        person.opens("/kumagaya/centre/paper/")
        person.follows(NAME)

    colleague.writes("電話番号", "090-0000-0009")
    colleague.presses("書きかけで保存")
    clerk.writes("電話番号", "090-0000-0008")
    clerk.presses("保存して確かめる")
    clerk.sees("佐藤さんが", "この画面の内容は、まだ保存していません")
    assert said(Application.objects.get())["phone"] == "090-0000-0009"
    clerk.presses("この画面の内容で置きかえる")
    clerk.sees("紙の申請を確かめる", "090-0000-0008")

    clerk.opens("/kumagaya/centre/paper/")
    clerk.follows(NAME)
    clerk.follows("消す")
    clerk.presses("書きかけを消す")
    assert not Application.objects.exists()
    assert Event.objects.filter(verb="paper.discarded", actor_id=clerk.user.pk).count() == 1


def test_the_same_mother__who_applies_on_paper_again__has_one_household_and_one_birth(clerk: Person) -> None:
    """Her child is born when the second paper comes: its units are counted with those of the first."""
    types_in(clerk)
    clerk.presses("保存して確かめる")
    clerk.presses("受け付ける")
    Application.objects.update(status="refused")
    types_in(clerk, name="高橋 崎子", due="R8.5.1")
    clerk.chooses("もう生まれた")
    clerk.writes_day("生まれた日", "R8.3.4")
    clerk.presses("保存して確かめる")
    clerk.sees("同じ方かもしれない申請", "氏名、ふりがな、生年月日、電話番号が同じ", "R7-0001")
    clerk.presses("受け付ける")
    clerk.sees("同じ方かどうかを選んでください")
    clerk.chooses(f"{NAME}さんと同じ方")
    clerk.presses("受け付ける")
    clerk.sees("R7-0002として受け付けました")

    assert Household.objects.count() == 1
    assert (Birth.objects.get().outcome, Birth.objects.get().born_on) == ("born", dt.date(2026, 3, 4))


def said(application: Application) -> dict[str, Any]:
    return dict(application.answers["person"]["clean"])
