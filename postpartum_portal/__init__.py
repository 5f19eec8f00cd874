"""Composition root: settings, URLs, the Celery app and what every app leans on."""
