"""The event log held against change: sealed in a chain by the worker, recomputed by `manage.py check_audit`."""

from .checking import Finding, Summary, findings, summary
from .sealing import seal

__all__ = ["Finding", "Summary", "findings", "seal", "summary"]
