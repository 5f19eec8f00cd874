from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "postpartum_portal.accounts"
    label = "accounts"
    verbose_name = "アカウント"

    def ready(self) -> None:
        # Each registers itself: a planner and a handler, and what follows a sign-in.
        from . import erasing, sessions  # noqa: F401, PLC0415 - see above
        from .services import joining  # noqa: F401, PLC0415 - see above
