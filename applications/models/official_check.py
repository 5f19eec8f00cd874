"""What the centre looked up about a household in the city's own records, or in a certificate: who, when, what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from eligibility.engine.wording import fiscal_year_text
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Household


class OfficialCheck(CitizenRow):
    """One look, never edited: a later look is a row of its own. For the centre alone, in no letter and at no facility.

    A check says what somebody saw. It settles no class and opens nothing by itself.
    """

    class Kind(models.TextChoices):
        RESIDENCE = "residence", "住民基本台帳"
        TAX = "tax", "課税台帳"
        WELFARE = "welfare", "生活保護"
        CERTIFICATE = "certificate", "証明書"

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", "確かめられた"
        NOT_CONFIRMED = "not_confirmed", "確かめられない"
        DIFFERS = "differs", "申請とちがう"

    OF_A_YEAR = frozenset({Kind.TAX, Kind.CERTIFICATE})

    household = models.ForeignKey(Household, models.CASCADE, related_name="official_checks")
    kind = models.CharField("何を見たか", max_length=12, choices=Kind)
    fiscal_year = models.PositiveSmallIntegerField("何年度の課税か", null=True)
    holds_from = models.DateField("いつから", null=True)  # of a certificate: from which day it counts
    result = models.CharField("結果", max_length=14, choices=Result)
    seen = models.CharField("見たこと", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="confirmed") | ~Q(seen=""),
                name="official_check_that_fails_says_what_was_seen",
                violation_error_message="確かめられないとき、申請とちがうときは、見たことを書きます。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="tax") | Q(fiscal_year__isnull=False),
                name="tax_check_names_its_year",
                violation_error_message="課税台帳は、何年度のものかを入れます。",
            ),
        ]

    def __str__(self) -> str:
        return f"確認{self.pk}"

    @property
    def record(self) -> str:
        """What was looked at: 課税台帳 令和8年度."""
        year = f" {fiscal_year_text(self.fiscal_year)}" if self.fiscal_year else ""
        return f"{self.get_kind_display()}{year}"
