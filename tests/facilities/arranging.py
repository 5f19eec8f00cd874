"""Visits that the centre arranges: a supporter of Kodaira's own organisation, a midwife of an invented one."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django_scopes import scopes_disabled

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Contract, Facility, Offering, Preparation, Wish
from facilities.selectors.preparations import is_prepared
from facilities.selectors.wording import said_to_her
from facilities.services.arranging import arrange
from facilities.services.wishing import make_wish
from postpartum_portal.shared import clock

WEDNESDAY = dt.date(2026, 3, 11)
_tokens = itertools.count()


def supporters(municipality: Municipality) -> Offering:
    """Supporter visits by the organisation that Kodaira's page names."""
    return _offering(municipality, "kirara", "supporter_visit")


def midwives(municipality: Municipality) -> Offering:
    """Midwife visits; Kodaira's page names nobody who gives them."""
    with scopes_disabled():
        facility = Facility.objects.create(code="mihon-midwives", name="見本助産師会")
        tenant = {"municipality": municipality, "facility": facility}
        contract = Contract.objects.create(**tenant)
        Offering.objects.create(contract=contract, service="midwife_visit", place="midwife_visit", **tenant)
    return _offering(municipality, "mihon-midwives", "midwife_visit")


def one_more_midwife(municipality: Municipality) -> Offering:
    """A midwife of her own, beside the association."""
    with scopes_disabled():
        facility = Facility.objects.create(code="mihon-other", name="見本の助産師")
        tenant = {"municipality": municipality, "facility": facility}
        contract = Contract.objects.create(**tenant)
        return Offering.objects.create(contract=contract, service="midwife_visit", place="midwife_visit", **tenant)


def wished(entitlement: Entitlement, **changes: Any) -> Wish:
    """She would like a supporter on 3月11日, unless told otherwise."""
    said: dict[str, Any] = {
        "service": "supporter_visit",
        "words": "",
        "first_days": [WEDNESDAY],
        "days": 1,
        "note": "",
        "vaccination_days": [],
        "form_token": f"wish-{next(_tokens)}",
        "by": entitlement.citizen,
        "at": clock.now(),
    }
    return make_wish(entitlement, **{**said, **changes})


def prepared(wish: Wish, offering: Offering, *, by: Any) -> Preparation | None:
    """The visit before the visits has taken place, where the service has one and it has not."""
    entitlement = wish.entitlement
    if is_prepared(entitlement, said_to_her(entitlement).service(wish.service)):
        return None
    with scopes_disabled():
        return Preparation.objects.create(
            municipality=wish.municipality,
            citizen=wish.citizen,
            facility=offering.facility,
            entitlement=entitlement,
            wish=wish,
            form_token=f"prepared-{next(_tokens)}",
            service=wish.service,
            day=wish.made_at.date(),
            arrival=dt.time(9),
            status=Preparation.Status.DONE,
            agreed="水曜の午後",
            made_at=wish.made_at,
            made_by=by,
            closed_at=wish.made_at,
        )


def arranged(wish: Wish, offering: Offering, *, by: Any, **changes: Any) -> Booking:
    """The centre asks for two hours from 13:00 on 3月11日, unless told otherwise; what goes before is done."""
    prepared(wish, offering, by=by)
    said: dict[str, Any] = {
        "first_day": WEDNESDAY,
        "last_day": changes.get("first_day", WEDNESDAY),
        "arrival": dt.time(13),
        "hours": Decimal(2),
        "note": "",
        "form_token": f"arranged-{next(_tokens)}",
        "at": clock.now(),
    }
    return arrange(wish, offering, by=by, **{**said, **changes})


def _offering(municipality: Municipality, code: str, service: str) -> Offering:
    with scopes_disabled():
        rows = Offering.objects.select_related("facility", "contract")
        return rows.get(municipality=municipality, facility__code=code, service=service)
