"""When she was given the 母子健康手帳, where the programme hands its coupons over with it."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from applications.models import Application, Birth, Hearing, Pool
from applications.steps import Step
from eligibility import engine
from postpartum_portal.shared import wareki

from .answers import clean_in, dates, day
from .handed_in import handed_in

RECEIVED, AWAITED, UNSURE = "received", "awaited", "unsure"
GIVEN_ON = "handbook_on"
"""The day, in her answers, in `Hearing.told` (ISO) and in `engine.Facts`."""


def handbook_facts(application: Application) -> dict[str, Any]:
    """What she said of it, by the fields of `engine.Facts`: the day she told on the phone, else what she wrote."""
    if heard := heard_on(application):
        return {GIVEN_ON: heard, "handbook_awaited": False}
    return _written(application)


def heard_on(application: Application) -> dt.date | None:
    """The day she told on the phone; None as long as nobody has asked."""
    if application.submitted_at is None:  # nobody hears a draft
        return None
    told = Hearing.objects.filter(application=application).values_list("told", flat=True).first()
    return day((told or {}).get(GIVEN_ON))


def handbook_words(application: Application) -> str:
    """What she wrote: `令和8年4月2日`, まだ受け取っていない, or わからない."""
    told = _written(application)
    if told[GIVEN_ON]:
        return wareki.no_weekday(told[GIVEN_ON])
    return _("まだ受け取っていない") if told["handbook_awaited"] else _("わからない")


def _written(application: Application) -> dict[str, Any]:
    said = clean_in(application, Step.BIRTH)
    return {GIVEN_ON: day(said.get(GIVEN_ON)), "handbook_awaited": said.get("handbook") == AWAITED}


def comes_with_handbook(application: Application, terms: engine.Terms, *, on: dt.date) -> bool:
    """Whether she need not apply: what she would apply for is handed over with the handbook. She may all the same."""
    known = replace(dates(application), **handbook_facts(application))
    findings = engine.handbook_findings(known, terms, on=on)
    return any(item.verdict is engine.Verdict.NOT_APPLICABLE for item in findings)


def holds_paper_coupons(application: Application) -> bool:
    """Whether a submitted application says that coupons were handed to her with the handbook."""
    terms = handed_in(application).terms
    asked = terms.application.handbook is not None
    return asked and engine.holds_coupons(engine.Facts(**handbook_facts(application)), terms)


def counts_paper(application: Application) -> bool:
    """Whether its approval has to count what was used of them: with the first grant for a birth, and only then."""
    granted = Pool.objects.filter(entitlement__birth=application.birth)
    return holds_paper_coupons(application) and not granted.exists()


def handbook_before(birth: Birth) -> dict[str, Any]:
    """What she answered to it when she applied for this birth last, to be put into its boxes again."""
    latest = _latest(birth)
    if latest and (heard := heard_on(latest)):
        return {"handbook": RECEIVED, GIVEN_ON: heard.isoformat()}
    said = clean_in(latest, Step.BIRTH) if latest else {}
    return {name: said[name] for name in ("handbook", GIVEN_ON) if name in said}


def has_paper_too(birth: Birth) -> bool:
    """Whether she has the same coupons on paper; after a loss nothing of it is told."""
    latest = _latest(birth)
    return latest is not None and birth.outcome != Birth.Outcome.LOST and holds_paper_coupons(latest)


def _latest(birth: Birth) -> Application | None:
    """What she handed in last for a birth."""
    sent = Application.objects.filter(birth=birth, submitted_at__isnull=False).order_by("submitted_at", "pk")
    return sent.select_related("programme_version", "birth").last()
