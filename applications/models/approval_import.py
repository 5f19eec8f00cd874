"""Running approvals that a municipality brings along as a file, on the day on which it begins here."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class ApprovalImport(models.Model):
    """One file: checked and looked at, then taken over whole. Its content is kept only until then."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    rows = models.PositiveSmallIntegerField()
    checked_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sha256"], name="file_of_approvals_is_taken_over_once"),
        ]

    def __str__(self) -> str:
        return f"承認の引き継ぎ{self.pk}"


class ImportedApproval(CitizenRow):
    """Which line of which file an approved application came from, and the number of its letter on paper."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="imported")
    source = models.ForeignKey(ApprovalImport, models.PROTECT, related_name="approvals")
    line = models.PositiveSmallIntegerField()
    old_number = models.CharField("紙の通知書の番号", max_length=60, blank=True)
    email = models.EmailField("メールアドレス", blank=True)  # to offer her an account

    def __str__(self) -> str:
        return f"引き継いだ承認{self.pk}"
