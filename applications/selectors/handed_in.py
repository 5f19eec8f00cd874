"""What every submitted application has and a draft lacks, without a question mark behind each field."""

import datetime as dt
from dataclasses import dataclass

from applications.models import Application, Birth, Household
from eligibility import engine
from eligibility.public import ProgrammeVersion, programme_of

from .births import dates_of


@dataclass(frozen=True, slots=True)
class HandedIn:
    birth: Birth
    version: ProgrammeVersion
    at: dt.datetime

    @property
    def household(self) -> Household:
        return self.birth.household

    @property
    def terms(self) -> engine.Terms:
        """The terms it was handed in under, and is decided under; after a loss in the words for it."""
        return programme_of(self.version).terms.said_to(dates_of(self.birth).family)


def handed_in(application: Application) -> HandedIn:
    """The rows that its submission wrote.

    Raises:
        StillADraft: it was not handed in; `submitted_application_is_complete` guards the others.
    """
    birth, version, at = application.birth, application.programme_version, application.submitted_at
    if birth is None or version is None or at is None:
        raise StillADraft
    return HandedIn(birth, version, at)


class StillADraft(Exception):
    """Nothing can be screened or decided before it was handed in."""
