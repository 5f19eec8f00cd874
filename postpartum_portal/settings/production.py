"""Production: every secret from the environment, nothing that moves the clock, TLS everywhere."""

import os

from .base import *  # noqa: F403  # settings are the names of a module
from .base import MIDDLEWARE, database, env
from .logs import logging_config
from .objects import files_of
from .refusals import refuse

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # the one before, while it is being replaced
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
PORTAL_ORIGIN = env("PORTAL_ORIGIN")
DATABASES = {"default": database(env("DATABASE_URL"))}
CELERY_BROKER_URL = env("REDIS_URL")
# Tries are counted across web processes; while Redis is away, by each process for itself.
CACHES = {"default": {"BACKEND": "postpartum_portal.shared.steady_cache.SteadyCache", "LOCATION": env("REDIS_URL")}}
# Proxies before the portal that append to X-Forwarded-For; 0 if browsers reach gunicorn itself.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
STORAGES = {
    "default": files_of(env),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)  # from the first byte, on port 465
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)  # STARTTLS
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")

SECURE_SSL_REDIRECT = True  # a proxy that redirects too costs nothing
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health/(ready/)?$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
KNOWN_BROWSER_COOKIE_NAME = "__Host-known-browser"
WORDS_COOKIE_NAME = "__Host-words"
MESSAGE_COOKIE_NAME = "__Host-messages"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
# Figures for operators (docs/operations.md): prometheus-client itself reads the name of this folder.
METRICS_FOLDER = env("PROMETHEUS_MULTIPROC_DIR", default="")
if METRICS_FOLDER:
    MIDDLEWARE = ["postpartum_portal.shared.metrics.middleware.CountRequests", *MIDDLEWARE]
LOGGING = logging_config(env("LOG_LEVEL", default="INFO"))

refuse(globals(), os.environ)
