"""Amounts that no page publishes, as somebody entered them."""

from django.conf import settings
from django.db import models

from postpartum_portal.shared.kept import KeptRow

from .municipality import Municipality


class AmountRow(KeptRow):
    """What somebody entered for an amount that the programme leaves unpublished, from a day on.

    Rows are never edited: a new one replaces from its day. Of two with the same day the later one counts, so a slip is
    put right at once and both stay in sight.
    """

    key = models.CharField(max_length=80)  # the engine's key of the unpublished amount: short_stay.price
    household_class = models.CharField(max_length=30, blank=True)  # empty: every class
    amount = models.PositiveIntegerField("額")  # whole yen
    starts_on = models.DateField("いつから", null=True)  # unknown: since ever
    sample = models.BooleanField("見本の額", default=False)
    note = models.CharField("メモ", max_length=200, blank=True)
    # Nobody: it was loaded from a file. The amount must stay attributable.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.amount}"


class MunicipalAmount(AmountRow):
    """An amount that holds for the whole municipality."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="amounts")
