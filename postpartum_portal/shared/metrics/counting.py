"""What a web process counts, in the folder that all of them on this machine share; nothing without the library."""

try:
    from prometheus_client import Counter, Histogram
except ImportError:  # the extra `metrics` is not installed
    Counter = Histogram = None  # type: ignore[assignment, misc]

AVAILABLE = Counter is not None
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The last is what everybody is promised (docs/adr/0034)."""

DEEDS = {
    "application.submitted": "application",
    "application.entered": "application",
    "decision.approved": "decision",
    "decision.refused": "decision",
    "booking.requested": "booking",
    "booking.cancelled": "cancellation",
}
"""Verbs of the log that are counted, in total over all municipalities."""

if AVAILABLE:
    requests = Histogram(
        "portal_request_seconds", "Requests by page and class of status", ["view", "status"], buckets=SECONDS
    )
    deeds = Counter("portal_deeds", "Deeds of web requests that were kept", ["deed"])


def count_request(view: str, status: int, seconds: float) -> None:
    """`view`: the page's name, "" for what is no page; `seconds` until its answer began."""
    if AVAILABLE:
        requests.labels(view, f"{status // 100}xx").observe(seconds)


def count_deed(verb: str) -> None:
    """To be called when it is kept for good: after the commit."""
    if AVAILABLE:
        deeds.labels(DEEDS[verb]).inc()
