"""The user: one person's account."""

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
