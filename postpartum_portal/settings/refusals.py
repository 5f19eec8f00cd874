"""What production does not start with: settings that would let somebody in or tell on somebody, each by a sentence."""

import os
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

SMTP = "django.core.mail.backends.smtp.EmailBackend"
SECRET_CHARACTERS = 50
"""As Django's own check asks for; what .env.example tells to make has 64."""

KNOWN_SECRETS = ("django-insecure", "demo", "test", "secret", "change")
MUST_HOLD = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_HTTPONLY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_HSTS_SECONDS",
    "ACCOUNT_RATE_LIMITS",
    "SIGN_IN_LIMITS",
)
MUST_NOT = {
    "DEBUG": "its error pages show settings, rows and what people typed",
    "DEMO": "its pages let anybody sign in as anybody",
    "CLOCK_MAY_MOVE": "it is for the demo and for tests; production keeps real time",
    "MFA_TOTP_INSECURE_BYPASS_CODE": "it stands in for everybody's second factor",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": "it lets another site ask for passkeys",
}
"""Names of settings, and of what the environment might say by mistake."""

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def refuse(settings: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    """Judge the settings as they are, and what the environment asked for and would not get.

    Raises:
        ImproperlyConfigured: one line for each setting that is unsafe.
    """
    unsafe = [
        *_secret("SECRET_KEY", settings["SECRET_KEY"]),
        *(line for key in settings["SECRET_KEY_FALLBACKS"] for line in _secret("SECRET_KEY_FALLBACKS", key)),
        *_names(settings["ALLOWED_HOSTS"], settings["PORTAL_ORIGIN"]),
        *_switches(settings, environment),
        *_servers(settings),
        *_mail(settings),
        *_metrics(settings["METRICS_FOLDER"]),
        *_files(settings["STORAGES"]["default"], environment),
    ]
    if unsafe:
        raise ImproperlyConfigured("\n".join(unsafe))


def _secret(name: str, key: str) -> Iterator[str]:
    if len(key) < SECRET_CHARACTERS or len(set(key)) < SECRET_CHARACTERS // 5 or key.lower().startswith(KNOWN_SECRETS):
        yield f"{name} must be made up at random, with {SECRET_CHARACTERS} characters or more: it signs sessions."


def _names(hosts: list[str], origin: str) -> Iterator[str]:
    if not any(hosts):
        yield "ALLOWED_HOSTS names nobody: browsers could not reach the portal."
    if any("*" in host for host in hosts):
        yield "ALLOWED_HOSTS must name the hosts of the portal, without *: whoever sends another name is turned away."
    parts = urlsplit(origin)
    if parts.scheme != "https" or not parts.hostname:
        yield "PORTAL_ORIGIN must begin with https://: it is printed in mails."
    elif origin != f"https://{parts.netloc}" or "@" in parts.netloc:
        yield "PORTAL_ORIGIN is scheme and host only, without a path: https://portal.example.jp"
    elif not validate_host(parts.hostname, [host for host in hosts if host != "*"]):
        yield f"PORTAL_ORIGIN leads to {parts.hostname}, which ALLOWED_HOSTS does not name: links in mails would fail."


def _switches(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[str]:
    for name, why in MUST_NOT.items():
        if settings.get(name) or environment.get(name, "").lower() in ("1", "true", "yes", "on", "y", "t", "ok"):
            yield f"{name} must be off in production: {why}."
    for name in MUST_HOLD:
        if not settings.get(name) or environment.get(name, "").lower() in ("0", "false", "no", "off"):
            yield f"{name} must be on in production."
    if "demo" in settings["ROOT_URLCONF"]:
        yield "ROOT_URLCONF must not be the demo's."


def _servers(settings: Mapping[str, Any]) -> Iterator[str]:
    if "postgres" not in settings["DATABASES"]["default"]["ENGINE"]:
        yield "DATABASE_URL must name PostgreSQL: SQLite is for the demo, with one writer at a time."
    if not settings["CELERY_BROKER_URL"].startswith(("redis://", "rediss://")):
        yield "REDIS_URL must begin with redis:// or rediss://."
    if settings["ALLAUTH_TRUSTED_PROXY_COUNT"] < 0:
        yield "TRUSTED_PROXY_COUNT is the number of proxies before the portal, 0 or more."


def _mail(settings: Mapping[str, Any]) -> Iterator[str]:
    over_tls = (settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"])
    if settings.get("EMAIL_BACKEND", SMTP) != SMTP:
        yield "EMAIL_BACKEND must be SMTP: another one keeps mails on this machine."
    if not settings["EMAIL_HOST"]:
        yield "EMAIL_HOST is empty: no code to sign in with would arrive."
    if all(over_tls):
        yield "Set one of EMAIL_USE_SSL (port 465) and EMAIL_USE_TLS (port 587), not both."
    elif not any(over_tls) and settings["EMAIL_HOST_PASSWORD"]:
        yield "EMAIL_HOST_PASSWORD would travel in clear: set EMAIL_USE_TLS or EMAIL_USE_SSL."
    elif not any(over_tls) and settings["EMAIL_HOST"] not in THIS_MACHINE:
        yield "EMAIL_USE_TLS or EMAIL_USE_SSL must be on: mails carry the codes to sign in with."


def _metrics(folder: str) -> Iterator[str]:
    if folder and not find_spec("prometheus_client"):
        yield "PROMETHEUS_MULTIPROC_DIR is set, and the extra `metrics` is not installed: requirements-extras.txt."
    if folder and not os.access(folder, os.W_OK | os.X_OK):
        yield f"PROMETHEUS_MULTIPROC_DIR must be a folder that the portal may write to; {folder} is none."


def _files(storage: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[str]:
    options = storage.get("OPTIONS", {})
    if "bucket_name" not in options:
        if stray := sorted(name for name, value in environment.items() if name.startswith("OBJECT_STORE_") and value):
            yield f"{stray[0]} is set without OBJECT_STORE_BUCKET: files would stay on this machine."
        return
    if not find_spec("storages"):
        yield "OBJECT_STORE_BUCKET is set, and the extra `objects` is not installed: requirements-extras.txt."
    endpoint = urlsplit(options["endpoint_url"] or "https://")
    if endpoint.scheme != "https" and endpoint.hostname not in THIS_MACHINE:
        yield "OBJECT_STORE_ENDPOINT must begin with https://: letters and papers travel there."
    if bool(options["access_key"]) != bool(options["secret_key"]):
        yield "OBJECT_STORE_KEY and OBJECT_STORE_SECRET belong together; both are left empty for a role of the machine."
    if options["default_acl"] not in (None, "private", "bucket-owner-full-control"):
        yield "OBJECT_STORE_ACL must be private, or none where the bucket knows no lists: pages alone hand out files."
