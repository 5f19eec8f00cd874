"""委託料: what a municipality pays a facility by their contract, as the centre entered it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from eligibility.public import AmountRow
from postpartum_portal.shared.kept import kept_within

from .facility import Facility


class ContractPrice(AmountRow):
    """Yen for one service of a facility, of one kind and for one unit, from a day on. `key` is the kind.

    It names the service and not the offering: a service that is no longer listed still has its months to be paid. What
    nobody entered is unpublished, never 0; that a contract pays nothing for an absence is an entered 0.
    """

    class Kind(models.TextChoices):
        USE = "use", "利用"
        LATE_CANCEL = "late_cancel", "期限後の取り消し"
        NO_SHOW = "no_show", "来所なし"
        MULTIPLES = "multiples", "多胎加算"
        SIBLINGS = "siblings", "きょうだい加算"
        OLDER = "older", "月齢加算"

    class Per(models.TextChoices):
        DAY = "day", "1日"
        NIGHT = "night", "1泊"
        USE = "use", "1回"
        HOUR = "hour", "1時間"

    REQUIRED = (Kind.USE, Kind.LATE_CANCEL, Kind.NO_SHOW)
    ADDITIONS = (Kind.MULTIPLES, Kind.SIBLINGS, Kind.OLDER)
    """On top of what a use is paid, where the contract names them."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    service = models.CharField(max_length=30)
    per = models.CharField("単位", max_length=5, choices=Per)

    objects: ClassVar[models.Manager[Self]] = kept_within(municipality="municipality_id", facility="facility_id")

    class Meta(AmountRow.Meta):
        abstract = False
        indexes = [models.Index(fields=["municipality", "facility"], name="contract_price_by_facility")]
        constraints = [
            models.CheckConstraint(
                condition=Q(key__in=["use", "late_cancel", "no_show", "multiples", "siblings", "older"]),
                name="contract_price_is_of_a_known_kind",
            ),
            models.CheckConstraint(condition=Q(household_class=""), name="contract_price_knows_no_class"),
        ]
