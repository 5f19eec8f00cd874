"""What a facility keeps of its own, and its months."""

import datetime as dt
from itertools import count
from typing import Any

from eligibility.public import Municipality
from facilities import models as facilities
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import factories

from .common import DAY, Rows, following, kept

MONTH = dt.date(2026, 10, 1)


def desk(place: Any, town: Municipality, boss: User) -> Rows:
    """What a facility keeps of its own."""
    facility, now, today = place.facility, clock.now(), clock.today()
    mine = {"invited_by": boss, "invited_at": now, "sent_at": now, "expires_at": now + 7 * DAY}
    email = f"invited{following()}@example.jp"
    invitation = facilities.StaffInvitation.objects.create(
        facility=facility,
        email=email,
        display_name="招待の人",
        user=factories.UserFactory(email=email),
        joins_by_signing_in=True,
        **mine,
    )
    colleague = factories.StaffMembershipFactory(facility=facility, manages=False)
    lost = facilities.StaffReset.objects.create(
        facility=facility,
        user=factories.StaffMembershipFactory(facility=facility, manages=False).user,
        reason="電話をなくした",
        asked_by=colleague.user,
        asked_at=now,
        expires_at=now + DAY,
    )
    first = facilities.StaffInvitation.objects.create(
        facility=facility,
        municipality=town,
        email=f"first-{email}",
        display_name="はじめの人",
        user=factories.UserFactory(email=f"first-{email}"),
        joins_by_signing_in=True,
        **mine,
    )
    block = facilities.Block.objects.create(
        facility=facility,
        place=place.place,
        first_day=today + 30 * DAY,
        last_day=today + 30 * DAY,
        why="ward",
        note="工事",
        made_by=boss,
        made_at=now,
        form_token=f"b{following()}",
    )
    counter = {"facility": facility, "place": place.place, "day": block.first_day}
    facilities.DayCapacity.objects.update_or_create(**counter, defaults={"limit": 2, "used": 1})
    facilities.BlockedDay.objects.create(
        block=block, facility=facility, place=place.place, day=block.first_day, places=1, release_on=today + 20 * DAY
    )
    rest = facilities.VisitBreak.objects.create(
        facility=facility, first_day=today + 40 * DAY, last_day=today + 41 * DAY
    )
    facilities.Payee.objects.create(
        facility=facility,
        representative="代表 見本",
        bank="見本銀行",
        branch="本店",
        account="ordinary",
        account_number="1234567",
        holder="ミホン",
        entered_by=boss,
        entered_at=now,
    )
    return {
        "invitation": invitation.pk,
        "first_invitation": first.pk,
        "contract": place.contract_id,
        "colleague": colleague.pk,
        "staff_reset": lost.pk,
        "block": block.pk,
        "break": rest.pk,
        "town": town.slug,
        "code": facility.code,
        "kind": place.place,
        "offering": place.pk,
        "facility": facility.pk,
        "facility_code": facility.code,
    }


def month(place: Any, town: Municipality, boss: User, decider: User) -> Rows:
    """A month that was sent, and one on a payment list."""
    its: Rows = {"municipality": town, "facility": place.facility, "collected": 0, "price": 0, "public_share": 0}
    now = clock.now()
    sent = {
        "submitted_at": now,
        "submitted_by": boss,
        "report_file": kept("report.pdf"),
        "claim_file": kept("claim.pdf"),
    }
    number = count(following() + 900)
    snapshot: Rows = {}
    open_one = facilities.MonthReport.objects.create(
        **its, **sent, month=MONTH, number=next(number), status="submitted", snapshot=snapshot
    )
    accepted = facilities.MonthReport.objects.create(
        **its,
        **sent,
        month=dt.date(2026, 9, 1),
        number=next(number),
        status="accepted",
        accepted_at=now,
        accepted_by=decider,
        snapshot=snapshot,
    )
    listed = facilities.PaymentList.objects.create(
        municipality=town,
        fiscal_year=2026,
        number=next(number),
        total=0,
        made_at=now,
        made_by=decider,
        file=kept("list.pdf"),
    )
    facilities.PaymentEntry.objects.create(
        payment_list=listed,
        municipality=town,
        facility=place.facility,
        report=accepted,
        order=1,
        payee="見本",
        account="見本銀行 本店",
        amount=0,
    )
    return {
        "report": open_one.pk,
        "accepted": accepted.pk,
        "payment_list": listed.pk,
        "month": MONTH,
        "town": town.slug,
    }
