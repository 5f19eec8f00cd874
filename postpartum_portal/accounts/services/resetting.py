"""Taking a colleague's second factor away, by two persons; her next sign-in makes her set one up anew."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from eligibility.public import Municipality
from postpartum_portal.accounts.models import FactorReset, Membership, User
from postpartum_portal.accounts.models.factor_reset import VALID_FOR, FactorResetRow
from postpartum_portal.accounts.sessions import end_sessions
from postpartum_portal.shared import events, mail
from postpartum_portal.shared.lifecycle import authorise


def ask_reset(membership: Membership, *, reason: str, by: User, at: dt.datetime) -> FactorReset:
    """Ask a decider to take a colleague's second factor away, within a day.

    Raises:
        PermissionDenied: not staff here, or one's own.
        AskedAlready: a request waits for its second person.
    """
    fields = request_about(membership.user_id, reason=reason, by=by, at=at)
    asked = FactorReset(municipality_id=membership.municipality_id, **fields)
    authorise(by, "accounts.ask_reset", asked)
    open_request(asked, waiting_resets(membership.municipality_id, at=at))
    return asked


def confirm_reset(asked: FactorReset, *, by: User, at: dt.datetime) -> None:
    """The second person's yes: her second factors and her sessions are gone, and a mail tells her so.

    Raises:
        PermissionDenied: not a decider here, the one who asked, or the one whose it is.
        WorksElsewhere: her account opens a centre too at which `by` does not decide.
        ResetOver: it was confirmed meanwhile, its day has passed, or she works here no more.
    """
    authorise(by, "accounts.confirm_reset", asked)
    if by.pk in (asked.asked_by_id, asked.user_id):
        raise PermissionDenied
    _check_decides_there_too(asked, by)
    here = asked.municipality
    words = {"place": here.name, "sender": here.name, "tell": f"{here.name}の決定者"}
    take_away(asked, waiting_resets(here.pk, at=at), by=by, at=at, municipality=here, **words)


def waiting_resets(municipality_id: int, *, at: dt.datetime) -> QuerySet[FactorReset]:
    """What waits for a second person; a request of yesterday, or about somebody who has left, waits no more."""
    here = Membership.objects.filter(municipality_id=municipality_id).values("user_id")
    return FactorReset.objects.filter(
        municipality_id=municipality_id, confirmed_at=None, expires_at__gt=at, user_id__in=here
    )


def request_about(user_id: int, *, reason: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """The fields that a request has wherever it is made."""
    return {"user_id": user_id, "reason": reason, "asked_by": by, "asked_at": at, "expires_at": at + VALID_FOR}


def open_request(asked: FactorResetRow, waiting: QuerySet[Any]) -> None:
    """Save it, where none of those that wait is about the same person.

    Raises:
        PermissionDenied: one's own.
        AskedAlready: a request waits for its second person.
    """
    if asked.user_id == asked.asked_by_id:
        raise PermissionDenied
    with transaction.atomic():
        User.objects.select_for_update().get(pk=asked.user_id)  # two may ask at once
        if waiting.filter(user_id=asked.user_id).exists():
            raise AskedAlready
        asked.save()
        events.record(
            "second_factor.reset_asked", asked, at=asked.asked_at, by_id=asked.asked_by_id, user=asked.user_id
        )


def take_away(
    asked: FactorResetRow,
    waiting: QuerySet[Any],
    *,
    by: User,
    at: dt.datetime,
    municipality: Municipality | None,
    **words: Any,
) -> None:
    """Her second factors and her sessions, once, if the request is still one of those that wait.

    `municipality`: whose centre confirms, and whose staff see a mail that fails. `words` of the mail: `place` where she
    works, `sender` whose staff the two are, `tell` whom she tells if it is a surprise to her.

    Raises:
        ResetOver: it waits no more.
    """
    with transaction.atomic():
        if not waiting.filter(pk=asked.pk).update(confirmed_by=by, confirmed_at=at):
            raise ResetOver
        Authenticator.objects.filter(user_id=asked.user_id).delete()
        end_sessions(asked.user)
        centre = municipality.pk if municipality else None
        events.record("second_factor.reset", asked, at=at, by_id=by.pk, municipality_id=centre, user=asked.user_id)
        key = f"second_factor_reset:{asked._meta.model_name}:{asked.pk}"
        mail.post("second_factor_reset", asked.user.email, key=key, at=at, municipality=municipality, **words)


def _check_decides_there_too(asked: FactorReset, by: User) -> None:
    """At every centre that her account opens: two of one do not open what another one keeps."""
    decided = Membership.objects.filter(user=by, role=Membership.Role.DECIDER).values("municipality")
    if Membership.objects.filter(user=asked.user_id).exclude(municipality__in=decided).exists():
        raise WorksElsewhere


class AskedAlready(Exception):
    """One request at a time."""


class WorksElsewhere(Exception):
    """Her account opens another place too, for which whoever confirms does not answer."""


class ResetOver(Exception):
    """Confirmed by somebody else, or too late."""
