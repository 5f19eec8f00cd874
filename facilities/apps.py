from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "facilities"
    verbose_name = "施設"

    def ready(self) -> None:
        # Each connects itself: to a signal of a lower app, or to the jobs' planner and handlers.
        from . import erasing  # noqa: F401, PLC0415 - see above
        from .selectors import stored_files  # noqa: F401, PLC0415 - see above
        from .services import (  # noqa: F401, PLC0415 - see above
            block_ward,
            forgetting,
            holding,
            leftovers,
            list_numbers,
            loading,
            month_papers,
            month_reminders,
            noticing,
            owed_answers,
            pattern_filling,
            payment_papers,
            purging,
            reminders,
            repricing,
            revoking,
            sounding_ends,
            staff_joining,
            suggestion_answers,
            tomorrow,
            unused,
            waiting_ending,
            waiting_offers,
        )
