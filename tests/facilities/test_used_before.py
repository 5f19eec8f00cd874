"""What was used on paper or before moving in: units and first uses are counted on from there, and taken back."""

import datetime as dt
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import Application, CarriedOver, LedgerEntry, Pool
from applications.services.carrying_over import NotCountable, record_used_before
from eligibility.public import Municipality
from facilities.models import Booking
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.facilities.walking import MAY_CHILD, Family, family, mails, sample_facilities
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


@pytest.fixture
def household(kawasaki: Municipality, in_june: None) -> Family:
    sample_facilities()
    return family(kawasaki, **MAY_CHILD)


def case_of(household: Family) -> str:
    """The address of her approved case."""
    with scopes_disabled():
        application = factories.ApplicationFactory(
            municipality=household.municipality, birth=household.entitlement.birth, citizen=household.mother
        )
        Application.objects.filter(pk=application.pk).update(status=Application.Status.APPROVED)
    return f"/kawasaki/centre/cases/{application.number}/"


def prices(household: Family) -> list[Any]:
    with scopes_disabled():
        rows = Booking.objects.filter(entitlement=household.entitlement).order_by("first_day")
        return [row.quote["total"] for row in rows]


def test_three_reductions_used_on_paper__leave_two_then_the_full_price_until_taken_back(household: Family) -> None:
    for day in range(1, 4):
        household.books("home_visit", f"2026-07-0{day}")
    assert prices(household) == [2500, 2500, 2500]
    nurse = Person(factories.MembershipFactory(municipality=household.municipality).user)

    nurse.opens(case_of(household))
    nurse.follows("紙の利用券や転入前に使った分")
    nurse.writes("すべての種類の合計", "３")
    nurse.writes("減免(5回目まで)を使った回数", "3")
    nurse.writes_day("いつまでに使った分か", "R8.5.31")
    nurse.chooses("この市の紙の利用券などで", to="どこで使ったか")
    nurse.presses("数える")

    nurse.sees("使った分を数えました。", "減免(5回目まで) 3回")
    assert prices(household) == [2500, 2500, 5000]
    (mail,) = mails(household, "bookings_repriced")
    assert "紙の利用券などで使った分を記録しましたので" in mail
    assert "7月3日の訪問型は、2,500円から5,000円になります。" in mail
    mother = Person(household.mother)
    mother.opens("/kawasaki/my/")
    mother.sees("紙の利用券などで使った分を引いてあります", "減免(5回目まで) 3回")
    with scopes_disabled():
        entry = LedgerEntry.objects.get(move=LedgerEntry.Move.OPENING)
        assert (entry.units, entry.reason, entry.by) == (3, CarriedOver.Reason.ON_PAPER, nurse.user)
        assert Pool.objects.get(code="all").used == 6
        assert check() == []

    nurse.follows("紙の利用券や転入前に使った分")
    nurse.writes("取り消す理由", "別の方の記録だった")
    nurse.presses("この記録を取り消す")

    assert prices(household) == [2500, 2500, 2500]
    with scopes_disabled():
        assert Pool.objects.get(code="all").used == 3
        assert check() == []
        verbs = [event.verb for event in Event.objects.filter(verb__startswith="entitlement.used")]
    assert sorted(verbs) == ["entitlement.used_before", "entitlement.used_before_undone"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"units": {"all": 8}}, "のこりより多い数"),
        ({"reductions": {"first_five": 6}}, "きまりの回数より多く"),
        ({"units": {"all": 0}}, "1つは入れて"),
        ({"units": {"all": 1}, "used_by": dt.date(2026, 6, 2)}, "きょうまでの日"),
        ({"units": {"all": 1}, "after": 99}, "いま記録されたところ"),
    ],
)
def test_record__refuses_what_cannot_be_counted(household: Family, given: dict[str, Any], said: str) -> None:
    number = case_of(household).split("/")[-2]
    said_of: dict[str, Any] = {
        "units": {},
        "reductions": {},
        "reason": "on_paper",
        "used_by": dt.date(2026, 5, 31),
        "after": None,
    }
    nurse = factories.MembershipFactory(municipality=household.municipality).user
    with scopes_disabled():
        application = Application.objects.get(number=number)
        with pytest.raises(NotCountable, match=said):
            record_used_before(application, **said_of | given, by=nurse, at=clock.now())
        assert not CarriedOver.objects.exists()
        assert check() == []


def test_phone_cancellation_at_the_centre__follows_the_time_of_the_call(
    household: Family, kodaira: Municipality, clock_at: Any
) -> None:
    """The rule asks for noon of the day before: called at eleven, typed in at one."""
    booking = household.books("home_visit", "2026-07-01")
    case = case_of(household)
    clock_at.move_to("2026-06-30T13:00:00+09:00")
    nurse = Person(factories.MembershipFactory(municipality=household.municipality).user)
    nurse.opens(case)
    nurse.follows("電話での取り消し")
    nurse.sees("お金がかかることがあります")

    nurse.writes_day("連絡を受けた日", "R8.7.30")
    nurse.presses("この日時の結果を確かめる")
    nurse.sees("これからの時刻は入力できません")
    nurse.writes_day("連絡を受けた日", "R8.6.30")
    nurse.writes("連絡を受けた時刻", "11:00")
    nurse.presses("この日時の結果を確かめる")
    nurse.misses("お金がかかることがあります")
    nurse.presses("1回分を戻して取り消す")

    nurse.sees("取り消しを記録しました。控えをお母さんにメールで送りました。")
    with scopes_disabled():
        closed = household.last()
        assert closed.status == Booking.Status.CANCELLED_IN_TIME
        assert closed.contact_at == dt.datetime(2026, 6, 30, 11, tzinfo=clock.TOKYO)
        assert Event.objects.filter(verb="booking.cancelled", actor_id=nurse.user.pk).count() == 1
        assert check() == []
    assert len(mails(household, "booking_cancelled")) == 1
    other = factories.MembershipFactory(municipality=kodaira).user
    nurse.client.force_login(other)
    assert nurse.client.get(f"{case}bookings/{booking.number}/cancel/").status_code in {403, 404}
