"""Amounts of one facility that the programme leaves open: what its list publishes, and what staff entered."""

from typing import ClassVar, Self

from django.db import models

from eligibility.public import AmountRow
from postpartum_portal.shared.kept import kept_within

from .facility import Facility, Offering


class OfferingAmount(AmountRow):
    """An amount for one service of a facility. `source` is the list's sentence, empty where staff entered it."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="amounts")
    per = models.CharField(max_length=20, blank=True)  # as printed: 1日
    source = models.TextField(blank=True)
    # Whether the facility's own staff entered it, or the centre's.
    by_facility = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Self]] = kept_within(municipality="municipality_id", facility="facility_id")
