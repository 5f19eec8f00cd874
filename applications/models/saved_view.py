"""A way of narrowing the centre's list that one member of staff keeps under a name."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from postpartum_portal.shared import clock


class SavedView(models.Model):
    """What is chosen above the list: state, office, who is in charge. Never words of a search: they name a mother."""

    MOST = 8
    """As many as one person may keep in one municipality."""

    municipality = models.ForeignKey("eligibility.Municipality", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("名前", max_length=20)
    state = models.CharField(max_length=10)
    office = models.CharField(max_length=30, blank=True)
    charge = models.CharField(max_length=20, blank=True)  # mine, nobody's, or a colleague's id: see `forms.worklist`
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "municipality", "name"], name="saved_view_has_a_name_of_its_own"),
        ]

    def __str__(self) -> str:
        return f"絞り込み{self.pk}"
