"""The code under which a family's coupons are shown at a facility."""

from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow

from .entitlement import Entitlement


class Coupon(CitizenRow):
    """One code for all coupons of an entitlement; how many are left, its pools say. A withdrawn code opens nothing."""

    entitlement = models.ForeignKey(Entitlement, models.CASCADE, related_name="coupons")
    code = models.CharField("クーポンの番号", max_length=12, unique=True)  # random digits: easily said on the phone
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # she asked for another one: lost, or seen by somebody

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"], condition=Q(withdrawn_at=None), name="one_live_coupon_per_entitlement"
            ),
        ]

    def __str__(self) -> str:
        return f"クーポン{self.pk}"  # the code stays out of logs

    @property
    def grouped(self) -> str:
        """`1234 5678 9012`: as it is printed and read out."""
        return " ".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
