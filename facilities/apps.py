from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "facilities"
    verbose_name = "施設"

    def ready(self) -> None:
        # Each connects itself: to a signal of a lower app, or to the jobs' planner and handlers.
        from .services import (  # noqa: F401, PLC0415 - see above
            holding,
            loading,
            noticing,
            owed_answers,
            reminders,
            repricing,
            revoking,
            sounding_ends,
            tomorrow,
            unused,
            waiting_ending,
            waiting_offers,
        )
