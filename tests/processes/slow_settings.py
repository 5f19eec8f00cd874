"""Test settings of a worker that is at each mail for a while, so that something can be killed meanwhile."""

import time

from postpartum_portal.settings.test import *  # noqa: F403

FAILPOINTS = {"mail.after_server": lambda: time.sleep(0.5)}
