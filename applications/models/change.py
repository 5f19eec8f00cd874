"""What a family reports as changed after it has applied: its name, its address, its class, that it moves away."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Household


class ChangeNotice(CitizenRow):
    """One thing reported as changed, as it stood before and after. It holds at once; the centre looks at it afterwards.

    `before` and `after` hold the fields of that kind as `Household`, `HouseholdClass` and `Birth` name them, days as
    text. A move that is taken back is a notice of its own.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("氏名")
        ADDRESS = "address", _("住所")
        PHONE = "phone", _("電話番号")
        EMERGENCY = "emergency", _("緊急連絡先")
        HOUSEHOLD_CLASS = "household_class", _("世帯の区分")
        MOVING_AWAY = "moving_away", _("転出")

    class Status(models.TextChoices):
        FILED = "filed", _("届け出ずみ")
        SEEN = "seen", _("センターが確かめました")

    household = models.ForeignKey(Household, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind)
    before = models.JSONField()
    after = models.JSONField()
    effective_on = models.DateField()
    reported_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = FSMField(default=Status.FILED, choices=Status, protected=True)
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row

    class Meta:
        ordering = ["reported_at", "pk"]
        indexes = [
            models.Index(fields=["municipality", "reported_at"], name="change_to_be_seen", condition=Q(status="filed")),
        ]

    def __str__(self) -> str:
        return f"変更届{self.pk}"

    @transition(
        status,
        source=Status.FILED,
        target=Status.SEEN,
        permission="applications.screen",
        custom={"label": "確かめた"},
    )
    def see(self) -> None:
        """The centre has looked at it."""
