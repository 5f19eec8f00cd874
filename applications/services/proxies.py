"""Writing in a mother's place: beginning, handing over. What she says to it stands in `consenting`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_scopes import scopes_disabled

from applications.models import Application, Proxy
from applications.selectors.readiness import readiness
from applications.services import drafts
from applications.services.entering import enter_if_free, held
from applications.services.holding import locked
from applications.services.submission import refuse_unless_ready
from applications.steps import Step
from eligibility.public import Municipality, programme_on
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.opening import account_for
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.models import Mail

ASKED = "proxy_asked"
A_DAY = dt.timedelta(days=1)
MOST_BEGUN = 10
"""By one person in a day, in all municipalities together: more than a midwife visits."""
MOST_MAILS = 3
"""To one address in a day, whoever asks: more would be a way to molest somebody."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who writes, and for whom."""

    relation: str
    name: str
    phone: str
    mother_name: str
    mother_email: str


def begin(municipality: Municipality, told: Told, *, by: User, at: dt.datetime) -> Proxy:
    """Begin to write for the mother who reads this mail address, and tell her. Begun twice it is one.

    Her account is found, or made, so that a code lets her in; nothing that comes back depends on which it was.

    Raises:
        OwnAddress: she would write for herself.
        TooManyBegun: enough for a day.
    """
    if told.mother_email.lower() == by.email:
        raise OwnAddress
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # many windows at once are counted as one
        mother = account_for(told.mother_email)
        begun = Proxy.objects.filter(municipality=municipality, writer=by)
        if open_one := begun.filter(citizen=mother, status__in=Proxy.OPEN, entered_at=None).first():
            return open_one
        if _begun_lately(by, at) >= MOST_BEGUN:
            raise TooManyBegun
        proxy = Proxy.objects.create(
            municipality=municipality,
            citizen=mother,
            writer=by,
            relation=told.relation,
            name=told.name,
            phone=told.phone,
            mother_name=told.mother_name,
            mother_email=mother.email,  # in one spelling, so that mails to it can be counted
            application=Application.objects.create(
                municipality=municipality, channel=Application.Channel.PROXY, created_at=at, saved_at=at
            ),
            asked_at=at,
        )

        events.record("proxy.asked", proxy, at=at, by_id=by.pk)
        _tell(proxy, at)
    return proxy


def save_step(
    proxy: Proxy,
    step: Step,
    cleaned: Mapping[str, Any] | None,
    *,
    typed: Mapping[str, Sequence[str]],
    by: User,
    at: dt.datetime,
) -> None:
    """Keep a step of the draft, as `drafts.save_step`; the mother reads once a day that somebody wrote.

    Raises:
        PermissionDenied, AlreadySubmitted: as there.
        NoLongerWriting: the draft is gone.
    """
    if proxy.application is None:
        raise NoLongerWriting
    with transaction.atomic():
        drafts.save_step(proxy.application, step, cleaned, typed=typed, by=by, at=at)
        events.record_reads("proxy.written", [proxy], at=at, by_id=by.pk)


def hand_over(proxy: Proxy, *, by: User, at: dt.datetime) -> Proxy:
    """Give what is written to the centre to keep; with her consent it is entered at once, else when she gives it.

    The day of the handing over counts as the day on which she applied. Twice is once.

    Raises:
        PermissionDenied: somebody else writes it.
        NoLongerWriting: she has declined, or it was given up.
        Incomplete, NotOpenYet: as `submission.submit`.
    """
    authorise(by, "applications.hand_over", proxy)

    with transaction.atomic():
        row = held(proxy)
        if row.status not in Proxy.OPEN or row.application is None:
            raise NoLongerWriting
        if row.handed_over_at is not None:
            return row
        on = clock.day_of(at)
        terms = programme_on(row.municipality, on).terms
        refuse_unless_ready(readiness(locked(row.application), terms, on=on))
        row.handed_over_at = at
        row.save(update_fields=["handed_over_at"])

        events.record("proxy.handed_over", row, at=at, by_id=by.pk)
        if not enter_if_free(row, by=by, at=at):
            _tell(row, at)
    return row


class OwnAddress(Exception):
    """The address named is that of the person who writes."""


class TooManyBegun(Exception):
    """Somebody has begun to write for many in one day."""


class NoLongerWriting(Exception):
    """It is in other hands, or in none."""


def _begun_lately(by: User, at: dt.datetime) -> int:
    """Nothing but the number leaves the other municipalities' scopes."""
    with scopes_disabled():
        return Proxy.objects.filter(writer=by, asked_at__gt=at - A_DAY).count()


def _tell(proxy: Proxy, at: dt.datetime) -> None:
    """Nothing that was typed stands in the mail. Who was declined once has no second mail sent to her."""
    earlier = Proxy.objects.filter(writer=proxy.writer_id, citizen=proxy.citizen_id, status=Proxy.Status.DECLINED)
    lately = Mail.objects.filter(to=proxy.mother_email, kind=ASKED, created_at__gt=at - A_DAY)
    if earlier.exists() or lately.count() >= MOST_MAILS:
        return
    over = proxy.handed_over_at is not None
    mail.post(
        ASKED,
        proxy.mother_email,
        key=f"{ASKED}:{proxy.pk}" + (":handed_over" if over else ""),
        at=at,
        municipality=proxy.municipality,
        relation=proxy.get_relation_display(),
        handed_over=over,
        pk=proxy.pk,
    )
