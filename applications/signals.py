"""What this app tells the apps above it. Receivers run inside the transaction of the deed and commit with it."""

from django.dispatch import Signal

birth_recorded = Signal()
"""A birth was recorded or its date corrected: `birth`, `by`, `at`."""

entitlement_changed = Signal()
"""An entitlement was granted into, or its limits moved: `entitlement`, `by`, `at`."""
