"""A revocation: the approval ends from a day, with its letter and all that hangs on it; nothing leads back."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.letters.content import LetterContent
from applications.models import Amendment, Application, Coupon, Letter, Pool, Revocation
from applications.selectors.standing import entitlement_of, standing_of
from applications.services import deciding, preparing, revoking
from applications.services.coupons import coupon_of
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Waiting
from facilities.services import booking as asking
from facilities.services.integrity import check
from facilities.services.waiting import wait_for
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import cases, factories
from tests.facilities.waiting import full

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
REASON = (
    "2月20日に東村山市へ転出されたことを、住民基本台帳で確認しました。要綱第3条の「住所を有する方」に当たりません。"
)
BORN: dict[str, Any] = {
    "birth__outcome": "born",
    "birth__born_on": dt.date(2026, 1, 15),
    "birth__due_date": dt.date(2026, 1, 15),
}


def approved(municipality: Municipality, nurse: Any, decider: Any) -> Any:
    application = cases.heard(municipality, nurse, **BORN)
    deciding.approve(application, by=decider, at=clock.now(), looked=True, **cases.full_grant(municipality))
    return cases.again(application)


def revoke(application: Any, decider: Any, *, day: dt.date | None = None, reason: str = REASON) -> Revocation:
    on = day or clock.today()
    return revoking.revoke(application, by=decider, at=clock.now(), reason=reason, effective_on=on)


def asks(application: Any, offering: Offering, first: dt.date, *, days: int = 1) -> Booking:
    entitlement = entitlement_of(application.citizen, application.municipality)
    assert entitlement
    return asking.request_booking(
        entitlement,
        offering,
        first_day=first,
        last_day=first + dt.timedelta(days=days - 1),
        arrival=dt.time(10),
        note="",
        form_token=f"form-{first}",
        by=application.citizen,
        at=clock.now(),
    )


@pytest.fixture
def stay_and_day(clinic: Any) -> dict[str, Offering]:
    return {row.service: row for row in Offering.objects.filter(facility=clinic).select_related("facility")}


def test_revoke__ends_what_lies_ahead_and_leaves_what_was_used(
    kodaira: Municipality, nurse: Any, decider: Any, stay_and_day: dict[str, Offering], receptionist: Any
) -> None:
    """From the second day on: a day before it stays, a day on it and a place in line go, at no cost."""
    application = approved(kodaira, nurse, decider)
    today = clock.today()
    soon, later = today + dt.timedelta(days=2), today + dt.timedelta(days=9)
    kept, gone = (
        asks(application, stay_and_day["day_service"], soon),
        asks(application, stay_and_day["day_service"], later),
    )
    entitlement = kept.entitlement
    full(stay_and_day["short_stay"], later + dt.timedelta(days=2), later + dt.timedelta(days=3))
    waits = wait_for(
        entitlement,
        stay_and_day["short_stay"],
        first_day=later + dt.timedelta(days=2),
        last_day=later + dt.timedelta(days=3),
        arrival=None,
        siblings=False,
        note="",
        form_token="wait",
        by=application.citizen,
        at=clock.now(),
    )

    revoke(application, decider, day=soon + dt.timedelta(days=1))

    gone, status = Booking.objects.get(pk=gone.pk), Waiting.objects.get(pk=waits.pk).status
    assert (Booking.objects.get(pk=kept.pk).status, gone.status, status) == (
        "requested",
        "cancelled_in_time",
        "withdrawn",
    )
    assert gone.consequence["total"] == 0
    assert gone.consequence["counted"] == {}
    standing = standing_of(entitlement)
    assert standing.grant(soon).services
    assert not standing.grant(later).services
    with pytest.raises(asking.NotBookable):
        asks(application, stay_and_day["day_service"], later + dt.timedelta(days=1))
    assert [wrong for wrong in check() if wrong.what != "day"] == []  # whose days are full here is nobody
    told = Mail.objects.filter(kind__startswith="booking_revoked").values_list("kind", "to").order_by("kind")
    assert list(told) == [
        ("booking_revoked", application.citizen.email),
        ("booking_revoked_desk", receptionist.email),
    ]


def test_its_letter__names_the_approval_the_day_the_reason_and_the_appeal(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = approved(kodaira, nurse, decider)
    seen = revoking.prepare_revocation(
        application, by=decider, at=clock.now(), reason=REASON, effective_on=clock.today()
    )
    revoke(application, decider)

    first, second = Letter.objects.order_by("number")
    text = LetterContent.from_snapshot(second.snapshot)
    assert (first.number, second.number, second.kind) == (1, 2, Letter.Kind.REVOCATION)
    assert {fact.label: fact.lines for fact in text.facts}["もとの通知書"][1].endswith(first.label)
    assert text.reasons == (REASON,)
    assert text.appeal
    assert text.facts == seen.facts
    assert cases.again(application).status == Application.Status.REVOKED


def test_revoke__withdraws_coupons_and_drafts_and_a_new_approval_counts_from_what_was_used(
    zushi: Municipality, nurse: Any
) -> None:
    asker = factories.MembershipFactory(municipality=zushi, role="centre").user
    decider = factories.MembershipFactory(municipality=zushi, role="decider").user
    application = approved(zushi, asker, decider)
    entitlement = entitlement_of(application.citizen, zushi)
    assert entitlement
    coupon_of(entitlement, at=clock.now())
    Pool.objects.filter(entitlement=entitlement).update(used=2)
    Amendment.objects.create(
        municipality=zushi, citizen=application.citizen, decision=application.decision, drafted_at=clock.now()
    )

    revoke(application, decider)

    assert not Coupon.objects.filter(withdrawn_at=None).exists()
    assert not Amendment.objects.exists()
    anew = cases.heard(zushi, asker, **BORN)
    Application.objects.filter(pk=anew.pk).update(birth=application.birth, citizen=application.citizen)
    few = cases.full_grant(zushi)
    few["limits"] = dict.fromkeys(few["limits"], 3)
    deciding.approve(cases.again(anew), by=decider, at=clock.now(), looked=True, **few)
    pool = Pool.objects.filter(entitlement=entitlement).first()
    assert pool
    assert (pool.used, pool.limit) == (2, 3)
    assert standing_of(entitlement).services


def test_after_a_loss__its_letter_has_no_word_of_a_child(zushi: Municipality) -> None:
    nurse = factories.MembershipFactory(municipality=zushi, role="centre").user
    decider = factories.MembershipFactory(municipality=zushi, role="decider").user
    application = approved(zushi, nurse, decider)
    birth = application.birth
    birth.outcome, birth.ended_on = "lost", clock.today()
    birth.save()
    application = cases.again(application)
    with pytest.raises(preparing.ReasonTooThin, match="「赤ちゃん」"):
        revoke(application, decider, reason=f"赤ちゃんのことで、{REASON}")
    revoke(application, decider)
    text = LetterContent.from_snapshot(Letter.objects.get(kind="revocation").snapshot).printed_text()
    assert "お子さま" not in text
    assert "赤ちゃん" not in text


def test_revoke__is_for_a_decider_with_other_hands_and_never_for_her_own(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = approved(kodaira, nurse, decider)
    with pytest.raises(PermissionDenied):
        revoke(application, nurse)
    kodaira.separate_decider = True
    kodaira.save()
    asker = factories.MembershipFactory(municipality=kodaira, role="decider").user
    own = approved(kodaira, asker, decider)
    with pytest.raises(preparing.SameHands):
        revoke(own, asker)
    with pytest.raises(revoking.EndsInThePast):
        revoke(application, decider, day=clock.today() - dt.timedelta(days=1))


def test_revoke__twice_tells_who_was_first(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    application = approved(kodaira, nurse, decider)
    as_on_screen = cases.again(application)
    revoke(application, decider)
    with pytest.raises(revoking.AlreadyRevoked) as told:
        revoke(as_on_screen, decider)
    assert told.value.revocation.by == decider
    assert Letter.objects.filter(kind="revocation").count() == 1
