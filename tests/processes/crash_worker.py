"""A row of workers for crash tests: each command starts some, by forks of this warm process.

    python -m tests.processes.crash_worker
        letter.after_file                     a worker that dies there; "" for one that lives: they sweep
        letter.after_row approve 12 5         a decider (user 5) approves application 12, and the server dies there
        - reissue 7 5                         the same of letter 7, and nobody dies
        - sweep delayed 4                     four workers at once, some of them slower than their lease
        - sweep shared 4                      four that hand their work on through one file: the control

Loading Django and WeasyPrint takes seconds, so it is done once. This process itself never touches the database, so a
child shares no connection with anybody. It answers each line with the children's exit status, -9 for a killed one.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import django
from django.conf import settings

LONG, SELDOM = 1.5, 6
"""Seconds that a slow worker stands still after it has rendered, and at each how many-th letter it does so."""
ANOTHER = 5.0
"""Seconds within which another worker has a letter in hand too, if any is left."""
BEFORE_THE_FORKS = (
    "postpartum_portal.shared.pdf_engine",
    "postpartum_portal.shared.jobs.tasks",
    "applications.services.deciding",
    "applications.services.voiding",
    "tests.cases",
)
"""What takes long to load: else each child loads it."""
_LETTERS = count()


def main() -> None:
    django.setup()
    for module in BEFORE_THE_FORKS:
        import_module(module)
    from postpartum_portal.shared.glyphs import missing_glyphs  # noqa: PLC0415 - needs Django

    missing_glyphs("字")  # reads the fonts

    for line in sys.stdin:
        failpoint, *deed = line.split() or [""]
        print(_fork_and_do(failpoint, deed), flush=True)  # noqa: T201 - the answer


def _fork_and_do(failpoint: str, deed: list[str]) -> int:
    """0, or how the first child ended that did not end well."""
    workers = int(deed.pop()) if deed[:1] == ["sweep"] else 1
    children = []
    for _ in range(workers):
        child = os.fork()
        if not child:
            settings.FAILPOINTS = {failpoint: "kill"} if failpoint.strip("-") else {}
            _do(*deed)
            os._exit(0)
        children.append(child)
    endings = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return next((ending for ending in endings if ending), 0)


def _do(name: str = "sweep", *words: str) -> None:
    from django_scopes import scopes_disabled  # noqa: PLC0415 - needs Django

    deeds: dict[str, Callable[..., None]] = {"approve": _approve, "reissue": _reissue, "sweep": _sweep}
    if name == "sweep":
        _sweep(*words)
        return
    with scopes_disabled():
        deeds[name](*map(int, words))


def _sweep(manner: str = "") -> None:
    """What the embedded worker and Celery's sweep do: whatever is due, until nothing is."""
    from postpartum_portal.shared.jobs import tasks  # noqa: PLC0415 - needs Django

    if manner == "delayed":
        settings.FAILPOINTS = {"letter.after_render": _sometimes_wait}
    elif manner == "shared":
        _hand_on_through_one_file()
    while tasks.sweep():
        pass


def _sometimes_wait() -> None:
    if next(_LETTERS) % SELDOM == os.getpid() % SELDOM:
        time.sleep(LONG)


def _hand_on_through_one_file() -> None:
    """What a system does that keeps what it is at in one place for all."""
    from applications.letters import issue, rendering  # noqa: PLC0415 - needs Django

    place, render = Path(tempfile.gettempdir()) / f"letter-in-hand-{os.getppid()}.pdf", rendering.render

    def through_one_file(content: Any) -> Any:
        rendered = render(content)
        place.write_bytes(rendered.pdf)
        until = time.monotonic() + ANOTHER
        while place.read_bytes() == rendered.pdf and time.monotonic() < until:  # until the next one has come
            time.sleep(0.01)
        return replace(rendered, pdf=place.read_bytes())

    vars(issue)["render"] = through_one_file


def _approve(application: int, by: int) -> None:
    from applications.models import Application  # noqa: PLC0415 - needs Django
    from applications.services.deciding import approve  # noqa: PLC0415 - needs Django
    from postpartum_portal.accounts.models import User  # noqa: PLC0415 - needs Django
    from postpartum_portal.shared import clock  # noqa: PLC0415 - needs Django
    from tests.cases import FULL_GRANT  # noqa: PLC0415 - needs Django

    approve(
        Application.objects.get(pk=application), by=User.objects.get(pk=by), at=clock.now(), looked=True, **FULL_GRANT
    )


def _reissue(letter: int, by: int) -> None:
    from applications.models import Letter  # noqa: PLC0415 - needs Django
    from applications.services.voiding import reissue_letter  # noqa: PLC0415 - needs Django
    from postpartum_portal.accounts.models import User  # noqa: PLC0415 - needs Django
    from postpartum_portal.shared import clock  # noqa: PLC0415 - needs Django

    old, decider = Letter.objects.get(pk=letter), User.objects.get(pk=by)
    reissue_letter(old, reason="書き損じ", anew=False, by=decider, at=clock.now())


if __name__ == "__main__":
    main()
