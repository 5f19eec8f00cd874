"""What ties a user to a municipality. What ties one to a facility lives in `facilities`."""

from typing import ClassVar, Self

from django.db import models

from postpartum_portal.shared import clock

from .user import User


class StandingManager(models.Manager["Membership"]):
    """Those that hold: closed by default for whoever has left."""

    def get_queryset(self) -> models.QuerySet["Membership"]:
        return super().get_queryset().filter(ended_at=None)


class Membership(models.Model):
    """A user's role in a municipality's centre.

    One that has ended stays, so that what was done under it can be told; `objects` holds those that have not.
    """

    class Role(models.TextChoices):
        CENTRE = "centre", "センター職員"
        DECIDER = "decider", "決定者"
        AUDITOR = "auditor", "監査"

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(default=clock.now)
    # The last day on which its pages were used: a day, as one write a day is all it may cost.
    last_used_on = models.DateField("最後に使った日", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = StandingManager()
    with_ended: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                condition=models.Q(ended_at=None),
                name="one_role_per_user_and_municipality",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["centre", "decider", "auditor"]), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def may_decide(self) -> bool:
        return self.role == self.Role.DECIDER

    @property
    def may_change(self) -> bool:
        """An auditor reads everything and changes nothing."""
        return self.role in (self.Role.CENTRE, self.Role.DECIDER)
