"""What a mother says to somebody's writing in her place: yes, no, no longer, or that she goes on herself.

The centre takes down what she says on the phone: yes, no, no longer. The rest she does on her own page.
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from applications.models import Application, Document, Proxy
from applications.selectors.proxies import has_her_own, is_known_otherwise, own_draft, own_open
from applications.services.drafts import throw_away
from applications.services.entering import enter_if_free, held
from applications.services.holding import locked
from applications.steps import Step
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

FORGOTTEN = {"mother_name": "", "mother_email": "", "phone": ""}
"""What was typed about her and is of no use once it has ended; who it was that wrote, she may read on."""


def consent(proxy: Proxy, *, by: User, at: dt.datetime) -> Proxy:
    """She agrees, or tells the centre so on the phone; what was handed over is entered. Twice is once.

    Raises:
        PermissionDenied: neither hers nor the centre's, or of the very person who writes.
        ProxyEnded: she has said no before, or it was given up.
        AnotherWrites: she has consented to somebody else's writing, which is not done yet.
    """
    authorise(by, "applications.answer_proxy", proxy)

    with transaction.atomic():
        row = held(proxy)
        if row.status == Proxy.Status.CONSENTED:
            return row
        if _another_writes(row):
            raise AnotherWrites
        how = _how(row, by)
        _pass(row.consent, answered_at=at, answered_how=how, answered_by_id=by.pk)

        events.record("proxy.consented", row, at=at, by_id=by.pk, how=how)
        enter_if_free(row, by=by, at=at)
    return row


def decline(proxy: Proxy, *, by: User, at: dt.datetime) -> Proxy:
    """She does not want it, or knows nothing of it; what was written is thrown away. Twice is once.

    Raises:
        PermissionDenied: as `consent`.
        ProxyEnded: she has consented meanwhile.
    """
    authorise(by, "applications.answer_proxy", proxy)

    with transaction.atomic():
        row = held(proxy)
        if row.status in Proxy.ENDED:
            return row
        how = _how(row, by)
        draft = row.application
        _pass(row.decline, answered_at=at, answered_how=how, answered_by_id=by.pk, application_id=None, **FORGOTTEN)
        if draft:
            throw_away(draft)

        events.record("proxy.declined", row, at=at, by_id=by.pk, how=how)
    return row


def withdraw(proxy: Proxy, *, by: User, at: dt.datetime) -> Proxy:
    """She takes her consent back, or tells the centre so on the phone, or the one who writes gives up. Twice is once.

    What is not entered yet is thrown away. What is entered is hers and stays; the one who wrote it hears no more of it.

    Raises:
        PermissionDenied: neither of the two, nor of the centre.
    """
    authorise(by, "applications.end_proxy", proxy)

    with transaction.atomic():
        row = held(proxy)
        if row.status in Proxy.ENDED:
            return row
        draft = row.application if row.entered_at is None else None
        _pass(row.withdraw, application_id=None if draft else row.application_id, **FORGOTTEN)
        if draft:
            throw_away(draft)

        how = _how(row, by)
        events.record("proxy.withdrawn", row, at=at, by_id=by.pk, how=how)
    return row


def take_over(proxy: Proxy, *, by: User, at: dt.datetime) -> Application:
    """She goes on herself: from now on it is her own draft, and nobody writes for her.

    Raises:
        PermissionDenied: not written for her.
        ProxyEnded: she has not consented, it has ended, or is entered already.
        HasHerOwn: a draft or an application of her own goes before it.
    """
    authorise(by, "applications.take_over", proxy)

    with transaction.atomic():
        row = held(proxy)
        if row.status != Proxy.Status.CONSENTED or row.entered_at or row.application is None:
            raise ProxyEnded
        if has_her_own(row):
            raise HasHerOwn
        draft = locked(row.application)
        draft.saved_at = at
        if is_known_otherwise(row):
            draft.answers = {**draft.answers, Step.BIRTH.value: {}}  # the form asks her which it is
        draft.citizen = row.citizen
        try:
            with transaction.atomic():
                draft.save(update_fields=["answers", "citizen", "saved_at"])
        except IntegrityError:  # she has begun one on another device in this very moment
            raise HasHerOwn from None
        Document.objects.filter(application=draft).update(citizen=row.citizen)
        _pass(row.withdraw, application_id=None, **FORGOTTEN)

        events.record("proxy.taken_over", row, at=at, by_id=by.pk)
    return draft


def prefer(proxy: Proxy, *, by: User, at: dt.datetime) -> Proxy:
    """She throws her own draft away, and what was handed over is entered in its place.

    Raises:
        PermissionDenied: not written for her.
        ProxyEnded: as `take_over`.
        HasHerOwn: an application of hers is under way.
    """
    authorise(by, "applications.take_over", proxy)

    with transaction.atomic():
        row = held(proxy)
        if row.entered_at:
            return row
        if row.status != Proxy.Status.CONSENTED or row.handed_over_at is None:
            raise ProxyEnded
        if own_open(row):
            raise HasHerOwn
        if draft := own_draft(row):
            throw_away(locked(draft))

        events.record("proxy.preferred", row, at=at, by_id=by.pk)
        enter_if_free(row, by=by, at=at)
    return row


class ProxyEnded(Exception):
    """There is nothing to say to it (any more)."""


class AnotherWrites(Exception):
    """Somebody else writes for her with her consent."""


class HasHerOwn(Exception):
    """She has an application of her own, and that goes before."""


def _how(proxy: Proxy, by: User) -> Proxy.How:
    """On the page by one of the two whom it is about, else on the phone to the centre."""
    return Proxy.How.PAGE if by.pk in (proxy.citizen_id, proxy.writer_id) else Proxy.How.PHONE


def _another_writes(proxy: Proxy) -> bool:
    others = Proxy.objects.filter(municipality=proxy.municipality_id, citizen=proxy.citizen_id).exclude(pk=proxy.pk)
    return others.filter(status=Proxy.Status.CONSENTED, entered_at=None).exists()


def _pass(transition: Any, **changes: Any) -> None:
    try:
        pass_transition(transition, **changes)
    except TransitionNotAllowed:
        raise ProxyEnded from None
