"""Test settings of a worker that is told where to die."""

from postpartum_portal.settings.test import *  # noqa: F403
from postpartum_portal.settings.test import env

FAILPOINTS = {point: "kill" for point in [env("FAILPOINT", default="")] if point}
