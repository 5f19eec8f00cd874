"""Bookings as the rules want to see them."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache

from django.utils.translation import gettext as _

from applications.public import dates_of
from eligibility import engine
from eligibility.engine.unsaid import without_unsaid
from eligibility.engine.wording import hours_text, pool_counter, pool_units
from facilities.models import Booking
from postpartum_portal.shared import clock

from .versions import Versions, versions_of


def use_of(booking: Booking) -> engine.Use:
    """A booking as a use: what it still holds of days and units follows from its status."""
    return engine.Use(
        service=booking.service,
        first_day=booking.first_day,
        last_day=booking.last_day,
        start_time=booking.arrival,
        hours=None if booking.hours is None else float(booking.hours),
        siblings=booking.siblings,
        number=booking.pk or 0,
        status=_status(booking),
    )


def terms_of(booking: Booking) -> engine.Terms:
    """Price and cancellation follow the version of the programme in force on the first day of use.

    After a loss no rule for cancelling holds for what the centre is asked about.
    """
    return terms_among(versions_of(booking.municipality_id), booking)


def terms_reader() -> Callable[[Booking], engine.Terms]:
    """`terms_of` for a list of bookings: one query for each municipality among them."""
    versions = cache(versions_of)
    return lambda booking: terms_among(versions(booking.municipality_id), booking)


def terms_among(versions: Versions, booking: Booking) -> engine.Terms:
    """`terms_of`, with the versions at hand."""
    family = dates_of(booking.entitlement.birth).family
    return without_unsaid(versions.terms_of(booking.service, booking.first_day), family)


def deadline_of(booking: Booking) -> engine.Deadline:
    """Until when the units of a booking come back."""
    return engine.deadline_of(use_of(booking), terms_of(booking))


def starts_at(booking: Booking, terms: engine.Terms) -> dt.time | None:
    """The agreed hour, or the hour at which the service opens; None where each facility has hours of its own."""
    return booking.arrival or terms.service(booking.service).hours.opens


def ends_at(booking: Booking, terms: engine.Terms) -> dt.time | None:
    """The end of an agreed visit, or the hour at which the service closes; None where neither is known."""
    service = terms.service(booking.service)
    if booking.arrival is None or service.kind is not engine.ServiceKind.VISIT:
        return service.hours.closes
    hours = engine.hours_of(use_of(booking), service, dates_of(booking.entitlement.birth).counted_children)
    if not hours:
        return None
    begins = dt.datetime.combine(booking.first_day, booking.arrival)
    return (begins + dt.timedelta(hours=hours)).time()


def has_begun(booking: Booking, terms: engine.Terms, at: dt.datetime) -> bool:
    """Whether the use is under way, or over: then she came or did not, and nothing is left to cancel.

    Where no hour is known, it has begun for certain when its first day is over.
    """
    opens = starts_at(booking, terms)
    return at >= dt.datetime.combine(booking.first_day, opens or dt.time.max, clock.TOKYO)


def goes_beyond(booking: Booking, terms: engine.Terms) -> bool:
    """Whether it was booked at full price, beyond a limit that lets her go on: it took none of its pools' units."""
    return not any(booking.units.values()) and bool(terms.pools_of(booking.service))


def counted_in(service: engine.Service, terms: engine.Terms) -> str:
    """What a use takes and gives back, in a word: 日数, 泊数, or 回数 where a use or a day is counted as such."""
    return _("%(unit)s数") % {"unit": pool_counter(engine.counted_by(service.code, terms))}


def amount_of(units: Mapping[str, int], service: str, terms: engine.Terms) -> str:
    """3日分, 1泊分: pool code → units in those by which the service is told; "" where none of them moved."""
    if not any(units.values()):
        return ""
    pool = engine.counted_by(service, terms)
    return _("%(units)s分") % {"units": pool_units(units[pool.code], pool)} if units.get(pool.code) else ""


def fee_only(service: engine.Service) -> bool:
    """Whether missing its deadline, of several the first, costs money and no units."""
    first = [tier.outcome for tier in service.cancellation.tiers[:1]]
    return any(item.fee is not None and item.counts is engine.Counts.NONE for item in first)


def free_lead(service: engine.Service, terms: engine.Terms) -> str:
    """What stands before a deadline: 日数が戻る取り消しは; where only money is at stake, お金のかからない取り消しは."""
    return (
        _("お金のかからない取り消しは")
        if fee_only(service)
        else _("%(counted_in)sが戻る取り消しは") % {"counted_in": counted_in(service, terms)}
    )


def length_of(use: engine.Use, service: engine.Service) -> str:
    """2泊3日, 3日; of a visit 2時間 once that is agreed, 1回 before."""
    return engine.length_text(use, service) if use.hours is None else hours_text(use.hours)


def _status(booking: Booking) -> engine.UseStatus:
    if booking.status in Booking.LIVE:
        return engine.UseStatus.LIVE
    if booking.status == Booking.Status.ATTENDED:
        return engine.UseStatus.ATTENDED
    if booking.consequence.get("counted"):  # of a cancellation in time too, where staff decided so
        return engine.UseStatus.COUNTED
    return engine.UseStatus.LATE if booking.status in Booking.COUNTED else engine.UseStatus.RELEASED
