"""A mother who applied on paper is offered an account: who wrote her address down, and whether she has confirmed it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Household


class AccountOffer(CitizenRow):
    """`citizen` is the account of the address that was named; `household` is nobody's until she has confirmed it.

    It is open as long as neither `joined_at` nor `closed_at` is set. The address may be typed wrong: before she has
    named her name and her day of birth, nothing about the household is shown to the account.
    """

    MOST_TRIES = 5
    """Wrong answers; the offer is closed with the last, and the centre has to speak to her again."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="account_offers")
    email = models.EmailField("メールアドレス")
    checked = models.CharField("本人と確かめた方法", max_length=60)
    offered_at = models.DateTimeField(default=clock.now)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(joined_at=None, closed_at=None),
                name="one_open_account_offer_per_household",
            ),
            models.CheckConstraint(
                condition=Q(joined_at=None) | Q(closed_at=None), name="account_offer_is_joined_or_closed"
            ),
            models.CheckConstraint(condition=Q(tries__lte=5), name="account_offer_counts_its_tries"),
        ]

    def __str__(self) -> str:
        return f"アカウントの案内{self.pk}"
