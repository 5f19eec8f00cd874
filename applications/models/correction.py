"""An application that the centre gave back to be corrected: what was asked, and what she answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class Correction(CitizenRow):
    """One return (差し戻し). Open until she hands the application in again, or it is dropped by the centre or by her
    withdrawal.

    While it is open, what she types is kept here and not in the application, which the centre goes on seeing as it was.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="corrections")
    number = models.PositiveSmallIntegerField("何回目")
    marks = models.JSONField()  # {step: [first box of the answer, …]}, as `selectors.summary.Line.field` names it
    message = models.TextField("直してほしいこと")
    returned_from = models.CharField(max_length=20, choices=Application.Status)
    after_loss = models.BooleanField(default=False)  # asked in words for after a loss; what is older is not shown then
    stood = models.JSONField(default=dict)  # `Application.answers` when it was asked
    answers = models.JSONField(default=dict)  # what she types, in the shape of a draft's; emptied when it closes
    left_out = models.JSONField(default=list)  # ids of documents that she takes out; emptied when it closes
    # [{"step", "label", "before", "after"}], as both sides were shown them; taken back by the centre: hers alone
    changes = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None, dropped_at=None),
                name="one_open_correction_per_application",
                violation_error_message="この申請は、もう差し戻しています。",
            ),
            models.UniqueConstraint(fields=["application", "number"], name="corrections_are_counted"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(dropped_at=None),
                name="correction_is_answered_or_dropped",
                violation_error_message="答えのあった差し戻しは、取りやめられません。",
            ),
            models.CheckConstraint(
                condition=~Q(message=""),
                name="correction_says_why",
                violation_error_message="差し戻すときは、直してほしいことを書きます。",
            ),
        ]

    def __str__(self) -> str:
        return f"差し戻し{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.dropped_at is None
