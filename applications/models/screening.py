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
    # code of a circumstance or of a question of the script → True, False, None (not settled), text, number;
    # `handbook_on` → the day (ISO) or None
    note = models.TextField("聞いたこと", blank=True)
    recommendation = models.CharField(max_length=10, choices=Recommendation, blank=True)
    grounds = models.TextField(
        "決定への申し送り", blank=True
    )  # why, for the decider: drafted here, worded by the nurse
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"聞き取り{self.pk}"


class HearingEntry(CitizenRow):
    """One answer as a browser page wrote it: by whom, when, and whether it stands. It stays one while the page goes on.

    Two colleagues may write at once. What the second wrote over an answer that she had not seen is set aside: kept,
    and shown until one of the two is chosen.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="entries")
    code = models.CharField(max_length=60)  # as in `Hearing.told`, or the name of a field of its own (consent, note …)
    answer = models.JSONField(null=True)
    page = models.CharField(max_length=12)  # the browser page it came from: its own earlier answers it may overwrite
    set_aside = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["hearing", "code"], name="hearing_entry_by_code")]

    def __str__(self) -> str:
        return f"聞き取りの答え{self.pk}"  # neither question nor answer: both are health data
