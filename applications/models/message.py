"""What a mother and the centre write to each other: one thread for each household."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postpartum_portal.shared.tenancy import CitizenRow

from .household import Household


class Message(CitizenRow):
    """One message of the thread. Its text may tell of her health: it stands here alone, in no mail and in no log.

    `read_at` is when the other side first saw it. A message of hers waits for an answer until `settled_at`: the centre
    has answered, or has said that none is needed.
    """

    LONGEST = 1000  # characters

    household = models.ForeignKey(Household, models.PROTECT, related_name="messages")
    text = models.CharField(_("メッセージ"), max_length=LONGEST)
    from_centre = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_centre=False) | Q(settled_at__isnull=True), name="only_her_message_waits_for_an_answer"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "at"],
                name="message_to_answer",
                condition=Q(from_centre=False, settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"メッセージ{self.pk}"
