"""What faults are tried under: the test settings, but with production's patience, cache and limits.

With UNGUARDED in the environment without all that guards a request: the controls' web server.
"""

from postpartum_portal.settings import base
from postpartum_portal.settings.test import *  # noqa: F403
from postpartum_portal.settings.test import DATABASES, MIDDLEWARE, env

CLOCK_MAY_MOVE = False
ANSWER_SECONDS = base.ANSWER_SECONDS
SIGN_IN_LIMITS = base.SIGN_IN_LIMITS
CACHES = {"default": {"BACKEND": "postpartum_portal.shared.steady_cache.SteadyCache", "LOCATION": env("REDIS_URL")}}
MIDDLEWARE = [*MIDDLEWARE, "tests.processes.dying.DyingMiddleware"]
# What waits for hours in production waits for seconds here.
EMAIL_TIMEOUT = 2
MAIL_SERVER_AWAY_SECONDS = 2
JOB_PAUSES = {"default": (2, 2, 2, 2), "mail": (2, 2, 2, 2)}

if env.bool("UNGUARDED", default=False):
    MIDDLEWARE.remove("postpartum_portal.shared.deadline.DeadlineMiddleware")
    DATABASES["default"] |= {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": False}
    ROOT_URLCONF = "tests.processes.urls_by_django"
    CACHES["default"]["BACKEND"] = "django.core.cache.backends.redis.RedisCache"
