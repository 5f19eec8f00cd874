from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "postpartum_portal.shared"
    label = "shared"
    verbose_name = "共通"

    def ready(self) -> None:
        from .exports import making  # noqa: F401, PLC0415 - registers the handlers of its jobs
