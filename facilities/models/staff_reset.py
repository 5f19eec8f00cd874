"""Taking away the second factor of somebody at a facility: asked for by one, confirmed by another."""

from django.db import models

from postpartum_portal.accounts.models.factor_reset import FactorResetRow, by_two

from .facility import Facility


class StaffReset(FactorResetRow):
    """`municipality`: whose centre asks; null where a colleague does. Read behind an access rule, as memberships."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, null=True, related_name="+")

    class Meta(FactorResetRow.Meta):
        constraints = by_two("facility_")
