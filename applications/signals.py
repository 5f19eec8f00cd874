"""What this app tells the apps above it. Receivers run inside the transaction of the deed and commit with it."""

from django.dispatch import Signal

birth_recorded = Signal()
"""A birth was recorded or its date corrected: `birth`, `by`, `at`."""

entitlement_changed = Signal()
"""An entitlement was granted into, or its limits moved: `entitlement`, `by`, `at`."""

class_proved = Signal()
"""A certificate was accepted after the decision: `household`, the paper's `label`, its row's id `proof`, `by`, `at`."""
