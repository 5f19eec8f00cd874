"""What demo, test and production share. Anything that differs by machine is read from the environment."""

from pathlib import Path
from typing import Any

import environ

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_fsm",
    "django_htmx",
    "django_scopes",
    "rules.apps.AutodiscoverRulesConfig",
    "postpartum_portal.shared",
    "eligibility",
    "postpartum_portal.accounts",
    "applications",
    "facilities",
    "postpartum_portal.pages",
]

MIDDLEWARE = [
    "postpartum_portal.shared.deadline.DeadlineMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each page at random, so that its length tells no secret in it
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "postpartum_portal.accounts.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "postpartum_portal.shared.request_log.RequestLog",
    "postpartum_portal.accounts.middleware.AccessMiddleware",
    "postpartum_portal.pages.numbers_closed.NumbersClosedMiddleware",
]

ROOT_URLCONF = "postpartum_portal.urls"
WSGI_APPLICATION = "postpartum_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has business with our files
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(ROOT / "var" / "static"))()
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / "var" / "media"))()
PROGRAMME_DIR = ROOT / "fixtures" / "programmes"
PUBLISH_AHEAD_DAYS = env.int("PUBLISH_AHEAD_DAYS", default=731)  # two years: a start beyond is a slip of the year
WAITING_OFFER_HOURS = env.int("WAITING_OFFER_HOURS", default=12)  # to answer; never ends at night
SUGGESTION_HOURS = env.int("SUGGESTION_HOURS", default=48)  # to choose one of the days a facility suggests
HOLD_MINUTES = env.int("HOLD_MINUTES", default=15)  # days are kept for a caller until she types the code
PRINT_KEPT_HOURS = env.int("PRINT_KEPT_HOURS", default=24)  # the merged file of a print of letters
REMINDER_HOUR = env.int("REMINDER_HOUR", default=9)  # when people read their mail
DRAFT_REMINDER_DAYS = env.int("DRAFT_REMINDER_DAYS", default=3)  # an application untouched for so long
UNUSED_REMINDER_DAYS = env.int("UNUSED_REMINDER_DAYS", default=14)  # before the last day of use
BIRTH_REMINDER_DAYS = env.int("BIRTH_REMINDER_DAYS", default=14)  # after the due date, with no birth on record
PAPER_REMINDER_DAYS = env.int("PAPER_REMINDER_DAYS", default=7)  # after the application or the decision
CERTIFICATE_REMINDER_DAYS = env.int("CERTIFICATE_REMINDER_DAYS", default=30)  # before the first day of use without
ANSWER_REMINDER_HOURS = env.int("ANSWER_REMINDER_HOURS", default=24)  # a facility owes an answer to a request
ANSWER_OVERDUE_HOURS = env.int("ANSWER_OVERDUE_HOURS", default=72)  # then the centre hears of it
OFFICE_HOUR = env.int("OFFICE_HOUR", default=8)  # when staff are told what waits for them
# What no office keeps goes after so many days (`facilities/services/leftovers.py`); records have years of their own.
UNSENT_DRAFT_DAYS = env.int("UNSENT_DRAFT_DAYS", default=180)  # a draft that nobody touched
UNANSWERED_PROXY_DAYS = env.int("UNANSWERED_PROXY_DAYS", default=90)  # written by another, never agreed to
MAIL_TEXT_DAYS = env.int("MAIL_TEXT_DAYS", default=90)  # address and words of a mail that went out
DONE_JOB_DAYS = env.int("DONE_JOB_DAYS", default=400)
IDLE_ACCOUNT_DAYS = env.int("IDLE_ACCOUNT_DAYS", default=365)  # a sign-in without any row, unused
PURGE_HOUR = env.int("PURGE_HOUR", default=3)  # when records whose time is over are erased
HOLD_GUESSES = env.int("HOLD_GUESSES", default=5)  # wrong codes of one account in as many minutes
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "dads"
CRISPY_TEMPLATE_PACK = "dads"

# Requests: a page with many documents stays far below, a flood of bytes does not get in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "postpartum_portal.shared.arriving.CappedUploads",  # first: what it holds back reaches no memory and no disk
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Accounts. Staff of a centre and of a facility need a second factor: postpartum_portal.accounts.middleware.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "postpartum_portal.accounts.adapter.PortalAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Six digits on the phone's number pad, three tries, ten minutes: with one hand, at three in the morning.
CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_FORMAT = CODE_FORMAT
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
# Tries at one address are counted by postpartum_portal.accounts.limits, where nobody elsewhere can use up what is hers:
# (how many, in how many seconds), by her known browser, by one unknown source, by all unknown together (docs/adr/0032).
SIGN_IN_LIMITS: dict[str, dict[str, tuple[tuple[int, int], ...]]] = {
    "code": {
        "known": ((5, 300), (30, 86_400)),
        "source": ((3, 300), (6, 3_600), (12, 86_400)),
        "strangers": ((12, 3_600), (30, 86_400)),
    },
    "second_factor": {
        "known": ((5, 300), (20, 86_400)),
        "source": ((3, 300), (10, 86_400)),
        "strangers": ((5, 300), (20, 86_400)),
    },
}
# To every answer of the sign-in and the sign-up: the time it takes would tell who has an account.
SIGN_IN_SECONDS = 0.2
# allauth counts one source over all addresses, and nothing by the address: whoever knows it could lock her out.
ONE_SOURCE = "30/m/ip,300/h/ip,1000/d/ip"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": ONE_SOURCE,
    "request_login_code": ONE_SOURCE,
    "signup": ONE_SOURCE,
    "login_failed": "",
    "confirm_email": "",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # nothing to guess; a town hall's morning comes from one source
