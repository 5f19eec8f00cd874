"""When she was given the 母子健康手帳, where the programme hands its coupons over with it."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from applications.models import Application, Birth, Pool
from applications.steps import Step
from eligibility import engine
from postpartum_portal.shared import wareki

from .answers import clean_in, dates, day
from .handed_in import handed_in

RECEIVED, AWAITED, UNSURE = "received", "awaited", "unsure"


def handbook_facts(application: Application) -> dict[str, Any]:
    """What she said of it, by the fields of `engine.Facts`."""
    said = clean_in(application, Step.BIRTH)
    return {"handbook_on": day(said.get("handbook_on")), "handbook_awaited": said.get("handbook") == AWAITED}


def handbook_words(application: Application) -> str:
    """`令和8年4月2日`, まだ受け取っていない, or わからない."""
    told = handbook_facts(application)
    if told["handbook_on"]:
        return wareki.no_weekday(told["handbook_on"])
    return _("まだ受け取っていない") if told["handbook_awaited"] else _("わからない")


def comes_with_handbook(application: Application, terms: engine.Terms, *, on: dt.date) -> bool:
    """Whether she need not apply: what she would apply for is handed over with the handbook. She may all the same."""
    known = replace(dates(application), **handbook_facts(application))
    findings = engine.handbook_findings(known, terms, on=on)
    return any(item.verdict is engine.Verdict.NOT_APPLICABLE for item in findings)


def holds_paper_coupons(application: Application) -> bool:
    """Whether a submitted application says that coupons were handed to her with the handbook."""
    return engine.holds_coupons(engine.Facts(**handbook_facts(application)), handed_in(application).terms)


def counts_paper(application: Application) -> bool:
    """Whether its approval has to count what was used of them: with the first grant for a birth, and only then."""
    granted = Pool.objects.filter(entitlement__birth=application.birth)
    return holds_paper_coupons(application) and not granted.exists()


def handbook_before(birth: Birth) -> dict[str, Any]:
    """What she answered to it when she applied for this birth last, to be put into its boxes again."""
    latest = _latest(birth)
    said = clean_in(latest, Step.BIRTH) if latest else {}
    return {name: said[name] for name in ("handbook", "handbook_on") if name in said}


def has_paper_too(birth: Birth) -> bool:
    """Whether she has the same coupons on paper; after a loss nothing of it is told."""
    latest = _latest(birth)
    return latest is not None and birth.outcome != Birth.Outcome.LOST and holds_paper_coupons(latest)


def _latest(birth: Birth) -> Application | None:
    """What she handed in last for a birth."""
    sent = Application.objects.filter(birth=birth, submitted_at__isnull=False).order_by("submitted_at", "pk")
    return sent.select_related("programme_version", "birth").last()
