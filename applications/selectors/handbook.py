"""When she was given the 母子健康手帳, where the programme hands its coupons over with it."""

from typing import Any

from django.utils.translation import gettext as _

from applications.models import Application
from applications.steps import Step
from postpartum_portal.shared import wareki

from .answers import clean_in, day

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
