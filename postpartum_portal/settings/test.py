"""The test net: real PostgreSQL (or SQLite), everything else as in production unless a test needs it frozen."""

from .base import *  # noqa: F403  # settings are the names of a module
from .base import CELERY_BEAT_SCHEDULE, DATABASE_OPTIONS_SQLITE, database, env
from .logs import logging_config

DEBUG = False
SECRET_KEY = "test"  # noqa: S105  # signs nothing but test cookies
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DATABASES = {"default": database(env("DATABASE_URL", default="sqlite://:memory:"))}
# Crowds of clients beside other work of the machine: what is slow for that is no fault. Tests of faults set it back.
ANSWER_SECONDS = 120
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {**DATABASE_OPTIONS_SQLITE, "timeout": ANSWER_SECONDS}
# Real files for the real workers and clients that tests start as processes of their own.
DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE_NAME", default=None)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.locmem.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # served from the source tree
# Journeys move the clock that web, worker and browser share; unit tests freeze it in process.
CLOCK_MAY_MOVE = env.bool("CLOCK_MAY_MOVE", default=False)
JOBS_WAKE = env("JOBS_WAKE", default="postpartum_portal.shared.jobs.wake.by_nobody")
# Beat calls every second, so that no test waits long for a sweep or a reminder.
CELERY_BEAT_SCHEDULE = {name: {**call, "schedule": 1.0} for name, call in CELERY_BEAT_SCHEDULE.items()}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Tests of the limits switch them on.
ACCOUNT_RATE_LIMITS = False
SIGN_IN_LIMITS = {}
SIGN_IN_SECONDS = 0.0
LOGGING = logging_config(env("LOG_LEVEL", default="CRITICAL"))  # a failing test shows its own trace once
