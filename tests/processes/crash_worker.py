"""A row of workers for crash tests: each command starts one, by a fork of this warm process.

    python -m tests.processes.crash_worker   ← "letter.after_file": the worker dies there; "": it lives and sweeps

Loading Django and WeasyPrint takes seconds, so it is done once. This process itself never touches the database, so a
child shares no connection with anybody. It answers each line with the child's exit status, -9 for a killed one.
"""

import os
import sys

import django
from django.conf import settings


def main() -> None:
    django.setup()
    from postpartum_portal.shared import pdf_engine  # noqa: F401, PLC0415 - loads WeasyPrint before the forks

    for line in sys.stdin:
        print(_fork_and_work(line.strip()), flush=True)  # noqa: T201 - the answer


def _fork_and_work(failpoint: str) -> int:
    child = os.fork()
    if not child:
        settings.FAILPOINTS = {failpoint: "kill"} if failpoint else {}
        _work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _work() -> None:
    """What the embedded worker and Celery's sweep do: whatever is due, until nothing is."""
    from postpartum_portal.shared.jobs import tasks  # noqa: PLC0415 - needs Django

    while tasks.sweep():
        pass


if __name__ == "__main__":
    main()
