from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "postpartum_portal.shared"
    label = "shared"
    verbose_name = "共通"

    def ready(self) -> None:
        from . import real_time  # noqa: F401, PLC0415 - holds worker, beat and migrate to real time
        from .exports import making, stored  # noqa: F401, PLC0415 - registers handlers of jobs, and which files it keeps
