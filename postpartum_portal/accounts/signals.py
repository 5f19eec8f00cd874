"""What this app tells the apps above it. Receivers run inside the transaction of the deed and commit with it."""

from django.dispatch import Signal

work_laid_down = Signal()
"""Somebody works on no case of a municipality any more: whoever keeps work of hers hands it on, or releases it.

Arguments: `membership`, `to` (the user who takes it over, or None), `by_id`, `at`.
"""
