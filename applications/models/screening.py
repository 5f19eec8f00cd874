"""Calls to the mother and what she said on the phone."""

from django.conf import settings
from django.db import models

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class PhoneCall(CitizenRow):
    """One attempt to reach the mother."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="calls")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reached = models.BooleanField()
    call_back_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"電話{self.pk}"


class Hearing(CitizenRow):
    """The phone screening: what the programme asks, in the mother's words, and what the nurse recommends.

    Health data by law: read only on the case page, each read logged, never shown to a facility.
    """

    class Recommendation(models.TextChoices):
        APPROVE = "approve", "承認がよい"
        REFUSE = "refuse", "不承認がよい"

    application = models.OneToOneField(Application, models.CASCADE, related_name="hearing")
    consent = models.BooleanField("本人と確かめ、同意を得た", default=False)
    told = models.JSONField(default=dict)
    # circumstance code of the programme → True, False or None (not settled); `handbook_on` → the day (ISO) or None
    note = models.TextField("聞いたこと", blank=True)
    recommendation = models.CharField(max_length=10, choices=Recommendation, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"聞き取り{self.pk}"
