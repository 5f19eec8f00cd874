"""Taking a colleague's second factor away, by two persons: she has lost the telephone it is on."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from .user import User

VALID_FOR = dt.timedelta(days=1)
"""So long a second person may confirm; a safeguard of the portal, no rule of anybody."""


class FactorResetRow(models.Model):
    """Asked for by one, confirmed by another, for a third.

    Where they work, the app that knows the place adds in its own model, with `by_two` of its constraints.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"再登録の依頼{self.pk}"


def by_two(where: str = "") -> list[models.BaseConstraint]:
    """The two persons as constraints; `where` begins their names, which no two models may share."""
    return [
        models.CheckConstraint(
            condition=~Q(asked_by=F("user")) & (Q(confirmed_by=None) | ~Q(confirmed_by=F("user"))),
            name=f"{where}second_factor_is_reset_by_others",
            violation_error_message="自分の分は、ほかの職員が頼み、確かめます。",
        ),
        models.CheckConstraint(
            condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
            name=f"{where}second_factor_is_reset_by_two_persons",
            violation_error_message="確かめるのは、頼んだ人とは別の職員です。",
        ),
        models.CheckConstraint(
            condition=Q(confirmed_by=None, confirmed_at=None)
            | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            name=f"{where}confirmed_reset_says_who_and_when",
        ),
    ]


class FactorReset(FactorResetRow):
    """Of somebody at a municipality's centre."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")

    class Meta(FactorResetRow.Meta):
        constraints = by_two()
