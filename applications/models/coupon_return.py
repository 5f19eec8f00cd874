"""Coupons that came back unused, when a family moved away."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow

from .entitlement import Entitlement


class CouponReturn(CitizenRow):
    """What is left of the entitlement is nothing from `gone_from` on. `units`: pool code → what was left and came back.

    One that was entered by mistake is undone and stays legible; what came back is then hers again.
    """

    class Bearer(models.TextChoices):
        HERSELF = "herself", "本人"
        FAMILY = "family", "ご家族"
        POST = "post", "郵送で"

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="coupon_returns")
    returned_on = models.DateField("返された日")
    gone_from = models.DateField("使えなくなる日")
    number = models.PositiveSmallIntegerField("返された枚数")  # sheets of paper; none where the code was on screen only
    bearer = models.CharField("だれから", max_length=10, choices=Bearer)
    units = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"], condition=Q(undone_at=None), name="coupons_come_back_once_per_entitlement"
            ),
        ]

    def __str__(self) -> str:
        return f"利用券の返却{self.pk}"
