"""Handing an application in, and taking it back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from applications.letters.numbers import APPLICATIONS, take_number
from applications.models import Application, Household
from applications.selectors.answers import clean_in
from applications.selectors.mine import open_application_of
from applications.selectors.readiness import Readiness, readiness
from applications.services.dropping import drop_correction
from applications.services.holding import locked
from applications.services.households import write_birth, write_class, write_household
from applications.services.telling import tell_her
from applications.services.window_notices import forget_notice
from applications.steps import Step, steps_of
from eligibility.engine import Terms, Window
from eligibility.public import Municipality, programme_of, version_on
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.lifecycle import authorise, pass_transition


def submit(application: Application, *, by: User, at: dt.datetime) -> Application:
    """Hand a draft in: household, class and birth are written, it gets its number, she gets a mail.

    A second call finds what the first one did and returns it; so does a second draft while one is being examined.

    Raises:
        PermissionDenied: not her own application.
        Incomplete: steps are still open.
        NotOpenYet: applying opens on a later day, or with the birth; the draft stays as it is.
    """
    authorise(by, "applications.submit", application)

    with transaction.atomic():
        row = locked(application)
        if row.status != Application.Status.DRAFT:
            return row
        if row.citizen and (waiting := open_application_of(row.citizen, row.municipality)):
            return waiting
        enter(row, received_at=at, by=by, at=at)
    return row


def enter(
    row: Application, *, received_at: dt.datetime, by: User, at: dt.datetime, known: Household | None = None
) -> None:
    """Write all that follows from a draft, judged by the day on which it was received: for what a proxy has handed over
    or came on paper that lies before today. `known` is hers where the centre says that it is the same mother. Part of a
    transaction whose caller holds the draft and has authorised the deed.

    Raises:
        Incomplete, NotOpenYet: as `submit`; nothing is written.
    """
    on = clock.day_of(received_at)
    version = version_on(row.municipality, on)
    terms = programme_of(version).terms
    refuse_unless_ready(readiness(row, terms, on=on))

    household = write_household(row, known=known, at=at)
    write_class(household, row, terms, on=on)
    pass_transition(
        row.submit,
        citizen_id=row.citizen_id,  # a proxy's draft was nobody's, and so is one on paper
        birth=write_birth(household, row, at=at),
        programme_version=version,
        number=_number(row.municipality, on),
        answers=_without_what_was_only_typed(row, terms),
        submitted_at=received_at,
        saved_at=at,
    )

    forget_notice(row)
    events.record("application.submitted", row, at=at, by_id=by.pk)
    tell_her("application_received", row, at=at)


def withdraw(
    application: Application, *, by: User, at: dt.datetime, told: Mapping[str, Any] | None = None
) -> Application:
    """Take a submitted application back before it is decided, returned to her or not. A second call changes nothing.

    The centre does so when she says it by phone; `told` says who did and when, in codes and days.

    Raises:
        PermissionDenied: neither her own application nor the work of the centre.
        TransitionNotAllowed: it is decided already, or still a draft.
    """
    authorise(by, "applications.withdraw", application)

    with transaction.atomic():
        row = locked(application)
        if row.status == Application.Status.WITHDRAWN:
            return row
        pass_transition(row.withdraw)
        drop_correction(row, by=by, at=at)

        events.record("application.withdrawn", row, at=at, by_id=by.pk, **(told or {}))
        tell_her("application_withdrawn", row, at=at)
    return row


class Incomplete(Exception):
    """Steps are still open: `steps`, in order."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        super().__init__(*steps)
        self.steps = steps


class NotOpenYet(Exception):
    """Applying opens on a later day, or with the birth: `window`."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.arithmetic)
        self.window = window


def refuse_unless_ready(state: Readiness) -> None:
    """
    Raises:
        Incomplete, NotOpenYet: it may not be handed in today.
    """
    if state.open_steps:
        raise Incomplete(state.open_steps)
    if state.opens_later:
        raise NotOpenYet(state.assessment.window)


def _number(municipality: Municipality, on: dt.date) -> str:
    """`R7-0012`: era and fiscal year, then the municipality's count in it. Taken last: others wait for it."""
    taken = take_number(municipality, on, APPLICATIONS)
    opening = dt.date(taken.fiscal_year, 4, 1)
    era = wareki.era_of(opening)
    return f"{era.letter}{era.year_of(opening.year)}-{taken.number:04}"


def _without_what_was_only_typed(application: Application, terms: Terms) -> dict[str, dict[str, object]]:
    """What she typed and then changed is nobody's business after she has handed it in."""
    return {step.value: {"clean": clean_in(application, step)} for step in steps_of(terms)}
