"""Standing in line for full days: what the booking will need is asked now, so that an offer takes one press."""

import datetime as dt
from typing import Any

from .dates import AskForm


class WaitForm(AskForm):
    """The days, when she comes, a word to the facility, and her others where they are asked for."""

    def said(self) -> dict[str, Any]:
        """What she says, as `wait` takes it."""
        asked = self.cleaned_data
        return {
            "first_day": asked["day"],
            "last_day": asked["day"] + dt.timedelta(days=asked["days"] - 1),
            **self.told(),
        }
