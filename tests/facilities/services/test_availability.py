"""利用の可否通知 after a move: another letter for the new days, and the old one stays in the register as void."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from applications.letters.content import LetterContent
from applications.models import Letter
from applications.public import approve, entitlement_of, own_letters
from eligibility.public import Municipality
from facilities.models import Booking, Offering
from facilities.services.answering import confirm
from facilities.services.cancelling import cancel, preview
from facilities.services.move_answers import accept_move, decline_move
from facilities.services.shown import Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.cases import full_grant, heard
from tests.clients import signed_in
from tests.facilities.arranging import arranged, wished
from tests.facilities.moves import move_to

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NINE = dt.time(9)


@dataclass
class Stay:
    """Two days from 3月18日 that the centre arranged, and whoever deals with them."""

    booking: Booking
    offering: Offering
    mother: Any
    clinic: Any
    nurse: Any

    def moved(self, first: int, last: int) -> Any:
        days = [dt.date(2026, 3, day) for day in (first, last)]
        return move_to(self.booking, self.offering, *days, by=self.mother, at=clock.now(), arrival=NINE)


@pytest.fixture
def stay(kumagaya: Municipality, mother: Any) -> Iterator[Stay]:
    nurse, decider = (
        factories.MembershipFactory(municipality=kumagaya, role=role).user for role in ("centre", "decider")
    )
    born: dict[str, Any] = {"birth__expected": False, "birth__born_on": dt.date(2026, 3, 1)}
    application = heard(kumagaya, nurse, household__citizen=mother, birth__citizen=mother, **born)
    with tenant(municipality=kumagaya.pk):
        approve(application, by=decider, at=clock.now(), **full_grant(kumagaya))
        entitlement = entitlement_of(mother, kumagaya)
        assert entitlement
        offering = Offering.objects.select_related("facility", "contract").get(
            facility__code="nakajima-josanin", service="short_stay"
        )
        clinic = factories.StaffMembershipFactory(facility=offering.facility).user
        days = {"first_day": dt.date(2026, 3, 18), "last_day": dt.date(2026, 3, 19)}
        wish = wished(entitlement, service="short_stay", first_days=[days["first_day"]], days=2)
        booking = arranged(wish, offering, by=nurse, **days, arrival=NINE, hours=None)
        yield Stay(booking, offering, mother, clinic, nurse)


def letters() -> list[Letter]:
    return list(Letter.objects.filter(kind=Letter.Kind.AVAILABILITY).order_by("number"))


def rows(letter: Letter) -> dict[str, tuple[str, ...]]:
    return {fact.label: fact.lines for fact in LetterContent.from_snapshot(letter.snapshot).facts}


def test_a_confirmed_move__brings_a_letter_that_names_both_days__and_the_old_one_is_void(stay: Stay) -> None:
    confirm(stay.booking, by=stay.clinic, at=clock.now())
    asked = stay.moved(23, 24)
    assert len(letters()) == 1, "as long as the clinic has not said yes, the old days hold"
    accept_move(asked, by=stay.clinic, at=clock.now())

    old, new = letters()
    assert (old.status, old.void_reason, old.voided_by) == ("void", "利用する日時が変わりました。", stay.clinic)
    assert (new.status, new.replaces, new.number) == ("queued", old, old.number + 1)
    told = rows(new)
    assert told["前の通知書"] == (old.title, f"令和8年3月5日付け {old.label}", "この通知書に代わります")
    assert told["利用する日"][0] == "令和8年3月23日(月)から令和8年3月24日(火)まで 1泊2日"
    assert told["変更前の日"] == rows(old)["利用する日"]
    assert told["取り消しの期限"] == ("3月21日(土) 17:00 まで",)


def test_each_move__replaces_the_letter_that_stands(stay: Stay) -> None:
    confirm(stay.booking, by=stay.clinic, at=clock.now())
    for first, last in ((23, 24), (25, 27)):
        accept_move(stay.moved(first, last), by=stay.clinic, at=clock.now())
    stay.moved(25, 26)  # only shortened, which nobody has to agree to

    found = letters()
    assert [letter.status for letter in found] == ["void", "void", "void", "queued"]
    assert [letter.replaces for letter in found] == [None, *found[:-1]]
    assert rows(found[-1])["変更前の日"][0] == "令和8年3月25日(水)から令和8年3月27日(金)まで 2泊3日"


def test_a_move_that_changes_nothing_written__writes_nothing(stay: Stay) -> None:
    """Of a request, no letter has gone out yet; a move that is declined leaves the letter as it is."""
    stay.moved(23, 24)
    assert not letters()
    stay.booking = Booking.objects.get(pk=stay.booking.pk)
    confirm(stay.booking, by=stay.clinic, at=clock.now())
    decline_move(stay.moved(25, 26), reason="満室です。", by=stay.clinic, at=clock.now())

    (letter,) = letters()
    assert letter.status == "queued"
    assert "変更前の日" not in rows(letter)


def test_a_cancelled_booking__is_told_beside_its_letter_which_stays(stay: Stay, clock_at: Any) -> None:
    confirm(stay.booking, by=stay.clinic, at=clock.now())
    (letter,) = letters()
    made = {"storage_name": "letters/a.pdf", "sha256": "a", "issued_at": clock.now()}
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.ISSUED, **made)
    page = f"/{stay.nurse.memberships.get().municipality.slug}/my/letters/"
    hers = signed_in(stay.mother)
    assert "取り消されました" not in hers.get(page).content.decode()

    clock_at.move_to("2026-03-07T10:00:00+09:00")
    booking = Booking.objects.get(pk=stay.booking.pk)
    shown = Shown.of(preview(booking, contact_at=clock.now()))
    cancel(booking, contact_at=clock.now(), shown=shown, by=stay.mother, at=clock.now())

    told = hers.get(page).content.decode()
    assert "この手紙の予約は、" in told
    assert "3月7日" in told.partition("この手紙の予約は、")[2].partition("に取り消されました。")[0]
    assert [one.status for one in letters()] == ["issued"]
    assert [own.cancelled_on for own in own_letters(on=clock.today())].count(dt.date(2026, 3, 7)) == 1
