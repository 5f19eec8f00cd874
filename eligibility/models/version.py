"""The dated versions of a programme."""

from typing import Any

from django.db import models

from postpartum_portal.shared import clock

from .municipality import Municipality


class ProgrammeVersion(models.Model):
    """One programme file as it was loaded. Immutable: decisions keep the terms they were taken under.

    `closed_days` are no part of the file: they are the municipality's (`change_settings` keeps the two alike), and
    stand here so that whoever has a version counts working days without asking for its municipality.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="programme_versions")
    file_name = models.CharField(max_length=80)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    # Unknown for a page without a date.
    published = models.DateField(null=True)
    # Unknown for a page that does not say from when it holds; it then holds since ever.
    effective_from = models.DateField(null=True)
    loaded_at = models.DateTimeField(default=clock.now)
    closed_days = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sha256"], name="programme_text_is_loaded_once"),
        ]
        ordering = ["municipality", "effective_from", "pk"]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise VersionIsImmutable(self.file_name)
        as_set = Municipality.objects.filter(pk=self.municipality_id)
        self.closed_days = as_set.values_list("closed_days", flat=True).get()
        super().save(*args, **kwargs)


class VersionIsImmutable(Exception):
    """A programme version was to be changed; load a new file instead."""
