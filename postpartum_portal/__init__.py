"""Composition root: settings, URLs, the Celery app and what every app leans on."""

from .celery import app as celery_app

# Whoever writes a job row sends its wake-up call through this app, also in the web server and in commands.
__all__ = ["celery_app"]
