"""Named points at which a test makes the process die, to show that nothing is lost or doubled there.

Does nothing unless `settings.FAILPOINTS` names the point, which only the settings of crash tests do.
"""

import os
import signal

from django.conf import settings


def reach(name: str) -> None:
    """Pass the point `name`. Under `FAILPOINTS = {name: "kill"}` end the process as -9 does, under "raise" raise; a
    function that stands there is called, as one that waits.

    Raises:
        FailpointReached: the settings say "raise" for this point.
    """
    action = getattr(settings, "FAILPOINTS", {}).get(name)
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "raise":
        raise FailpointReached(name)
    elif callable(action):
        action()


class FailpointReached(Exception):
    """A test asked for a failure here."""
