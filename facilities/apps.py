from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "facilities"
    verbose_name = "施設"

    def ready(self) -> None:
        from applications.public import birth_recorded  # noqa: PLC0415  # models are loaded only now

        from .services import reminders  # noqa: F401, PLC0415  # registers the planner
        from .services.noticing import notice_birth  # noqa: PLC0415

        birth_recorded.connect(notice_birth, dispatch_uid="facilities.notice_birth")
