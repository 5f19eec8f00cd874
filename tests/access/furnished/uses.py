"""Bookings of one family at one facility in each state that has an address, and all that hangs on them."""

import datetime as dt
from typing import Any

from applications import models as applications
from eligibility.public import Municipality
from facilities import models as facilities
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import factories

from .common import DAY, Rows, following


def uses(mother: User, town: Municipality, place: Any, staff: User, nurse: User) -> Rows:
    """Bookings of one family at one facility in each state that has an address, and all that hangs on them."""
    entitlement = applications.Entitlement.objects.get(municipality=town, citizen=mother)
    now, today = clock.now(), clock.today()
    its = {"municipality": town, "facility": place.facility}
    whose = {**its, "citizen": mother}

    def booking(status: str, first: dt.date, **more: Any) -> Any:
        return factories.BookingFactory(
            municipality=town,
            facility=place.facility,
            entitlement=entitlement,
            number=f"B9{following():05d}",
            form_token=f"access-{following()}",
            service=place.service,
            first_day=first,
            last_day=first,
            arrival=dt.time(10),
            status=status,
            units={},
            quote={"lines": [], "total": 2000, "class": "general", "version": entitlement.programme_version_id},
            requested_at=now - 9 * DAY,
            **more,
        )

    asked, suggested = (
        booking("requested", today + 9 * DAY),
        booking("suggested", today + 10 * DAY, decline_reason="満室のため"),
    )
    ahead, came = (
        booking("confirmed", today + 12 * DAY),
        booking("attended", today - 8 * DAY, attended_at=now - 8 * DAY),
    )
    here, moving = booking("confirmed", today), booking("confirmed", today + 13 * DAY)
    late = booking(
        "cancelled_late", today - 3 * DAY, contact_at=now - 3 * DAY, closed_at=now - 3 * DAY, consequence=LATE
    )
    days = {"first_day": today + 15 * DAY, "last_day": today + 15 * DAY, "service": place.service}
    kept_until = {"made_by": staff, "expires_at": now + DAY}
    hold = facilities.Hold.objects.create(
        **its, **days, code=f"{following():06d}", form_token=f"h{following()}", **kept_until
    )
    other = facilities.Hold.objects.create(
        **its, **days, suggested_for=suggested, form_token=f"h{following()}", **kept_until
    )
    move = facilities.Move.objects.create(
        **whose,
        booking=moving,
        number=f"{moving.number}-1",
        form_token=f"v{following()}",
        old_first_day=moving.first_day,
        old_last_day=moving.last_day,
        first_day=today + 16 * DAY,
        last_day=today + 16 * DAY,
        arrival=dt.time(10),
        old_arrival=dt.time(10),
        units={},
        taken={},
        consequence=LATE,
        contact_at=now,
        asked_at=now,
        asked_by=mother,
    )
    paid = facilities.Payment.objects.create(
        **whose,
        booking=came,
        kind="use",
        label="利用料",
        amount=500,
        paid_at=now - 8 * DAY,
        by=staff,
        receipt=f"R9{following():05d}",
        form_token=f"y{following()}",
    )
    care = facilities.CareRecord.objects.create(
        **whose,
        booking=came,
        day=came.first_day,
        version=1,
        mother="元気",
        handover="次も来たいそうです",
        by=staff,
        at=now,
    )
    late_too = booking("cancelled_late", today - 4 * DAY, contact_at=now - 4 * DAY, closed_at=now, consequence=LATE)
    facilities.FeeWaiver.objects.create(**whose, booking=late_too, reason="災害のため", by=staff, at=now)
    return {
        "requested": asked.number,
        "suggested": suggested.number,
        "booking": ahead.number,
        "came": came.number,
        "today": here.number,
        "late": late.number,
        "waived": late_too.number,
        "hold": hold.pk,
        "suggestion": other.pk,
        "move": move.number,
        "moving": moving.number,
        "receipt": paid.receipt,
        "care": care.pk,
        "offering": place.pk,
        **_wished(entitlement, mother, town, place, nurse),
    }


LATE = {
    "kind": "late",
    "code": "cancel_deadline",
    "counted": {},
    "returned": {},
    "lines": [{"label": "キャンセル料", "arithmetic": "", "amount": 2000}],
    "total": 2000,
    "headline": "",
    "money_text": "2,000円がかかります。",
    "fact": "期限を過ぎています。",
    "source": "きまりの文",
    "open": {"kind": "unpublished", "text": "決まりは公表されていません。"},
}


def visit(mother: User, town: Municipality, code: str) -> str:
    """A booking of hers with who visits at home."""
    service = "supporter_visit"
    its = {"municipality": town, "facility": facilities.Facility.objects.get(code=code)}
    entitlement = applications.Entitlement.objects.get(municipality=town, citizen=mother)
    return str(
        factories.BookingFactory(
            **its,
            entitlement=entitlement,
            number=f"B9{following():05d}",
            form_token=f"access-{following()}",
            service=service,
            first_day=clock.today() + 6 * DAY,
            last_day=clock.today() + 6 * DAY,
            arrival=dt.time(13),
            hours=2,
            status="confirmed",
            units={},
            quote={"lines": [], "total": 2000, "class": "general", "version": entitlement.programme_version_id},
        ).number
    )


def _wished(entitlement: Any, mother: User, town: Municipality, place: Any, nurse: User) -> Rows:
    now, today = clock.now(), clock.today()
    whose = {"municipality": town, "citizen": mother}
    day = (today + 20 * DAY).isoformat()
    said = {"entitlement": entitlement, "service": place.service, "first_days": [day]}
    wish, prepared = (facilities.Wish.objects.create(**whose, **said, form_token=f"w{following()}") for _ in range(2))
    at = {**whose, "facility": place.facility}
    preparation = facilities.Preparation.objects.create(
        **at,
        entitlement=entitlement,
        wish=prepared,
        form_token=f"p{following()}",
        service=place.service,
        day=today + DAY,
        arrival=dt.time(9),
        made_at=now,
        made_by=nurse,
    )
    sounding = facilities.Sounding.objects.create(
        **at,
        wish=wish,
        form_token=f"s{following()}",
        first_days=[day],
        asked_at=now,
        asked_by=nurse,
        answer_by=now + 2 * DAY,
    )
    waiting = facilities.Waiting.objects.create(
        **at,
        entitlement=entitlement,
        offering=place,
        form_token=f"q{following()}",
        service=place.service,
        place=place.place,
        first_day=today + 21 * DAY,
        last_day=today + 21 * DAY,
    )
    return {"wish": wish.pk, "preparation": preparation.pk, "sounding": sounding.pk, "waiting": waiting.pk}
