"""A facility is owned by no municipality: contracts tie it to several, offerings say what it does under each."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from postpartum_portal.shared import clock


class Facility(models.Model):
    """A clinic, a birth centre, an association or a midwife on her own. Public facts, so not scoped."""

    code = models.CharField(max_length=60, unique=True)  # from the facility file; stable across loads
    name = models.CharField("名前", max_length=80)
    legal_name = models.CharField("法人名", max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    url = models.URLField(blank=True)
    # A facility that keeps no places here gets requests without day counters.
    keeps_capacity = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class StaffMembership(models.Model):
    """A user who works at a facility."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="facility_memberships")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="staff")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "facility"], name="one_membership_per_user_and_facility")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.facility}"


class Contract(models.Model):
    """A municipality's contract with a facility, from a day on."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="contracts")
    starts_on = models.DateField(null=True)  # unknown where the page does not say
    ends_on = models.DateField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "facility"], name="one_contract_per_municipality_and_facility"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"契約{self.pk}"


class Offering(models.Model):
    """One service that a facility gives under a contract, and which of its places a use takes."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="offerings")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="offerings")
    service = models.CharField(max_length=30)
    # Offerings that name the same place share it: a bed that serves stays and days alike.
    place = models.CharField(max_length=30)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "service"], name="one_offering_per_service")]

    def __str__(self) -> str:
        return f"{self.service} {self.facility_id}"
