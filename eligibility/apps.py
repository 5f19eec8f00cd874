from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "eligibility"
    verbose_name = "利用のきまり"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers itself
        from .services import contacts  # noqa: F401, PLC0415 - registers its planner
