"""What this app tells the apps above it. Receivers run inside the transaction of the deed and commit with it."""

from django.dispatch import Signal

entitlement_changed = Signal()
"""An entitlement was granted into, its limits or periods moved, or a loss was told or taken back.

Arguments: `entitlement`, `by`, `at`.
"""

used_before = Signal()
"""What of an entitlement was used before anything was counted here is counted now, or taken back.

Arguments: `entitlement`, `by`, `at`.
"""

class_changed = Signal()
"""A household reported another class from a day on: `row` of that class, `by`, `at`."""

class_proved = Signal()
"""A certificate that came after the decision was accepted: `row` of the household's class, `by`, `at`."""

services_narrowing = Signal()
"""Services are to be taken from a family while its approval goes on. Who keeps bookings of them answers with lines
that say what stands in the way, in words; nothing is changed.

Arguments: `entitlement`, `services` (that nothing else grants), `since` (the day), `at`.
"""

approval_revoked = Signal()
"""An approval gives nothing from a day on. Who keeps bookings of those services gives them up, free; sent twice.

Arguments: `entitlement`, `services` (that nothing else grants), `since` (the day), `by`, `at`.
"""
