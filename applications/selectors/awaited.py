"""Births of which the portal has heard nothing since the due date, and of which it may ask."""

import datetime as dt
import re

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from applications.models import Application, Birth, Loss, Message, PhoneCall
from postpartum_portal.shared import clock

SPAN = dt.timedelta(days=14)
"""How long after its day the question still makes sense: a family that says nothing by then is left in peace."""
LOSS_LIKELY = re.compile("流産|死産|中絶|亡|天使|お別れ|悲し|つら|辛い|だめでした|ダメでした")


def awaited_births(on: dt.date) -> QuerySet[Birth]:
    """Expected `BIRTH_REMINDER_DAYS` ago, of families that have something here and with whom nobody spoke since."""
    last = on - dt.timedelta(days=settings.BIRTH_REMINDER_DAYS)
    applied = Application.objects.filter(birth=OuterRef("pk"), status__in=[*Application.OPEN, "approved"])
    told = Loss.objects.filter(birth=OuterRef("pk"))  # taken back too
    waits = Message.objects.filter(household=OuterRef("household"), from_centre=False, settled_at=None)
    spoken = PhoneCall.objects.annotate(day=TruncDate("at", tzinfo=clock.TOKYO)).filter(
        application__birth=OuterRef("pk"), reached=True, day__gte=OuterRef("due_date")
    )
    newer = Birth.objects.filter(household=OuterRef("household"), pk__gt=OuterRef("pk"))
    rows = Birth.objects.filter(outcome=Birth.Outcome.EXPECTED, due_date__range=(last - SPAN, last))
    silent = rows.filter(Exists(applied), ~Exists(told), ~Exists(waits), ~Exists(spoken), ~Exists(newer))
    here = silent.filter(Q(moves_out_on=None) | Q(moves_out_on__gte=on, moves_out_on__gt=F("due_date")))
    return here.select_related("household", "citizen", "municipality")


def speaks_of_loss(birth: Birth) -> bool:
    """Whether she has written anything by which a loss is likely: then a nurse asks, and no mail."""
    texts = Message.objects.filter(household=birth.household_id, from_centre=False).values_list("text", flat=True)
    return any(LOSS_LIKELY.search(text) for text in texts.order_by("pk"))
