"""A desk's deed is judged and priced by all of a family's bookings, also by those that its pages never show.

川崎市 takes 2,500円 off each of the first five days, over all facilities: a stay of 7,500円 a day at the clinic, and a
visit of 5,000円 by somebody else.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Move
from facilities.selectors import moves, requoting
from facilities.services.integrity import check
from tests.facilities.shown import shown_on
from tests.facilities.walking import MAY_CHILD, Family, call_typed_in, desk, family, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

CLINIC, VISITS = "mihon-kawasaki-clinic", "mihon-kawasaki-visits"
BEFORE, AFTER = "2026-06-05", "2026-06-20"
FIRST = dt.date(2026, 6, 10)
NOT_THAT_DAY = "この方は、この日は予約できません。"

Deed = Callable[[Family, Booking, Any], None]


@pytest.fixture
def home(kawasaki: Municipality, in_june: None) -> Family:
    sample_facilities()
    return family(kawasaki, **MAY_CHILD)


def stays(home: Family, days: int) -> Booking:
    return home.books("short_stay", str(FIRST), days=days, at=CLINIC, arrival="10:00:00")


def visited(home: Family, day: str) -> Booking:
    return home.books("home_visit", day, at=VISITS, arrival="10:00:00")


def price(booking: Booking) -> Any:
    with scopes_disabled():
        return Booking.objects.get(pk=booking.pk).quote["total"]


def page(view: str, booking: Booking, **said: Any) -> str:
    return desk(booking).get(_at(view, booking), said).content.decode()


def sends(view: str, booking: Booking, **said: Any) -> str:
    return desk(booking).post(_at(view, booking), said, follow=True).content.decode()


def comes(home: Family, stay: Booking, clock_at: Any) -> None:
    clock_at.move_to("2026-06-10T10:05:00+09:00")
    sends("attend", stay)


def leaves(home: Family, stay: Booking, clock_at: Any) -> None:
    comes(home, stay, clock_at)
    html = page("leave_early", stay, last_day="2026-06-12")
    sends("leave_early", stay, last_day="2026-06-12", shown=shown_on(html), token=_token(html))


def stays_on(home: Family, stay: Booking, clock_at: Any) -> None:
    comes(home, stay, clock_at)
    html = page("extend", stay, last_day="2026-06-14")
    sends("extend", stay, last_day="2026-06-14", token=_token(html))


def calls(home: Family, stay: Booking, clock_at: Any) -> None:
    html, form = call_typed_in(stay, "2026-06-01", "10:00")
    sends("cancel", stay, **form, shown=shown_on(html))


def stays_away(home: Family, stay: Booking, clock_at: Any) -> None:
    clock_at.move_to("2026-06-10T18:00:00+09:00")
    sends("no_show", stay, shown=shown_on(page("no_show", stay)))


def came_after_all(home: Family, stay: Booking, clock_at: Any) -> None:
    stays_away(home, stay, clock_at)
    sends("undo_record", stay)


def is_declined(home: Family, stay: Booking, clock_at: Any) -> None:
    _unanswered(stay)
    sends("decline", stay, why="full")


def is_moved(home: Family, stay: Booking, clock_at: Any) -> None:
    """To the five days from 6月21日, which come after the visit."""
    asks_to_move(home, stay, "2026-06-21", days=5)
    with scopes_disabled():
        move = Move.objects.get(booking=stay)
    desk(stay).post(reverse("facility:accept_move", args=[move.number]))


@pytest.mark.parametrize(
    ("deed", "days", "visit_on", "prices"),
    [
        pytest.param(comes, 5, BEFORE, [(27_500, 2_500), (27_500, 2_500)], id="check-in"),
        pytest.param(leaves, 5, AFTER, [(25_000, 5_000), (15_000, 2_500)], id="early leave"),
        pytest.param(stays_on, 4, AFTER, [(20_000, 2_500), (25_000, 5_000)], id="extension"),
        pytest.param(calls, 5, AFTER, [(25_000, 5_000), (25_000, 2_500)], id="cancelled by phone"),
        pytest.param(stays_away, 5, AFTER, [(25_000, 5_000), (25_000, 2_500)], id="no-show"),
        pytest.param(came_after_all, 5, AFTER, [(25_000, 5_000), (25_000, 5_000)], id="no-show undone"),
        pytest.param(is_declined, 5, AFTER, [(25_000, 5_000), (25_000, 2_500)], id="declined"),
        pytest.param(is_moved, 5, AFTER, [(25_000, 5_000), (27_500, 2_500)], id="move accepted"),
    ],
)
def test_deed__prices_both_among_all_of_the_family_s_uses(
    home: Family, clock_at: Any, deed: Deed, days: int, visit_on: str, prices: list[tuple[int, int]]
) -> None:
    stay, visit = stays(home, days), visited(home, visit_on)
    assert (price(stay), price(visit)) == prices[0]

    deed(home, stay, clock_at)

    assert (price(stay), price(visit)) == prices[1]


def test_control__by_what_the_desk_sees_alone__the_price_is_wrong(
    home: Family, clock_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay, visit = stays(home, 5), visited(home, BEFORE)
    monkeypatch.setattr(requoting, "tenant", _no_wider)

    comes(home, stay, clock_at)

    assert (price(stay), price(visit)) == (25_000, 2_500)


def test_extension__tells_the_price_that_it_then_keeps(home: Family, clock_at: Any) -> None:
    stay, _ = stays(home, 3), visited(home, BEFORE)
    comes(home, stay, clock_at)

    assert "27,500円" in page("extend", stay, last_day="2026-06-14")

    stays_on(home, stay, clock_at)
    assert price(stay) == 27_500


@pytest.mark.parametrize("asked", [False, True], ids=["booked elsewhere", "asked for elsewhere"])
def test_extension__into_a_day_that_is_hers_elsewhere__is_refused_without_a_word_of_it(
    home: Family, clock_at: Any, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    stay, visit = stays(home, 3), visited(home, AFTER if asked else "2026-06-13")
    if asked:
        asks_to_move(home, visit, "2026-06-13")
    comes(home, stay, clock_at)

    html = page("extend", stay, last_day="2026-06-14")
    assert NOT_THAT_DAY in html
    assert not [word for word in ("訪問", visit.facility.name, visit.number) if word in html]
    sends("extend", stay, last_day="2026-06-14", token="f" * 32)
    assert _last_day(stay) == dt.date(2026, 6, 12)
    with scopes_disabled():
        assert check() == []

    for reading in (requoting, moves):
        monkeypatch.setattr(reading, "tenant", _no_wider)
    stays_on(home, stay, clock_at)
    assert _last_day(stay) == dt.date(2026, 6, 14), "the control: the desk's own scope shows nothing of it"


def test_month__finds_no_other_price_where_the_family_s_uses_give_it(
    home: Family, clock_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay, _ = stays(home, 5), visited(home, BEFORE)
    comes(home, stay, clock_at)
    clock_at.move_to("2026-07-01T10:00:00+09:00")
    where = reverse("facility:month_end", args=["kawasaki", dt.date(2026, 6, 1)])

    assert "いまの記録では" not in desk(stay).get(where).content.decode()

    monkeypatch.setattr(requoting, "tenant", _no_wider)
    assert "いまの記録では25,000円" in desk(stay).get(where).content.decode(), "the control"


def asks_to_move(home: Family, booking: Booking, day: str, *, days: int = 1) -> None:
    html = home.reads("move", booking.number, days=days, day=day)
    form = {"days": days, "day": day, "arrival": "10:00:00", "token": _token(html), "shown": shown_on(html)}
    home.browser.post(reverse("facilities:move", args=[home.municipality.slug, booking.number]), form)


def _at(view: str, booking: Booking) -> str:
    return reverse(f"facility:{view}", args=[booking.number])


def _token(html: str) -> str:
    return html.partition('name="token" value="')[2].partition('"')[0]


def _last_day(booking: Booking) -> dt.date:
    with scopes_disabled():
        return Booking.objects.get(pk=booking.pk).last_day


def _unanswered(booking: Booking) -> None:
    with scopes_disabled():
        Booking.objects.filter(pk=booking.pk).update(status=Booking.Status.REQUESTED, answered_at=None)


def _no_wider(**_scope: Any) -> Any:
    """In place of the municipality's scope: what the desk sees, and no more."""
    return nullcontext()
