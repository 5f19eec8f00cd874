"""Test settings of a worker that knows one planner more: it writes anew each time. The control of the beats' test."""

from postpartum_portal.settings.test import *  # noqa: F403
from postpartum_portal.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.processes.careless.Careless"]
