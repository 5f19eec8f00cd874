from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "facilities"
    verbose_name = "施設"

    def ready(self) -> None:
        from .services import loading  # noqa: F401, PLC0415  # connects itself to eligibility's signal
