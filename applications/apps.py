from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "申請"

    def ready(self) -> None:
        # Each registers itself: a handler of jobs, a planner, what follows when somebody leaves, which files rows name,
        # what a restore holds.
        from . import erasing  # noqa: F401, PLC0415 - see above
        from .letters import closing, issue, print_run  # noqa: F401, PLC0415 - see above
        from .selectors import stored_files  # noqa: F401, PLC0415 - see above
        from .services import (  # noqa: F401, PLC0415 - see above
            birth_reminders,
            draft_reminders,
            leaving,
            paper_reminders,
            printing,
            window_notices,
        )
