"""Leave to see an address that is kept back (支援措置): one person asks, another one confirms, for a few days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Household


class AddressOpening(CitizenRow):
    """Holds once it is confirmed, through `last_day`, unless it is closed before.

    Of the office's, the address is shown to the two who asked and confirmed, and to nobody else.
    """

    class Audience(models.TextChoices):
        OFFICE = "office", "職員が見る・手紙を出す"
        VISIT = "visit", "訪問する人に知らせる"

    household = models.ForeignKey(Household, models.PROTECT, related_name="openings")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.OFFICE)
    purpose = models.CharField("何のために", max_length=200)
    last_day = models.DateField("最後の日")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="two_people_open_an_address",
                violation_error_message="頼んだ人とは別の職員が確かめます。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="opening_is_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"住所の確認{self.pk}"
