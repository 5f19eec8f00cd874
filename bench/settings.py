"""The test settings, and the template pack that ours is measured against."""

from postpartum_portal.settings.test import *  # noqa: F403
from postpartum_portal.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "crispy_bootstrap5"]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("dads", "bootstrap5")  # type: ignore[assignment]
