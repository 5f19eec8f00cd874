"""A draft becomes a version: a second person lets it hold from a day on."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from eligibility.models import ProgrammeDraft, ProgrammeVersion
from eligibility.programmes import Programme, ProgrammeFileError, load_programme
from eligibility.signals import version_added
from eligibility.versions import version_in_force
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .contacts import follow_programme

PUBLISH = "eligibility.publish"


def publish(
    draft: ProgrammeDraft, *, effective_from: dt.date, by: AbstractBaseUser, at: dt.datetime
) -> ProgrammeVersion:
    """Make the version that holds from `effective_from`.

    The day chosen here decides, and is what the version's row says. A day that the file itself names is the earliest
    that may be chosen: rules do not hold before the municipality says they do, but it may take them up later.

    Raises:
        PermissionDenied: `by` may not decide at this municipality's centre.
        SameHands: `by` uploaded it.
        DayNotPossible: the day has passed, lies before the one that the file names, or too far ahead.
        ReplayIsOld: another version came into force since it was compared.
        AlreadyThere: a version has this very text.
        ProgrammeFileError: what may stand in a file has changed since it was checked.
        TransitionNotAllowed, Overtaken: it is not replayed yet, or somebody else was first.
    """
    authorise(by, PUBLISH, draft)
    if draft.uploaded_by_id == by.pk:
        raise SameHands
    programme = load_programme(draft.text)
    _judge(draft, programme, effective_from, on=clock.day_of(at))
    with transaction.atomic():
        pass_transition(draft.publish, effective_from=effective_from, published_by_id=by.pk, published_at=at)
        version = _version(draft, published=programme.published, effective_from=effective_from, at=at)
        ProgrammeDraft.objects.filter(pk=draft.pk).update(version=version)
        follow_programme(draft.municipality, on=clock.day_of(at))
        events.record(
            "programme.published", draft, at=at, by_id=by.pk, version=version.pk, since=effective_from.isoformat()
        )
        version_added.send(sender=ProgrammeVersion, version=version, at=at)
    return version


def earliest_day(draft: ProgrammeDraft, *, on: dt.date) -> dt.date:
    """The first day that may be chosen: today, or the day that the file names."""
    try:
        return _earliest(load_programme(draft.text), on)
    except ProgrammeFileError:  # what is wrong is told by whoever tries to publish it
        return on


class SameHands(Exception):
    """Whoever uploaded a draft does not publish it."""


class DayNotPossible(Exception):
    """The programme cannot hold from this day. The message says from when it can."""


class ReplayIsOld(Exception):
    """The draft was compared with a version that is not the one in force now."""


class AlreadyThere(Exception):
    """The municipality has a version with this very text."""


def _judge(draft: ProgrammeDraft, programme: Programme, effective_from: dt.date, *, on: dt.date) -> None:
    earliest = _earliest(programme, on)
    if effective_from < earliest:
        why = "もう過ぎた日からは始められません。" if effective_from < on else "ファイルに書かれた日より前です。"
        raise DayNotPossible(f"{why}{wareki.no_weekday(earliest)}からの日を選んでください。")
    latest = on + dt.timedelta(days=settings.PUBLISH_AHEAD_DAYS)
    if effective_from > latest:
        raise DayNotPossible(f"{wareki.no_weekday(latest)}より先の日からは始められません。年を確かめてください。")
    in_force = version_in_force(draft.municipality_id, on)
    if draft.compared_with_id != (in_force.pk if in_force else None):
        raise ReplayIsOld


def _version(
    draft: ProgrammeDraft, *, published: dt.date | None, effective_from: dt.date, at: dt.datetime
) -> ProgrammeVersion:
    """The version's row. Whether its text is new is for the database to say: two may publish it at once."""
    try:
        return ProgrammeVersion.objects.create(
            municipality_id=draft.municipality_id,
            file_name=draft.file_name,
            text=draft.text,
            sha256=draft.sha256,
            published=published,
            effective_from=effective_from,
            loaded_at=at,
        )
    except IntegrityError:
        raise AlreadyThere from None


def _earliest(programme: Programme, on: dt.date) -> dt.date:
    return max(on, programme.effective_from or on)
