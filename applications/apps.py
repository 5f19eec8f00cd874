from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "申請"

    def ready(self) -> None:
        from .letters import issue  # noqa: F401, PLC0415 - registers the handler of its job