ACCOUNT_FORMS = {
    "login": "postpartum_portal.accounts.forms.LoginForm",
    "signup": "postpartum_portal.accounts.forms.SignupForm",
    "request_login_code": "postpartum_portal.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "postpartum_portal.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "postpartum_portal.accounts.forms.ConfirmEmailVerificationCodeForm",
}
MFA_ADAPTER = "postpartum_portal.accounts.passkeys.PortalMFAAdapter"
MFA_FORMS = {
    "authenticate": "postpartum_portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "postpartum_portal.accounts.forms.ReauthenticateForm",
    "activate_totp": "postpartum_portal.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "postpartum_portal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "postpartum_portal.accounts.forms.EditPasskeyForm",
    "login_webauthn": "postpartum_portal.accounts.passkeys.LoginPasskeyForm",
    "reauthenticate_webauthn": "postpartum_portal.accounts.passkeys.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key that somebody found opens nothing without its owner
MFA_TOTP_ISSUER = "産後ケアポータル"
MFA_TOTP_TOLERANCE = 1  # half a minute each way: digits change while they are typed, a phone's clock is a little off

METRICS_FOLDER = ""  # where web processes count requests for operators; "": they do not

# Sessions live in the database: Redis may be emptied at any time.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
KNOWN_BROWSER_COOKIE_NAME = "known-browser"
WORDS_COOKIE_NAME = "words"
MESSAGE_COOKIE_NAME = "messages"
MESSAGE_STORAGE = "postpartum_portal.accounts.headers.MessageStorage"
CAMERA_PAGES = frozenset({"facility:today", "facility:day", "facility:find", "facility:coupons"})
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "postpartum_portal.accounts.token_over.refused"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
    }
}

# Mails are rows (postpartum_portal.shared.mail); a stalled server must not hold a worker.
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = str(ROOT / "var" / "mails")  # where the demo keeps them
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="産後ケアポータル <noreply@localhost>")
# Links in mails carry this origin, never the Host header of a request.
PORTAL_ORIGIN = env("PORTAL_ORIGIN", default="http://localhost:8000")

# The clock may be moved only where a newcomer or a test walks the journey; production refuses to start with it.
CLOCK_MAY_MOVE = False
DEMO = False

# Jobs: rows in the database; Celery is the wake-up call (postpartum_portal.shared.jobs).
JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
JOB_LEASE_SECONDS = 20  # a killed worker's job is taken over after this, so within half a minute
# Seconds between the five tries of a job, by its queue. Mail: again while a code still holds, after the minutes for
# which a server puts strangers off (greylisting), and after hours for one that is down.
JOB_PAUSES = {"default": (5, 20, 80, 320), "mail": (30, 330, 3_600, 14_400)}
MAIL_SERVER_AWAY_SECONDS = 30  # all mails wait so long when one found no server, or one that hangs
JOB_PAUSES_AFTER_SECONDS = 6  # a job of many rows; a sweep may begin it late, and has the task's time limit
REPLAY_CASES_AT_ONCE = 1_000  # a few seconds of one job
CELERY_BROKER_URL = env("REDIS_URL", default="redis://localhost:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,  # of a frozen or absent Redis nobody asks a second time, which kombu does two seconds later
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 18  # below the lease, which is below the visibility timeout
CELERY_TASK_SOFT_TIME_LIMIT = 15
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "postpartum_portal.shared.jobs.tasks.sweep", "schedule": 5.0},
    "plan-reminders": {"task": "postpartum_portal.shared.jobs.tasks.plan", "schedule": 300.0},
    "seal-events": {"task": "postpartum_portal.shared.jobs.tasks.seal", "schedule": 10.0},
}

# A request has its answer in so many seconds, and be it that the database is away (docs/adr/0034): sooner than people
# stop looking, and than proxies and gunicorn lose patience. Jobs, commands and migrations have the limits of their own.
ANSWER_SECONDS = 7
DATABASE_OPTIONS_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": ANSWER_SECONDS,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(url: str) -> dict[str, Any]:
    """One database, as `DATABASES["default"]` wants it, with what this portal needs of PostgreSQL or SQLite."""
    config: dict[str, Any] = env.db_url_config(url)
    if "sqlite3" in config["ENGINE"]:
        config["OPTIONS"] = {**DATABASE_OPTIONS_SQLITE}
    else:
        config["ENGINE"] = "postpartum_portal.shared.postgres"
        # The server looks every two seconds whether whoever asked is still there: else a lock outlives its owner.
        config["OPTIONS"] = {"connect_timeout": 10, "options": "-c client_connection_check_interval=2000"}
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config
