"""Taking away the second factor of somebody at a facility: asked for by one, confirmed by another.

Each is a colleague of hers, or works at a centre that has a contract with the facility: where one midwife works alone,
nobody else can help her.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied

from eligibility.public import Municipality
from facilities.models import StaffMembership, StaffReset
from facilities.selectors.colleagues import waiting_resets
from facilities.selectors.contracts import answering_under, reached_under
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.services.resetting import WorksElsewhere, open_request, request_about, take_away
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import authorise

ASK, CONFIRM = "facilities.ask_reset", "facilities.confirm_reset"
AS_CENTRE = {ASK: "facilities.ask_reset_as_centre", CONFIRM: "facilities.confirm_reset_as_centre"}


def ask_reset(
    membership: StaffMembership, *, reason: str, by: User, at: dt.datetime, municipality: Municipality | None = None
) -> StaffReset:
    """Ask a second person to take away the second factor of somebody at a facility, within a day.

    `municipality`: whose centre asks, where no colleague of hers does.

    Raises:
        PermissionDenied: neither a colleague nor of a centre with a contract that holds, or one's own.
        WorksAtCentre: her account opens a centre too.
        AskedAlready: a request waits for its second person, here or where else she works.
    """
    fields = request_about(membership.user_id, reason=reason, by=by, at=at)
    asked = StaffReset(facility_id=membership.facility_id, municipality=municipality, **fields)
    _authorise(by, ASK, asked, municipality, on=clock.day_of(at))
    _check_no_centre(asked)
    open_request(asked, waiting_resets(at=at))
    return asked


def confirm_reset(asked: StaffReset, *, by: User, at: dt.datetime, municipality: Municipality | None = None) -> None:
    """The second person's yes: her second factors and her sessions are gone, and a mail tells her so.

    Her account opens all places at which she works, so whoever confirms answers for all of them: manages the staff
    there, or, for `municipality`, decides at a centre with contracts there. What opens a centre too is for that centre.

    Raises:
        PermissionDenied: neither 管理者 nor a decider under contract, the one who asked, or the one whose it is.
        WorksAtCentre: her account opens a centre by now.
        WorksElsewhere: it opens a facility for which `by` does not answer.
        ResetOver: it was confirmed meanwhile, its day has passed, or she works here no more.
    """
    _check_confirming(asked, by, municipality, on=clock.day_of(at))
    place = asked.facility.name
    senders = [centre.name if centre else place for centre in (asked.municipality, municipality)]
    words = {
        "place": place,
        "sender": "と".join(dict.fromkeys(senders)),
        "tell": f"{place}の管理者か、市町村の産後ケアの窓口",
    }
    take_away(asked, waiting_resets(at=at), by=by, at=at, municipality=municipality or asked.municipality, **words)


def hindrance(
    asked: StaffReset, *, by: User, on: dt.date, municipality: Municipality | None = None
) -> type[Exception] | None:
    """Why `confirm_reset` would refuse somebody, before she presses the button; None where it would not."""
    try:
        _check_confirming(asked, by, municipality, on=on)
    except (PermissionDenied, WorksAtCentre, WorksElsewhere) as reason:
        return type(reason)
    return None


class WorksAtCentre(Exception):
    """Two of a facility do not open what a centre keeps: the centre resets her second factor itself."""


def _check_confirming(asked: StaffReset, by: User, municipality: Municipality | None, *, on: dt.date) -> None:
    _authorise(by, CONFIRM, asked, municipality, on=on)
    _check_other_than(asked, by)
    _check_no_centre(asked)
    _check_answers(asked, by, municipality, on=on)


def _check_other_than(asked: StaffReset, by: User) -> None:
    if by.pk in (asked.asked_by_id, asked.user_id):
        raise PermissionDenied


def _check_answers(asked: StaffReset, by: User, municipality: Municipality | None, *, on: dt.date) -> None:
    """For every facility that her account opens."""
    if municipality:
        answered = reached_under(municipality, on=on)
    else:
        answered = set(StaffMembership.objects.filter(user=by, manages=True).values_list("facility_id", flat=True))
    if set(StaffMembership.objects.filter(user=asked.user_id).values_list("facility_id", flat=True)) - answered:
        raise WorksElsewhere


def _check_no_centre(asked: StaffReset) -> None:
    if Membership.objects.filter(user=asked.user_id).exists():
        raise WorksAtCentre


def _authorise(by: User, verb: str, asked: StaffReset, municipality: Municipality | None, *, on: dt.date) -> None:
    """As a colleague; or for a municipality, under its contract with the facility."""
    if municipality is None:
        authorise(by, verb, asked)
    elif contract := answering_under(municipality, asked.facility_id, on=on).first():
        authorise(by, AS_CENTRE[verb], contract)
    else:
        raise PermissionDenied(verb)
