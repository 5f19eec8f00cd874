"""One print of many letters: what was asked for, and the merged file as long as it is needed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .letter import Letter

PRINT_LETTERS = "print_letters"
"""The kind of job that merges the files of a print; its subject is the print's id."""


class PrintRun(models.Model):
    """Letters to be printed in one go, in the order of their envelopes. Its file is a copy and is deleted soon."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    storage_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)  # opened for printing the first time
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(deleted_at__isnull=False) | ~Q(storage_name="", sha256=""),
                name="made_print_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"印刷{self.pk}"


class PrintedLetter(CitizenRow):
    """A letter in a print: at which place and of how many pages, or why it is not in it."""

    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="lines")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="prints")
    position = models.PositiveSmallIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "letter"], name="letter_is_once_in_a_print"),
        ]

    def __str__(self) -> str:
        return f"印刷{self.run_id}: {self.letter_id}"
