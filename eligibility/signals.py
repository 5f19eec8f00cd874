"""What eligibility tells the apps above it, and asks them."""

from django.dispatch import Signal

programmes_loaded = Signal()
"""Sent with `directory: Path` and `on: date` after the programme files of a folder are rows, in their transaction."""

version_added = Signal()
"""A municipality has one more version of its programme: `version`, `at`; inside the transaction that made it."""

check_opens = Signal()
"""Somebody opens the check with a `request`: a receiver returns whether a loss of hers is known."""
