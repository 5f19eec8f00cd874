"""The Celery app: a wake-up call for job rows, and beat's periodic calls. No work lives in a message."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum_portal.settings.production")
app = Celery("postpartum_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["postpartum_portal.shared.jobs"])
