"""What this app tells the apps above it. Receivers run inside the transaction of the deed and commit with it."""

from django.dispatch import Signal

entitlement_changed = Signal()
"""An entitlement was granted into, its limits or periods moved, or a loss was told or taken back.

Arguments: `entitlement`, `by`, `at`.
"""

class_changed = Signal()
"""A household reported another class from a day on: `row` of that class, `by`, `at`."""

class_proved = Signal()
"""A certificate that came after the decision was accepted: `row` of the household's class, `by`, `at`."""
