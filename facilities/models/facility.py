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
    area = models.CharField("地域", max_length=80, blank=True)  # as the list prints it
    phones = models.JSONField("電話", default=list)
    url = models.URLField(blank=True)
    message = models.TextField("メッセージ", blank=True)
    # A facility that keeps no places here gets requests without day counters.
    keeps_capacity = models.BooleanField(default=False)
    # Whether everybody may see how many of those places are free.
    publishes_places = models.BooleanField("空きの公開", default=False)
    # Kind of place → until when it takes requests here: {"days": 2, "until": "16:00"}, days before the first day.
    notices = models.JSONField("予約の締切", default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def phone(self) -> str:
        """The number to call first; empty where none is published."""
        return str(self.phones[0]) if self.phones else ""


class StaffMembership(models.Model):
    """A user who works at a facility. Who leaves has none; what was done under it stands in the log.

    `manages`: invites colleagues and ends their work, and changes what the facility sets for itself.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="facility_memberships")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="staff")
    manages = models.BooleanField("管理者", default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "facility"], name="one_membership_per_user_and_facility")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.facility}"


class Accepting(models.Model):
    """Whom a facility takes, in the words of a municipality's list. Empty or null: the list does not say."""

    class AgeUnit(models.TextChoices):
        DAYS = "days", "日"
        MONTHS = "months", "か月"
        YEARS = "years", "年"

    age_under = models.PositiveSmallIntegerField(null=True)
    age_unit = models.CharField(max_length=6, choices=AgeUnit, blank=True)
    age_inclusive = models.BooleanField(default=False)  # also on the corresponding day (応当日)
    age_title = models.CharField("対象", max_length=60, blank=True)  # as printed: 生後4か月未満
    multiples = models.BooleanField("多胎の受入", null=True)
    siblings = models.BooleanField("きょうだいの受入", null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(age_under__isnull=True, age_unit="", age_title="")
                | (Q(age_under__gt=0) & ~Q(age_unit="") & ~Q(age_title="")),
                name="%(class)s_age_limit_is_whole_or_absent",
            )
        ]


class Contract(Accepting):
    """A municipality's contract with a facility, from a day on, and what its list says of the facility."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="contracts")
    starts_on = models.DateField(null=True)  # unknown where the page does not say
    ends_on = models.DateField(null=True)
    # Who ended it at the centre: a list that names no end does not take that back.
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # How one books: by (phone, mail, web, association), text, name, phone, email, url; {} where the list does not say.
    booking = models.JSONField("予約のしかた", default=dict)
    # The association whose staff answer requests for this facility; null where the facility answers itself.
    booked_through = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="books_for")
    note = models.TextField(blank=True)  # what could not be read in the list, for one
    source = models.JSONField(default=dict)  # the list's sentence: text, document, url, reading
    sample = models.BooleanField("見本", default=False)  # of the demo's invented list

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        constraints = [
            *Accepting.Meta.constraints,
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


class Offering(Accepting):
    """One service that a facility gives under a contract, and which of its places a use takes.

    What it accepts differs from the contract only where it says so itself.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="offerings")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="offerings")
    service = models.CharField(max_length=30)
    # Offerings that name the same place share it: a bed that serves stays and days alike.
    place = models.CharField(max_length=30)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        constraints = [
            *Accepting.Meta.constraints,
            models.UniqueConstraint(fields=["contract", "service"], name="one_offering_per_service"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.facility_id}"
