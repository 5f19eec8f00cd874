"""The table of penalties (penalties.yaml), through the services: what giving up each service costs in units and yen."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from applications.public import take
from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Booking, Offering
from facilities.selectors.moving import moving_of
from facilities.selectors.outcomes import receipt_of
from facilities.selectors.uses import use_of
from facilities.selectors.versions import versions_of
from facilities.services.attending import no_show, preview_no_show
from facilities.services.cancelling import cancel, preview
from facilities.services.moving import preview_move
from facilities.services.shown import Shown
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import factories
from tests.facilities.arranging import midwives
from tests.facilities.walking import MAY_CHILD, family, offering, proved, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june", "all_tenants")]
TABLE: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("penalties.yaml").read_text())
FIRST = dt.date(2026, 6, 10)
ROWS = [(slug, service) for slug, services in TABLE.items() for service in services]
SECOND = dt.timedelta(seconds=1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Booked:
    """A confirmed use that holds its units, and somebody who works where it takes place."""

    booking: Booking
    offering: Offering
    worker: User

    def cancelled(self, at: dt.datetime) -> dict[str, Any]:
        """What is kept of a call at that instant, typed in ten minutes later."""
        with _undone():
            held = Booking.objects.get(pk=self.booking.pk)
            shown = Shown.of(preview(held, contact_at=at))
            cancel(held, contact_at=at, shown=shown, by=self.worker, at=at + dt.timedelta(minutes=10))
            receipt = receipt_of(held)
            assert receipt is not None
            assert receipt.contact_at == at
            return held.consequence

    def absent(self) -> dict[str, Any]:
        with _undone():
            held = Booking.objects.get(pk=self.booking.pk)
            no_show(held, shown=Shown.of(preview_no_show(held)), by=self.worker, at=_at("06-10 18:00:00"))
            return held.consequence

    def moved(self, at: dt.datetime, first: dt.date, last: dt.date) -> engine.Consequence:
        use = replace(use_of(self.booking), first_day=first, last_day=last)
        return preview_move(moving_of(self.booking, self.offering), use, contact_at=at).consequence


@pytest.mark.parametrize(("slug", "service"), ROWS, ids=[f"{slug}-{service}" for slug, service in ROWS])
def test_giving_up__costs_what_the_table_says(slug: str, service: str, request: pytest.FixtureRequest) -> None:
    row = TABLE[slug][service]
    booked = _booked(request.getfixturevalue(slug), service, row)
    free, late = _at(row["free"]), _at(row["late"])
    if "open" not in row:
        assert late - free == SECOND

    in_time = booked.cancelled(free)
    assert (in_time["kind"], in_time["counted"], in_time["returned"]) == ("in_time", {}, row["units"])
    assert in_time["total"] == 0 or "open" in row

    for instant in (late, late + SECOND) if "open" not in row else (late,):
        after = booked.cancelled(instant)
        assert after["kind"] == ("in_time" if "open" in row else "late")
        _costs(after, row["after"], row["fee"], row["text"])
    absent = booked.absent()
    assert absent["kind"] == "no_show"
    _costs(absent, row["absent"], row["absent_fee"], row["absent_text"])
    assert ("open" in absent) == ("open" in row)

    other = FIRST + dt.timedelta(days=10)
    last = other + dt.timedelta(days=row["days"] - 1)
    moved = booked.moved(late, other, last)
    assert (dict(moved.counted), _yen(moved.total)) == (row["after"], row["fee"])
    assert not booked.moved(free, other, last).counted
    if row["days"] > 1:
        shorter = booked.moved(late, FIRST, booked.booking.last_day - dt.timedelta(days=1))
        assert (dict(shorter.counted), _yen(shorter.total)) == (row["shortened"], row["fee"])


@pytest.mark.parametrize("exempt", [False, True])
@pytest.mark.parametrize("children", [1, 2])
def test_k10_k15__a_midwife_who_finds_nobody_at_home__is_owed_by_twins_more_and_by_exempt_households_too(
    kodaira: Municipality, children: int, exempt: bool
) -> None:
    row = TABLE["kodaira"]["midwife_visit"]
    booked = _booked(kodaira, "midwife_visit", row, children=children, exempt=exempt)

    assert booked.absent()["total"] == (row["absent_fee"] if children == 1 else row["twins_fee"])


def test_the_table__holds_every_service_of_the_five(
    kodaira: Municipality, kumagaya: Municipality, kawasaki: Municipality, zushi: Municipality, okayama: Municipality
) -> None:
    from_files = {
        place.slug: {service.code for service in _terms(place).services}
        for place in (kodaira, kumagaya, kawasaki, zushi, okayama)
    }
    assert {slug: set(services) for slug, services in TABLE.items()} == from_files


def _booked(municipality: Municipality, service: str, row: Row, *, children: int = 1, exempt: bool = False) -> Booked:
    sample_facilities()
    household = family(municipality, **MAY_CHILD, children=children)
    if exempt:
        proved(household, "public_assistance", proof="public_assistance_certificate")
    place = midwives(municipality) if service == "midwife_visit" else offering(municipality, service)
    booking = factories.BookingFactory(
        municipality=municipality,
        facility=place.facility,
        entitlement=household.entitlement,
        service=service,
        status="confirmed",
        first_day=FIRST,
        last_day=FIRST + dt.timedelta(days=row["days"] - 1),
        arrival=dt.time(10),
        hours=row.get("hours"),
        units=row["units"],
        quote={"lines": [], "total": 0},
        requested_at=clock.now() - dt.timedelta(days=1),
    )
    take(household.entitlement, row["units"], booking_number=booking.number, by=None, at=clock.now())
    return Booked(booking, place, factories.StaffMembershipFactory(facility=place.facility).user)


def _costs(kept: Row, counted: dict[str, int], fee: int | str, text: str) -> None:
    total = kept["total"] if isinstance(kept["total"], int) else "unpublished"
    assert (kept["counted"], total, kept["money_text"]) == (counted, fee, text)


def _yen(amount: engine.Amount) -> int | str:
    return "unpublished" if isinstance(amount, engine.Unpublished) else int(amount)


def _at(day_and_time: str) -> dt.datetime:
    return dt.datetime.strptime(f"2026-{day_and_time}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=clock.TOKYO)


def _terms(municipality: Municipality) -> engine.Terms:
    return versions_of(municipality).terms_on(FIRST)


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside leaves no trace, so that the same booking meets the next case."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
