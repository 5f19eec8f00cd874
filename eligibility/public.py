"""The door of `eligibility`: municipalities, and the programme that holds on a day. The engine is open to all."""

import datetime as dt

from django.db.models import QuerySet

from .amounts import as_entered, entered_amounts, that_count
from .chosen_words import chosen_words, keep_choice, told
from .closed_days import MOST_DAYS, as_closed_days, as_rows, counting, newly_closed, programme_counting
from .drafts import draft_of, open_drafts, replay_has_stopped
from .mail_words import wrong_in_mail
from .models import (
    REPLAY_PROGRAMME,
    AmountRow,
    MunicipalAmount,
    Municipality,
    ProgrammeDraft,
    ProgrammeVersion,
    SettingChange,
)
from .programmes import Programme, ProgrammeFileError, load_programme
from .programmes.comparing import Change, changes
from .programmes.labels import key_words
from .programmes.outline import Chapter, chapters
from .replay import PastDecision, PastHousehold, PastUse, replay
from .retention import LONGEST_KEPT, keeping_on, published_keeping
from .services.drafting import MAX_KILOBYTES, Unreadable, readable, replay_again, upload_draft
from .services.drafting import discard as discard_draft
from .services.mornings import each_morning
from .services.publishing import (
    AlreadyThere,
    DayNotPossible,
    ReplayIsOld,
    SameHands,
    earliest_day,
)
from .services.publishing import publish as publish_draft
from .services.replaying import compare_with, keep_last_part, keep_part
from .services.settings import Settings, SettingsMoved, as_if, change_settings, closed_in_words
from .services.settings import differences as settings_differ
from .signals import check_opens, programmes_loaded, version_added
from .versions import DatedVersion, dated_versions, municipalities_in_force, version_in_force, versions_to_come

__all__ = [
    "LONGEST_KEPT",
    "MAX_KILOBYTES",
    "MOST_DAYS",
    "REPLAY_PROGRAMME",
    "AlreadyThere",
    "AmountRow",
    "Change",
    "Chapter",
    "DatedVersion",
    "DayNotPossible",
    "MunicipalAmount",
    "Municipality",
    "NoProgramme",
    "PastDecision",
    "PastHousehold",
    "PastUse",
    "Programme",
    "ProgrammeDraft",
    "ProgrammeFileError",
    "ProgrammeVersion",
    "ReplayIsOld",
    "SameHands",
    "Settings",
    "SettingsMoved",
    "Unreadable",
    "as_closed_days",
    "as_entered",
    "as_if",
    "as_rows",
    "change_settings",
    "changes",
    "chapters",
    "check_opens",
    "chosen_words",
    "closed_in_words",
    "compare_with",
    "dated_versions",
    "discard_draft",
    "draft_of",
    "each_morning",
    "earliest_day",
    "entered_amounts",
    "get_municipality",
    "keep_choice",
    "keep_last_part",
    "keep_part",
    "keeping_on",
    "key_words",
    "municipalities_in_force",
    "newly_closed",
    "open_drafts",
    "programme_of",
    "programme_of_draft",
    "programme_on",
    "programmes_loaded",
    "publish_draft",
    "published_keeping",
    "readable",
    "replay",
    "replay_again",
    "replay_has_stopped",
    "setting_changes",
    "settings_differ",
    "that_count",
    "told",
    "upload_draft",
    "version_added",
    "version_in_force",
    "version_on",
    "versions_to_come",
    "wrong_in_mail",
]


def setting_changes(municipality: Municipality) -> QuerySet[SettingChange]:
    """What its staff changed, the latest first."""
    return SettingChange.objects.filter(municipality=municipality).select_related("by")


def get_municipality(slug: str) -> Municipality | None:
    return Municipality.objects.filter(slug=slug).first()


def version_on(municipality: Municipality, on: dt.date) -> ProgrammeVersion:
    """The version in force on a day: the one with the latest start that has begun; an unknown start is the earliest.

    Raises:
        NoProgramme: none has begun by that day.
    """
    found = version_in_force(municipality, on)
    if found is None:
        raise NoProgramme(municipality.slug, on)
    return found


def programme_on(municipality: Municipality, on: dt.date) -> Programme:
    """The compiled programme in force on a day."""
    return programme_of(version_on(municipality, on))


def programme_of(version: ProgrammeVersion) -> Programme:
    """The compiled programme of a version: what a decision was taken under."""
    return programme_counting(version.text, as_closed_days(version.closed_days))


def programme_of_draft(draft: ProgrammeDraft) -> Programme:
    """The compiled programme of a draft without fault, counting working days as the versions do.

    Raises:
        ProgrammeFileError: something is wrong with it.
    """
    return counting(load_programme(draft.text), as_closed_days(draft.municipality.closed_days))


class NoProgramme(Exception):
    """A municipality has no programme in force on the asked day."""
