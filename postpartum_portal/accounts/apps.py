from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "postpartum_portal.accounts"
    label = "accounts"
    verbose_name = "アカウント"

    def ready(self) -> None:
        from . import sessions  # noqa: F401, PLC0415 - a planner and a handler register themselves
