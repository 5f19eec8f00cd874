"""The user, and what ties a user to a municipality. What ties one to a facility lives in `facilities`."""

from typing import Any

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from postpartum_portal.shared import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person's account. The e-mail is the name; what the person may do follows from memberships."""

    email = models.EmailField("メールアドレス", unique=True)
    display_name = models.CharField("表示名", max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    # Set with the first membership in a centre or a facility; accounts need not know which.
    second_factor_required = models.BooleanField(default=False)
    date_joined = models.DateTimeField()  # set on the first save: Django's checks make users before there are tables

    USERNAME_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.display_name or f"利用者{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.date_joined is None:
            self.date_joined = clock.now()
        super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the rules (django-rules); there are no stored permissions and no superuser."""
        return self.is_active and any(
            backend.has_perm(self, perm, obj) for backend in get_backends() if hasattr(backend, "has_perm")
        )


class Membership(models.Model):
    """A user's role in a municipality's centre."""

    class Role(models.TextChoices):
        CENTRE = "centre", "センター職員"
        DECIDER = "decider", "決定者"
        AUDITOR = "auditor", "監査"

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "municipality"], name="one_role_per_user_and_municipality"),
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
