"""The embedded portal of `make demo`: SQLite, one worker, no broker, a clock that can be moved. Never for real data."""

from .base import *  # noqa: F403  # settings are the names of a module
from .base import ROOT, database, env
from .logs import logging_config

DEMO = True
DEBUG = False
DEMO_DIR = env.path("DEMO_DIR", default=str(ROOT / "var" / "demo"))()
SECRET_KEY = "demo-only-not-a-secret"  # noqa: S105  # the demo holds invented people only
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{DEMO_DIR}/portal.sqlite3"))}
MEDIA_ROOT = f"{DEMO_DIR}/media"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = f"{DEMO_DIR}/mails"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # served from the source tree
CLOCK_MAY_MOVE = True
JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_nobody"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
LOGGING = logging_config(env("LOG_LEVEL", default="WARNING"))
