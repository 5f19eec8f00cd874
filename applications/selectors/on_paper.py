"""Applications that came on paper or were made at the counter, while the centre types them in and afterwards.

Their drafts keep under `PAPER` what no step asks: `{"typed": {box: [text, …]}, "clean": {"received_on": day} | None}`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from applications.steps import Step, steps_of
from eligibility.engine import Terms
from eligibility.public import Municipality
from postpartum_portal.shared.models import Event

from .answers import day, typed_in

PAPER = "paper"
ENTERED = "application.entered"
"""The event of the centre's entering: `channel`, `received_on`, `blank` (codes), `consents` (codes), `seen_by`."""

HANDBOOK, CLASS, MEMBERS = "handbook", "household_class", "members"
NAMES: Mapping[str, str] = {HANDBOOK: "母子健康手帳の交付日", CLASS: "世帯の区分", MEMBERS: "世帯の人数"}


def paper_drafts(municipality: Municipality) -> QuerySet[Application]:
    """What was begun and is not accepted, whoever began it, the oldest first."""
    rows = Application.objects.filter(municipality=municipality, status=Application.Status.DRAFT)
    on_paper = rows.filter(channel__in=Application.ON_PAPER)
    return on_paper.select_related("municipality", "entered_by").order_by("saved_at", "pk")


def received_on(draft: Application) -> dt.date | None:
    """The day on which the paper reached the office; None as long as it was not told, or told wrongly."""
    clean: Mapping[str, Any] = (draft.answers.get(PAPER) or {}).get("clean") or {}
    return day(clean.get("received_on"))


def typed_receipt(draft: Application) -> dict[str, list[str]]:
    """What stood in the boxes about the paper itself."""
    return dict((draft.answers.get(PAPER) or {}).get("typed") or {})


def typed_name(draft: Application) -> str:
    """How the list calls a draft: the name as far as it was typed."""
    return "".join(typed_in(draft, Step.PERSON).get("name", ())).strip()


def may_stay_blank(step: Step, terms: Terms) -> tuple[str, ...]:
    """What a paper may leave open: the nurse asks it on the phone, and a class that is not named is not claimed.

    All else is needed to reach her, to judge when she may apply, or is her consent.
    """
    codes = [item.code for item in terms.circumstances]
    return {
        Step.PERSON: tuple(code for code in codes if code == "resident"),
        Step.BIRTH: (HANDBOOK,) if terms.application.handbook else (),
        Step.CONDITION: tuple(code for code in codes if code != "resident"),
        Step.HOUSEHOLD: (CLASS, MEMBERS),
    }.get(step, ())


def left_blank(draft: Application, terms: Terms) -> list[str]:
    """The codes of what the paper left open, in the order of the steps; how many live together goes with the class."""
    blank = []
    for step in steps_of(terms):
        typed = typed_in(draft, step)
        blank += [code for code in may_stay_blank(step, terms) if not any(typed.get(code, ()))]
    return [code for code in blank if code != MEMBERS]


def blank_words(codes: list[str], terms: Terms) -> list[str]:
    """The same in words: the question that was not answered."""
    questions = {item.code: item.question for item in terms.circumstances}
    return [str(questions.get(code) or NAMES.get(code, code)) for code in codes]


def entering_of(application: Application) -> Event | None:
    """The event with which the centre entered it; None of one that came another way."""
    if not application.on_paper:
        return None
    about = Event.objects.filter(subject_kind="application", subject_id=application.pk, verb=ENTERED)
    return about.order_by("at").last()
