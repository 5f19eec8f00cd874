"""What eligibility tells the apps above it."""

from django.dispatch import Signal

programmes_loaded = Signal()
"""Sent with `directory: Path` and `on: date` after the programme files of a folder are rows, in their transaction."""
