"""What a family had used before anything was counted here: on paper, or in another municipality."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow

from .entitlement import Entitlement


class CarriedOver(CitizenRow):
    """One entry of the centre, or the counter-entry that takes one back with all numbers negative.

    Units are counted by their pools, uses of a reduction by `Entitlement.reductions_used`; of these the rows are the
    ledger.
    """

    class Reason(models.TextChoices):
        ON_PAPER = "on_paper", "この市の紙の利用券などで"
        MOVED_IN = "moved_in", "転入する前の市区町村で"
        OTHER = "other", "その他"

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="carried_over")
    units = models.JSONField(default=dict)  # pool code → units
    reductions = models.JSONField(default=dict)  # code of a reduction for first uses → uses
    reason = models.CharField("理由", max_length=10, choices=Reason)
    note = models.CharField("メモ", max_length=200, blank=True)
    used_by = models.DateField("いつまでに使った分か")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(reason="other") & Q(undoes__isnull=True)) | ~Q(note=""),
                name="carried_over_for_another_reason_says_which",
                violation_error_message="「その他」と取り消しには、メモが必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"引き継ぎ{self.pk}"
